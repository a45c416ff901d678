"""Workflows as people read them: which there are, what one says, and what is wrong with any."""

from __future__ import annotations

import os
from collections import Counter
from typing import TYPE_CHECKING, Any

from tkt.domain.spec.kind import unknown
from tkt.domain.workflow import UNFINISHED, checking, reading
from tkt.errors import BadData, NotFound, Refused
from tkt.named import NamedTuple
from tkt.services.checking import odd_in, settings_lying
from tkt.storage import files, graphviz, yaml
from tkt.storage.layout import WORKFLOWS
from tkt.storage.reading import placed

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from tkt.domain.settings import Settings
    from tkt.domain.shape import Fault
    from tkt.domain.workflow import Workflow
    from tkt.storage.desk import Desk


MOST_ARROWS = 300
"""So many arrows of a picture an eye can follow, and Graphviz place without crossing them all."""


class Checked(NamedTuple):
    """What a check of workflows found, by place, and how many files it looked at."""

    faults: list[BadData]
    files: int


def named(settings: Settings, text: str) -> Workflow:
    """The workflow that ``text`` names or labels; NotFound with the nearest one."""
    wanted = text.strip().casefold()
    for flow in settings.workflows:
        if wanted in (flow.name.casefold(), flow.zh.casefold(), flow.en.casefold()):
            return flow
    words = [word for flow in settings.workflows for word in (flow.name, flow.zh, flow.en)]
    fault = unknown((), "workflow.none", text, dict.fromkeys(words))
    known = ", ".join(flow.name for flow in settings.workflows)
    raise NotFound(fault.key, **{**fault.params, "name": text, "known": known})


def read_file(path: str, folder: str) -> tuple[Workflow | None, bytes, list[BadData]]:
    """A workflow file wherever it lies: the workflow, what the file says, and its own faults."""
    whole = os.path.join(folder, path)
    raw = files.read(os.path.realpath(os.path.dirname(whole)), os.path.basename(whole))
    if raw is None:
        raise NotFound("check.no_file", path=path)
    name = path.rpartition("/")[2].removesuffix(".yaml").removesuffix(".yml")
    try:
        data = yaml.load(raw, path=path)
    except BadData as fault:
        return None, raw, [fault]
    flow, found = reading.parse(data, name=name)
    return flow, raw, placed(found, raw, path)


def check_files(paths: Sequence[str], settings: Settings | None, folder: str) -> Checked:
    """Everything wrong with these files; held against a desk's ``settings`` where there is one."""
    faults: list[BadData] = []
    for path in paths:
        flow, raw, found = read_file(path, folder)
        faults += found
        if flow is not None:
            faults += placed(_findings(flow, settings), raw, path)
    return Checked(_sorted(faults), len(paths))


def _findings(flow: Workflow, settings: Settings | None) -> list[Fault]:
    if settings is None:
        return [*checking.unknown_inside(flow), *checking.odd(flow)]
    others = [other for other in settings.workflows if other.name != flow.name]
    among = settings._replace(workflows=tuple(sorted([*others, flow], key=lambda each: each.name)))
    return [*checking.crossed(flow, among), *checking.odd(flow)]


def _sorted(faults: Sequence[BadData]) -> list[BadData]:
    unique = {(f.path, f.line, f.column, f.key, str(f.params)): f for f in faults}
    return [unique[key] for key in sorted(unique)]


def check_desk(desk: Desk, now: datetime) -> Checked:
    """Everything wrong with the desk's workflows as they lie there."""
    settings, found, lying = settings_lying(desk, now)
    paths = [path for path in lying if path.startswith(f"{WORKFLOWS}/")]
    faults = [fault for fault in found if fault.path in paths]
    return Checked(_sorted([*faults, *odd_in(settings, lying)]), len(paths))


def meant(settings: Settings | None, text: str, folder: str) -> Workflow:
    """The workflow that ``text`` names, or that the file of this name says."""
    if text.endswith((".yaml", ".yml")):
        flow, _, faults = read_file(text, folder)
        if flow is None:
            raise faults[0]
        return flow
    if settings is None:
        raise NotFound("desk.none", path=folder)
    return named(settings, text)


def overview(desk: Desk) -> list[dict[str, Any]]:
    """Every workflow with its categories and how many tickets are on their way in it."""
    counts: Counter[str] = Counter()
    query = "SELECT workflow, count(*) FROM tickets WHERE state IN (?, ?, ?) GROUP BY workflow"
    for name, count in desk.index.select(query, UNFINISHED):
        counts[desk.settings.flow(name).name] += count
    return [
        {
            "name": flow.name,
            "zh": flow.zh,
            "en": flow.en,
            "description": flow.rules.data.get("description"),
            "categories": list(flow.rules.categories),
            "states": [state.name for state in flow.states],
            "tickets": counts[flow.name],
            "path": flow.path,
        }
        for flow in desk.settings.workflows
    ]


def drawn(dot: str, arrows: int) -> str:
    """A picture of so many arrows as SVG; Refused where nobody could look through them."""
    if arrows > MOST_ARROWS:
        raise Refused("workflow.too_large", arrows=arrows, most=MOST_ARROWS)
    return graphviz.svg(dot)
