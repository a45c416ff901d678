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
    rows: Iterable[Row],
    settings: Settings | None,
    *,
    title: str | None = None,
    notes: tuple[str, ...] = (),
) -> Table:
    """A list of tickets; for people (``settings`` given) with labels in their language."""
    if settings is None:
        return Table(EVERYTHING, rows)
    return Table(LIST, _labelled(rows, settings), title=title, notes=notes)


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


def card(row: Row, settings: Settings, *, at: Callable[[datetime], str]) -> Card:
    """One ticket: its fields, then its timeline as a conversation.

    ``at`` words an instant for people.
    """
    fields: Row = {}
    for name, value in row.items():
        if name in (
            "title",
            "id",
            TIMELINE,
            "path",
            "sla",
            "next_due_at",
            "state_category",
            "edited",
            "contested",
        ) or value in (None, [], False):
            continue
        fields[name] = _worded(name, value, row, settings)
    if row["contested"]:
        fields["contested"] = ", ".join(map(field_label, row["contested"]))
    if row["edited"]:
        fields["edited"] = say("show.edited")
    fields["path"] = row["path"]
    body = tuple(_section(event, settings, at) for event in row[TIMELINE])
    return Card(f"{row['id']}  {row['title']}", fields, body, row)


def _worded(name: str, value: Any, row: Row, settings: Settings) -> Any:
    if name == "status":
        return status_label(settings, row.get("workflow"), value)
    if name == "priority":
        return priority_label(value)
    if name == "assignee":
        return agent_label(settings, value)
    if name in ("opened", "archived"):
        return parse_time(value)
    return value


def field_label(name: str) -> str:
    """A field's label in the language of the moment."""
    field = FIELDS.get(name)
    return getattr(field, texts.current()) if field else name


def _section(
    event: Mapping[str, Any], settings: Settings, at: Callable[[datetime], str]
) -> Section:
    moment = parse_time(event["at"])
    who = say("who.customer") if event["by"] == "customer" else agent_label(settings, event["by"])
    what = say(f"do.{event['do']}") if texts.has(f"do.{event['do']}") else event["do"]
    heading = f"{at(moment) if moment else event['at']}  {who}  {what}"
    if event.get("via"):
        heading += f"  ({event['via']})"
    lines = []
    if event["do"] != "open":
        lines += [
            f"{field_label(name)}: {'–' if value is None else value}"
            for name, value in event.get("set", {}).items()
        ]
    lines += [
        f"{field_label(name)} {sign}{', '.join(items)}"
        for key, sign in (("add", "+"), ("remove", "-"))
        for name, items in event.get(key, {}).items()
    ]
    if event.get("why"):
        lines.append(say("show.why", why=event["why"]))
    if event.get("text"):
        lines.append(event["text"])
    return Section(heading, "\n".join(lines))


def changed(document: Row, message: str) -> Card:
    """What a writing command answers: the message for people, the document for programs."""
    return Card(message, {}, (), document)
