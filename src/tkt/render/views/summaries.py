"""What came of a day as a card: its figures, who did what, and what needs a person now."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tkt.domain.summary import BY_DOING, DEEDS, OF_TICKETS
from tkt.domain.table import Card, Column, Part, Phrase, Section, Table
from tkt.named import NamedTuple
from tkt.render.views import training
from tkt.render.views.tickets import (
    agent_label,
    category_label,
    nobody_label,
    priority_label,
    team_label,
)
from tkt.render.wording import period_text, span_text
from tkt.texts import say

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from datetime import datetime

    from tkt.domain.settings import Settings
    from tkt.domain.summary import Line, Pressing, Summary

EXPLAINED = (
    *DEEDS, "backlog", "late", "oldest_waiting", "drafts", "contested", "edited", "until",
    "by_agent", "merged_and_archived", "spam",
)  # fmt: skip
"""What ``--explain`` gives the definition of."""
_URGENCY = {"late": "late", "waiting": "waiting", "until": "late"}
"""How it looks that a ticket has needed somebody for so long."""


class Telling(NamedTuple):
    """How a summary is told: for people, or with names as in files; with definitions or not."""

    settings: Settings
    now: datetime
    for_people: bool
    explained: bool = False


def card(summary: Summary, telling: Telling) -> Card:
    """The figures of a summary, its tables, and the tickets that need a person."""
    sections = [*_tables(summary, telling), _needs(summary, telling)]
    if summary.training and not _is_over(summary, telling):
        heading = say("summary.training") if telling.for_people else "training"
        now = telling.now if telling.for_people else None
        shown = training.table(summary.training, telling.settings, now=now)
        sections.append(Section(heading, shown))
    if telling.explained:
        sections.append(_definitions(telling))
    title = _title(summary, telling)
    return Card(title, _fields(summary, telling), tuple(sections), document(summary, telling))


def document(summary: Summary, telling: Telling) -> dict[str, Any]:
    """The same with names as in files."""
    over = _is_over(summary, telling)
    data: dict[str, Any] = {
        "since": summary.since,
        "until": summary.until,
        "team": summary.team,
        "agent": summary.agent,
        **summary.counts,
        "backlog_start": summary.backlog_start,
        "backlog_end": summary.backlog_end,
        "as_of": telling.now.astimezone(telling.settings.zone),
        "late": None if over else summary.late,
        "oldest_waiting": None if over else _document_of(summary.oldest, telling),
    }
    for kind in ("category", "agent", "team"):
        lines: Sequence[Line] = getattr(summary, f"by_{kind}")
        data[f"by_{kind}"] = [
            {kind: line.name, **_shown(kind, line), "unfinished": line.unfinished} for line in lines
        ]
    data["needs"] = {
        name: {
            "total": need.total,
            "tickets": [_document_of(ticket, telling) for ticket in need.tickets],
        }
        for name, need in summary.needs.items()
    }
    data["spam"] = summary.spam
    data["training"] = [] if over else list(summary.training)
    if telling.explained:
        data["definitions"] = dict(_explained())
    return data


def _is_over(summary: Summary, telling: Telling) -> bool:
    """Whether the time has passed: how things stand now is no figure of it."""
    return summary.until < telling.now


def _document_of(ticket: Pressing | None, telling: Telling) -> dict[str, Any] | None:
    if ticket is None:
        return None
    seconds = int((telling.now - ticket.at).total_seconds())
    return {**ticket._asdict(), "seconds": seconds}


def _shown(kind: str, line: Line) -> dict[str, int]:
    return {deed: line.counts[deed] for deed in (BY_DOING if kind == "agent" else OF_TICKETS)}


def _title(summary: Summary, telling: Telling) -> str:
    since, until, tz = summary.since, summary.until, telling.settings.zone
    if not telling.for_people:
        return f"{since.isoformat()} {until.isoformat()}"
    when = period_text(since, until, now=telling.now, tz=tz)
    settings = telling.settings
    whose = agent_label(settings, summary.agent) or team_label(settings, summary.team)
    return say("summary.title", when=when, whose=whose or settings.name)


def _fields(summary: Summary, telling: Telling) -> dict[str, Any]:
    """The figures, in the order in which a day goes by."""
    figures: dict[str, Any] = dict(summary.counts)
    if summary.spam:
        figures["spam"] = summary.spam
    if not telling.for_people:
        figures["backlog_start"] = summary.backlog_start
        figures["backlog_end"] = summary.backlog_end
        if _is_over(summary, telling):
            return figures
        figures["late"] = summary.late
        oldest = summary.oldest
        figures["oldest_waiting"] = f"{oldest.id} {oldest.at.isoformat()}" if oldest else None
        return figures
    figures["backlog"] = f"{summary.backlog_start} → {summary.backlog_end}"
    if _is_over(summary, telling):
        return figures
    figures["late"] = Phrase(Part(str(summary.late), "late" if summary.late else None))
    if oldest := summary.oldest:
        waits = Part(span_text(telling.now - oldest.at), "waiting")
        figures["oldest_waiting"] = Phrase(waits, "  ", Part(oldest.id, "id"))
    return figures


def _tables(summary: Summary, telling: Telling) -> Iterator[Section]:
    settings = telling.settings
    names: dict[str, Callable[[str | None], str | None]] = {
        "category": lambda name: category_label(settings, name),
        "agent": lambda name: agent_label(settings, name),
        "team": lambda name: team_label(settings, name),
    }
    for kind, label in names.items():
        lines: Sequence[Line] = getattr(summary, f"by_{kind}")
        if not lines or getattr(summary, kind, None) is not None:
            continue
        deeds = BY_DOING if kind == "agent" else OF_TICKETS
        left = () if _is_over(summary, telling) else ("unfinished",)
        columns = (Column(kind, "name"), *(Column(d, "number") for d in (*deeds, *left)))
        rows = [
            {
                kind: (label(line.name) or say(f"summary.none.{kind}"))
                if telling.for_people
                else line.name,
                **_shown(kind, line),
                "unfinished": line.unfinished,
            }
            for line in lines
        ]
        heading = say(f"summary.by.{kind}") if telling.for_people else f"by_{kind}"
        yield Section(heading, Table(columns, rows))


def _needs(summary: Summary, telling: Telling) -> Section:
    """The most pressing tickets for each reason, under how many there are of its kind."""
    rows = [
        _need(name, ticket, first=number == 0, total=need.total, telling=telling)
        for name, need in summary.needs.items()
        for number, ticket in enumerate(need.tickets)
    ]
    if not telling.for_people:
        columns = ("need", "total", "id", "assignee", "at", "title")
        return Section("needs", Table(tuple(map(Column, columns)), rows))
    heading = say("summary.needs")
    if _is_over(summary, telling):
        at = telling.now.astimezone(telling.settings.zone)
        heading = say("summary.needs_now", at=f"{at:%m-%d %H:%M}")
    if not rows:
        return Section(heading, say("summary.needs_nothing"))
    shown = (
        Column("need", "name"), Column("id", "id"), Column("priority", "name", 2),
        Column("assignee", "name", 1), Column("for", "name"), Column("title"),
    )  # fmt: skip
    return Section(heading, Table(shown, rows))


def _need(
    name: str, ticket: Pressing, *, first: bool, total: int, telling: Telling
) -> dict[str, Any]:
    if not telling.for_people:
        return {"need": name, "total": total, **ticket._asdict()}
    told = say("summary.need", what=say(f"summary.needs.{name}"), count=total) if first else ""
    waited = Part(span_text(telling.now - ticket.at), _URGENCY.get(name))
    return {
        "need": told,
        "id": ticket.id,
        "priority": Phrase(Part(priority_label(ticket.priority), f"priority:{ticket.priority}")),
        "assignee": agent_label(telling.settings, ticket.assignee) or nobody_label(ticket.reason),
        "for": Phrase(waited),
        "title": ticket.title,
    }


def _definitions(telling: Telling) -> Section:
    if not telling.for_people:
        return Section("definitions", "\n".join(f"{k}: {text}" for k, text in _explained()))
    told = (
        say("summary.means", what=say(f"summary.figure.{name}"), text=text)
        for name, text in _explained()
    )
    return Section(say("summary.definitions"), "\n".join(told))


def _explained() -> Iterator[tuple[str, str]]:
    return ((name, say(f"summary.about.{name}")) for name in EXPLAINED)
