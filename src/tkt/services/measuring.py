"""Figures of clocks and of answers, counted from the tracks in the index; no ticket is read."""

from __future__ import annotations

import json
from functools import partial
from typing import TYPE_CHECKING, Any

from tkt.domain.fields import PRIORITIES
from tkt.domain.sla.answers import Yardstick, answers, read_window
from tkt.domain.sla.figures import Stats, tallied
from tkt.domain.sla.outcomes import Period, look, outcomes
from tkt.domain.when import parse_duration
from tkt.domain.workflow import UNFINISHED
from tkt.errors import UsageProblem
from tkt.storage.parallel import spread
from tkt.storage.planning import plan_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import datetime, tzinfo

    from tkt.domain.settings import Settings
    from tkt.domain.sla.answers import Answer
    from tkt.domain.sla.figures import Figures
    from tkt.domain.sla.outcomes import Outcome
    from tkt.domain.when import Span
    from tkt.storage.desk import Desk

    Row = tuple[Any, ...]
    """A track as the index has it, and the ticket's workflow."""
    Found = tuple[Sequence[Outcome], Sequence[Answer | None]]

# What was over before the period and has not been touched since has nothing to add.
_TRACKS = (
    "FROM tickets JOIN tracks USING (num) WHERE merged_into IS NULL"
    f" AND opened < ? AND (updated >= ? OR state IN ({', '.join(map(repr, UNFINISHED))}))"
)


def yardstick(zone: tzinfo, *, cap: str, window: str, quick: str, prompt: str) -> Yardstick:
    """How rounds of conversation are measured, by the words that a person typed."""
    try:
        hours = read_window(window)
    except ValueError as error:
        raise UsageProblem("sla.not_window", text=window) from error
    return Yardstick(zone, _length(cap), hours, _length(quick), _length(prompt))


def _length(text: str) -> int:
    try:
        seconds = int(parse_duration(text).total_seconds())
    except ValueError as error:
        raise UsageProblem("sla.not_length", text=text) from error
    if seconds < 1:
        raise UsageProblem("sla.not_length", text=text)
    return seconds


def measure(desk: Desk, span: Span, by: str | None, rule: Yardstick, *, now: datetime) -> Stats:
    """How promises were kept and questions answered in a stretch of time."""
    period = Period(*(int(moment.timestamp()) for moment in (*span, now)))
    text = desk.index.meta("settings") or ""
    plan_of(text)  # here, so that processes that are started have it
    spam = [one.name for one in desk.settings.categories if one.spam]
    among = f"ifnull(category, '') {{}} IN ({', '.join('?' * len(spam))})"
    asked = (period.end, period.start, *spam)
    rows: list[Row] = list(
        desk.index.select(f"SELECT track, workflow {_TRACKS} AND {among.format('NOT')}", asked)
    )
    ((left_out,),) = desk.index.select(f"SELECT count(*) {_TRACKS} AND {among.format('')}", asked)
    work = partial(_found, text, period, by, rule)
    total, groups = tallied(by is not None, spread(work, rows))
    figures = [tally.figures(name, rule) for name, tally in groups.items()]
    ordered = _ordered(figures, by, desk.settings)
    return Stats(*span, rule, by, total.figures(None, rule), tuple(ordered), left_out)


def _found(
    text: str, period: Period, by: str | None, rule: Yardstick, rows: list[Row]
) -> list[Found]:
    """What some tracks tell."""
    plan = plan_of(text)
    found: list[Found] = []
    for told, workflow in rows:
        looked = look(json.loads(told), plan.promises(workflow), period)
        found.append((list(outcomes(looked, period, by)), list(answers(looked, period, rule, by))))
    return found


def _ordered(figures: Iterable[Figures], by: str | None, settings: Settings) -> list[Figures]:
    """Agents and teams as in the team's list, the highest priority first, all else by name."""
    names = {
        "agent": [agent.id for agent in settings.agents],
        "team": [team.id for team in settings.teams],
        "priority": list(PRIORITIES)[::-1],
    }.get(by or "", [])
    rank = {name: number for number, name in enumerate(names)}
    return sorted(
        figures,
        key=lambda each: (each.name is None, rank.get(each.name or "", len(rank)), each.name or ""),
    )
