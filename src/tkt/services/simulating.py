"""Trying a policy out on a timeline in a file, with no desk."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any

from tkt.domain.settings import Zone
from tkt.domain.shape import CAUTIONS
from tkt.domain.sla.simulation import read_simulation
from tkt.domain.when import parse_moment
from tkt.errors import BadData, UsageProblem
from tkt.named import NamedTuple
from tkt.services.clocks import told
from tkt.storage import yaml
from tkt.storage.reading import from_outside, placed

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime


class Simulated(NamedTuple):
    """The clocks at each of the times that were asked for, and what there is to be cautious of.

    ``unpublished`` are the years without published holidays that any of them counts across.
    """

    rows: list[dict[str, Any]]
    cautions: list[BadData]
    unpublished: list[int]


def simulate(path: str, times: Sequence[str], *, folder: str, now: datetime) -> Simulated:
    """The clocks of the timeline that a file (YAML or JSON) tells; BadData with what is wrong.

    Without any ``times`` it is ``now`` that is asked for.
    """
    raw = from_outside(os.path.join(folder, path), shown=path)
    made, faults = read_simulation(yaml.load(raw, path=path), now=now)
    found = placed(faults, raw, path)
    if made is None:
        raise next(fault for fault in found if fault.key not in CAUTIONS)
    zone = Zone(made.calendar.timezone)
    rows = []
    for text in times or ("now",):
        try:
            at = parse_moment(text, now=now, tz=zone)
        except ValueError as error:
            raise UsageProblem("env.bad_time", value=text) from error
        reckoning = made.reckoning(int(at.timestamp()))
        row = {"at": at.isoformat(), **told(reckoning.sla(int(at.timestamp())), zone)}
        years = reckoning.unpublished()
        rows.append({**row, "unpublished": list(years)} if years else row)
    unpublished = {year for row in rows for year in row.get("unpublished", ())}
    return Simulated(rows, found, sorted(unpublished))
