"""A past period under another configuration: what came, and what would have become of it."""

from __future__ import annotations

import json
import os
from datetime import UTC, datetime
from functools import cache, partial
from typing import TYPE_CHECKING

from tkt.domain.roster.duty import Duty
from tkt.domain.routing.deciding import Waiting
from tkt.domain.routing.needs import need_of
from tkt.domain.routing.past import past_of
from tkt.domain.routing.replay import Arrival, Figures, as_it_was, by_agent, figures, replay
from tkt.domain.routing.rule import STRATEGIES
from tkt.domain.shape import CAUTIONS
from tkt.domain.ticket import Ticket
from tkt.domain.training.standing import Training
from tkt.domain.workflow import reading
from tkt.domain.workflow.rules import Rules
from tkt.errors import UsageProblem
from tkt.named import NamedTuple
from tkt.storage import yaml
from tkt.storage.reading import from_outside, placed

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from tkt.domain.routing.standing import Lapses
    from tkt.domain.settings import Settings
    from tkt.domain.when import Span
    from tkt.domain.workflow import Workflow
    from tkt.storage.desk import Desk

_OPENED = (
    "SELECT doc, resolved FROM tickets JOIN docs USING (num)"
    " WHERE opened >= ? AND opened < ? ORDER BY opened, num"
)

_UNFINISHED = 10**9
"""For so many seconds somebody has what is not done yet: it stays in their hands to the end."""


class Replayed(NamedTuple):
    """A period as it was and as it would have been; ``agents`` are (id, was, would)."""

    span: Span
    tickets: int
    was: Figures
    would: Figures
    agents: list[tuple[str, int, int]]


def simulate(desk: Desk, span: Span, settings: Settings) -> Replayed:
    """Replay the openings of a period by the routing of ``settings``; nothing is written."""
    start, end = (int(moment.timestamp()) for moment in span)
    arrivals = list(_arrivals(desk, start, end))
    duty = Duty(settings)

    def off(name: str, at: int) -> str | None:
        return duty.reason_off(name, datetime.fromtimestamp(at, UTC))

    was = as_it_was(arrivals)
    would = replay(settings, arrivals, off=off, lapses=_lapses(settings), until=end)
    before, after = by_agent(was, settings), by_agent(would, settings)
    agents = [(name, before[name], after[name]) for name in after]
    return Replayed(span, len(arrivals), figures(was, settings), figures(would, settings), agents)


def _lapses(settings: Settings) -> Callable[[int], Lapses]:
    """Which skills people lack at a time for want of training, by what is recorded of it today."""
    training = Training(settings)
    known = cache(training.lapses)
    return lambda at: partial(known, day=training.day(datetime.fromtimestamp(at, UTC)))


def _arrivals(desk: Desk, start: int, end: int) -> Iterator[Arrival]:
    """The tickets opened in a period, as they were when they were opened."""
    for doc, resolved in desk.index.select(_OPENED, (start, end)):
        ticket = Ticket.of(json.loads(doc))
        fields = ticket.opening.data.get("set", {})
        flow = desk.settings.flow(fields.get("workflow"))
        opened = int(ticket.opening.instant.timestamp())
        first = next(iter(past_of(ticket, flow.category_of).gifts), None)
        given = int(first.at.timestamp()) if first else None
        waiting = Waiting(
            ticket.id,
            need_of({"workflow": flow.name, **fields}),
            opened,
            priority=fields.get("priority") or "normal",
            customer=fields.get("customer"),
        )
        yield Arrival(
            waiting,
            (resolved - (given or opened)) if resolved else _UNFINISHED,
            first.agent if first else None,
            None if given is None else max(0, given - opened),
            ticket.fields.get("team"),
        )


def otherwise(
    settings: Settings, *, strategy: str | None, file: str | None, folder: str
) -> Settings:
    """Settings with another strategy for all workflows, or with one workflow as a file has it."""
    if file is not None:
        changed = _from_file(file, folder)
        flows = [changed if flow.name == changed.name else flow for flow in settings.workflows]
        settings = settings._replace(
            workflows=tuple(flows) if changed in flows else (*flows, changed)
        )
    if strategy is None:
        return settings
    if strategy not in STRATEGIES:
        raise UsageProblem("route.no_strategy", name=strategy, known=", ".join(STRATEGIES))
    flows = [_with_strategy(flow, strategy) for flow in settings.workflows]
    return settings._replace(workflows=tuple(flows))


def _with_strategy(flow: Workflow, strategy: str) -> Workflow:
    data = flow.rules.data
    routing = {**data.get("routing", {}), "strategy": strategy}
    return flow._replace(rules=Rules({**data, "routing": routing}))


def _from_file(path: str, folder: str) -> Workflow:
    raw = from_outside(os.path.join(folder, path), shown=path)
    name = os.path.basename(path).rpartition(".")[0]
    flow, faults = reading.parse(yaml.load(raw, path=path), name=name)
    wrong = [fault for fault in placed(faults, raw, path) if fault.key not in CAUTIONS]
    if flow is None or wrong:
        raise wrong[0]
    return flow
