"""Everything wrong with the rosters of a desk, with file, line and column; and what to look at."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from tkt.domain.roster.file import LEAVE, SHIFT, SWAP
from tkt.domain.roster.findings import Limits, gaps, strained, unplanned, wrong
from tkt.domain.roster.plan import Plan
from tkt.domain.spec.kind import BAD
from tkt.errors import BadData
from tkt.services.roster.looking import week_of
from tkt.storage import configuration, yaml
from tkt.storage.layout import AVAILABILITY, ROSTERS, TEAM
from tkt.storage.reading import placed

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date

    from tkt.domain.roster.findings import Finding
    from tkt.domain.settings import Settings
    from tkt.domain.shape import Where
    from tkt.storage.desk import Desk

_ITEMS = {"shifts": SHIFT, "leave": LEAVE, "swaps": SWAP}


def review(desk: Desk, *, today: date, weeks: int, limits: Limits) -> list[BadData]:
    """What is wrong; and gaps, long weeks and short rests of some weeks, and who is never off."""
    settings, files = desk.settings, configuration.files_at(desk.git, desk.head())
    plan = Plan(settings)
    first = week_of(today)[0]
    days = [first + timedelta(days=n) for n in range(7 * weeks)]
    found = [*wrong(plan, today), *strained(plan, days, limits), *unplanned(plan)]
    for team in settings.teams:
        found += gaps(plan, team, (day for day in days if day >= today))
    return _placed(found, files)


def faults(settings: Settings, files: Mapping[str, bytes], *, today: date) -> list[BadData]:
    """What is wrong with the rosters, and with whom availability is told of."""
    known = {agent.id for agent in settings.agents}
    strangers = [
        BadData("config.no_agent", path=f"{AVAILABILITY}/{agent}.yaml", agent=agent)
        for agent in settings.availability
        if known and agent not in known
    ]
    if not settings.rosters:
        return strangers
    return strangers + _placed(wrong(Plan(settings), today), files)


def _placed(found: Iterable[Finding], files: Mapping[str, bytes]) -> list[BadData]:
    told = []
    for roster, fault in found:
        path = TEAM if roster is None else f"{ROSTERS}/{roster}.yaml"
        raw = files.get(path, b"")
        where = fault.where if roster is None else _where(fault.where, raw, path)
        told += placed([fault._replace(where=where)], raw, path)
    return told


def _where(where: Where, raw: bytes, path: str) -> Where:
    """The place in the file of an item that has a place among the sound ones."""
    key, place, *rest = where
    data: Any = yaml.load(raw, path=path)
    sound = [n for n, item in enumerate(data[key])
             if _ITEMS[str(key)].take(item, (), []) is not BAD]  # fmt: skip
    return (key, sound[int(place)], *rest)
