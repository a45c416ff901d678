"""Tickets as a table, and one ticket as a card."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tkt import texts
from tkt.domain.fields import FIELDS, PRIORITIES, TIMELINE, parse_time
from tkt.domain.table import Card, Column, Section, Table
from tkt.texts import say

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping
    from datetime import datetime

    from tkt.domain.settings import Settings

Row = dict[str, Any]

_BESIDE = (
    "title", "id", TIMELINE, "path", "sla", "next_due_at", "state_category", "edited", "contested",
)  # fmt: skip
"""Keys that a card shows elsewhere than among the fields, or not at all."""

LIST = (
    Column("id", "id"),
    Column("priority", "name"),
    Column("status", "name"),
    Column("assignee", "name"),
    Column("opened", "time"),
    Column("title", "text"),
)
EVERYTHING = (
    *(Column(name, "time" if field.kind == "time" else "text") for name, field in FIELDS.items()),
    Column("state_category"),
    Column("path", "path"),
    Column("edited", "bool"),
)


def table(
    rows: Iterable[Row], settings: Settings, look: str, *, notes: tuple[str, ...] = ()
) -> Table:
    """A list of tickets for the format ``look``.

    For people it has labels in their language, as CSV every field, otherwise names as in files.
    """
    if look in ("human", "markdown"):
        return Table(LIST, _labelled(rows, settings), notes=notes)
    return Table(EVERYTHING if look == "csv" else LIST, rows)


def _labelled(rows: Iterable[Row], settings: Settings) -> Iterator[Row]:
    for row in rows:
        if row.get("broken"):
            yield {**row, "title": say("list.broken", path=row["path"])}
            continue
        marks = "".join(say(f"mark.{name}") for name in ("edited", "contested") if row.get(name))
        yield {
            **row,
            "status": status_label(settings, row.get("workflow"), row["status"]),
            "priority": priority_label(row.get("priority")),
            "assignee": agent_label(settings, row.get("assignee")),
            "opened": parse_time(row["opened"]),
            "title": marks + row["title"],
        }


def status_label(settings: Settings, workflow: str | None, status: str) -> str:
    """A state's label in the language of the moment."""
    state = settings.flow(workflow).state(status)
    return getattr(state, texts.current()) if state else status


def priority_label(priority: str | None) -> str:
    """A priority's label in the language of the moment."""
    if priority is None or priority not in PRIORITIES:
        return priority or ""
    return PRIORITIES[priority][texts.LANGUAGES.index(texts.current())]


def agent_label(settings: Settings, name: str | None) -> str | None:
    """How people call an agent."""
    agent = settings.agent(name) if name else None
    return agent.name if agent else name


def card(row: Row, settings: Settings | None, *, at: Callable[[datetime], str]) -> Card:
    """One ticket: its fields, then its timeline as a conversation.

    For people (``settings`` given) with labels in their language; ``at`` words an instant.
    """
    fields: Row = {}
    for name, value in row.items():
        if name in _BESIDE or value in (None, [], False):
            continue
        fields[name] = _worded(name, value, row, settings) if settings else value
    if row["contested"]:
        label = field_label if settings else str
        fields["contested"] = ", ".join(map(label, row["contested"]))
    if row["edited"]:
        fields["edited"] = say("show.edited") if settings else True
    fields["path"] = row["path"]
    body = tuple(_section(event, row, settings, at) for event in row[TIMELINE])
    return Card(f"{row['id']}  {row['title']}", fields, body, row)


def _worded(name: str, value: Any, row: Row, settings: Settings) -> Any:
    if name == "status":
        return status_label(settings, row.get("workflow"), value)
    if name == "priority":
        return priority_label(value)
    if name == "assignee":
        return agent_label(settings, value)
    if name == "workflow":
        return getattr(settings.flow(value), texts.current())
    if name in ("opened", "archived"):
        return parse_time(value)
    return value


def field_label(name: str) -> str:
    """A field's label in the language of the moment."""
    field = FIELDS.get(name)
    return getattr(field, texts.current()) if field else name


def _section(
    event: Mapping[str, Any], row: Row, settings: Settings | None, at: Callable[[datetime], str]
) -> Section:
    moment = parse_time(event["at"])
    by, do = event["by"], event["do"]
    if settings:
        by = say("who.customer") if by == "customer" else agent_label(settings, by)
        do = say(f"do.{do}") if texts.has(f"do.{do}") else do
        if event.get("entered_by"):
            do += say("show.entered_by", name=agent_label(settings, event["entered_by"]))
    heading = f"{at(moment) if moment else event['at']}  {by}  {do}"
    if event.get("via"):
        heading += f"  ({event['via']})"
    lines = list(_changes(event, row, settings))
    if event.get("why"):
        why = event["why"]
        lines.append(say("show.why", why=why) if settings else f"why: {why}")
    if event.get("text"):
        lines.append(event["text"])
    return Section(heading, "\n".join(lines))


def _changes(event: Mapping[str, Any], row: Row, settings: Settings | None) -> Iterator[str]:
    """What an event did to fields, a line each; names as in files unless it is for people."""
    label = field_label if settings else str
    if event["do"] != "open":
        for name, value in event.get("set", {}).items():
            shown = _worded(name, value, row, settings) if settings and value else value
            yield f"{label(name)}: {'–' if value is None else shown}"
    for key, sign in (("add", "+"), ("remove", "-")):
        for name, items in event.get(key, {}).items():
            inner = map(label, items) if name == "contested" else items
            yield f"{label(name)} {sign}{', '.join(inner)}"
