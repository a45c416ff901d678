"""Tickets as a table, and one ticket as a card."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

from tkt import texts
from tkt.domain.facts import CUSTOMER
from tkt.domain.fields import DERIVED, FIELDS, PRIORITIES, TIMELINE, parse_time
from tkt.domain.table import Card, Column, Section, Table
from tkt.domain.ticket import Event, replay, taken_back
from tkt.texts import say

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from datetime import tzinfo

    from tkt.domain.custom.field import CustomField
    from tkt.domain.settings import Settings
    from tkt.domain.table import Kind, Tone

Row = dict[str, Any]

_BESIDE = ("title", "id", TIMELINE, "contested", *DERIVED)
"""Keys that a card shows elsewhere than among the fields, or not at all."""

LIST = (
    Column("id", "id"),
    Column("priority", "name"),
    Column("status", "name"),
    Column("assignee", "name"),
    Column("opened", "time"),
    Column("title", "text"),
)
_USUAL = tuple(column.key for column in LIST)
_OWN_KINDS: dict[str, Kind] = {"number": "number", "money": "number"}
EVERYTHING = (
    *(Column(name, "time" if field.kind == "time" else "text") for name, field in FIELDS.items()),
    Column("state_category"),
    Column("path", "path"),
    Column("edited", "bool"),
)


def table(
    rows: Iterable[Row],
    settings: Settings,
    look: str,
    *,
    columns: Sequence[str] = (),
    asked: Sequence[CustomField] = (),
    notes: tuple[str, ...] = (),
) -> Table:
    """A list of tickets for the format ``look``, with certain ``columns`` or the usual ones.

    For people it has labels in their language, and beside the usual columns the fields of the
    desk's own that were ``asked`` for; as CSV it has every field, otherwise names as in files.
    """
    if look in ("human", "markdown"):
        if not columns:
            columns = (*_USUAL[:-1], *(field.name for field in asked), _USUAL[-1])
        own = [field for name in columns if (field := settings.fields.named(name))]
        shown = tuple(_worded_column(name, settings) for name in columns)
        return Table(shown, _labelled(rows, settings, own), notes=notes)
    if look == "csv" and not columns:
        return Table((*EVERYTHING, *(Column(field.name) for field in settings.fields)), rows)
    return Table(tuple(column(_current(name, settings)) for name in columns) or LIST, rows)


def column(name: str) -> Column:
    """The column that shows a field."""
    field = FIELDS.get(name)
    if name in ("updated", "waiting_since") or (field and field.kind == "time"):
        return Column(name, "time")
    if name == "id":
        return Column(name, "id")
    return Column(name, "text" if field is None or field.kind == "line" else "name")


def _worded_column(name: str, settings: Settings) -> Column:
    """The same for people, who see the desk's own fields under their labels."""
    own = settings.fields.named(name)
    return Column(own_label(own), _OWN_KINDS.get(own.type, "text")) if own else column(name)


def _current(name: str, settings: Settings) -> str:
    """The name that a field has now."""
    own = settings.fields.named(name)
    return own.name if own else name


def _labelled(rows: Iterable[Row], settings: Settings, own: Sequence[CustomField]) -> Iterator[Row]:
    for row in rows:
        if row.get("broken"):
            yield {**row, "title": say("list.broken", path=row["path"])}
            continue
        marks = "".join(say(f"mark.{name}") for name in ("edited", "contested") if row.get(name))
        yield {
            **row,
            **{own_label(field): own_worded(field, row.get(field.name)) for field in own},
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


def team_label(settings: Settings, name: str | None) -> str | None:
    """How people call a team."""
    team = settings.team(name) if name else None
    return team.name if team else name


def agent_label(settings: Settings, name: str | None) -> str | None:
    """How people call an agent."""
    agent = settings.agent(name) if name else None
    return agent.name if agent else name


def card(row: Row, settings: Settings | None, *, tz: tzinfo) -> Card:
    """One ticket: its fields, then its timeline as a conversation.

    For people (``settings`` given) with labels in their language; times are told in ``tz``.
    """
    fields: Row = {}
    for name, value in row.items():
        if name in _BESIDE or value in (None, [], False):
            continue
        own = settings and settings.fields.get(name)
        key = own_label(own) if own else name
        fields[key] = worded(name, value, row, settings) if settings else value
    if row["contested"]:
        fields["contested"] = ", ".join(_labels(row["contested"], settings))
    if row["edited"]:
        fields["edited"] = say("show.edited") if settings else True
    if row.get("claim"):
        fields["claim"] = _claim(row["claim"], settings)
    fields.update(_linked(row, settings))
    fields["path"] = row["path"]
    title = f"{row['id']}  {row['title']}"
    return Card(title, fields, tuple(conversation(row, settings, tz=tz)), row)


def _claim(claim: Row, settings: Settings | None) -> str:
    if settings is None:
        return f"{claim['by']} until {claim['until']}"
    until = parse_time(claim["until"])
    assert until
    return say("show.claim", who=agent_label(settings, claim["by"]), until=f"{until:%H:%M}")


def _linked(row: Row, settings: Settings | None) -> Iterator[tuple[str, str]]:
    """What other tickets say of this one: (key, ids) of each kind of link."""
    found: dict[str, list[str]] = {}
    for link in row.get("linked", ()):
        key = f"linked.{link['by']}"
        own = row.get(link["by"])
        if link["id"] not in (own if isinstance(own, list) else [own]):
            found.setdefault(key, []).append(link["id"])
    for key, others in found.items():
        yield key, ", ".join(others)


def worded(name: str, value: Any, row: Row, settings: Settings) -> Any:
    """The value of a field in the language of the moment."""
    if name == "status":
        return status_label(settings, row.get("workflow"), value)
    if name == "priority":
        return priority_label(value)
    if name == "assignee":
        return agent_label(settings, value)
    if name in ("watchers", "muted"):
        return [agent_label(settings, each) for each in value]
    if name == "team":
        return team_label(settings, value)
    if name == "workflow":
        return getattr(settings.flow(value), texts.current())
    if name in ("opened", "archived", "until"):
        return parse_time(value)
    own = settings.fields.get(name)
    return own_worded(own, value) if own else value


def own_worded(field: CustomField, value: Any) -> Any:
    """The value of one of the desk's own fields in the language of the moment."""
    if field.type == "money" and isinstance(value, float):
        return f"{value:.2f}"
    choice = field.choice(value)
    return getattr(choice.label, texts.current()) if choice else value


def own_label(field: CustomField) -> str:
    """The label of one of the desk's own fields in the language of the moment."""
    return str(getattr(field.label, texts.current()))


def field_label(name: str, settings: Settings) -> str:
    """A field's label in the language of the moment."""
    own = settings.fields.get(name)
    field = FIELDS.get(name)
    return own_label(own) if own else getattr(field, texts.current()) if field else name


def _labels(names: Iterable[str], settings: Settings | None) -> list[str]:
    """Fields as people call them; as files do where there are no ``settings``."""
    return [field_label(name, settings) if settings else name for name in names]


def conversation(row: Row, settings: Settings | None, *, tz: tzinfo) -> list[Section]:
    """The timeline of a ticket, an event a section."""
    events = [Event.of(data) for data in row[TIMELINE]]
    gone = taken_back(events)
    void = {event.id for event, done in replay(events, {}) if not done}
    sections = []
    for number, event in enumerate(events, 1):
        note = "no_effect" if event.id in void else "gone" if event.id in gone else ""
        sections.append(_section(event, number, note, row, settings, tz))
    return sections


def _section(
    event: Event, number: int, note: str, row: Row, settings: Settings | None, tz: tzinfo
) -> Section:
    data = event.data
    at = f"{event.instant.astimezone(tz):%Y-%m-%d %H:%M}"
    heading = f"{at}  {_who(event, settings)}"
    if data.get("via"):
        heading += f"  ({data['via']})"
    if settings:
        heading = f"#{number}  {heading}"
        if data.get("from"):
            heading += say("show.from", id=data["from"])
        if note:
            heading += say(f"show.{note}")
    lines = list(_changes(data, row, settings))
    if data.get("why"):
        lines.append(say("show.why", why=data["why"]) if settings else f"why: {data['why']}")
    if event.text:
        lines.append(event.text)
    return Section(heading, "\n".join(lines), _tone(event, note) if settings else "plain")


def _tone(event: Event, note: str) -> Tone:
    if note or not event.text:
        return "theirs" if event.do == "open" and not note else "quiet"
    if event.by == CUSTOMER:
        return "theirs"
    return "ours" if event.do == "reply" else "aside"


def _who(event: Event, settings: Settings | None) -> str:
    by, do = event.by, event.do
    if settings is None:
        return f"{by}  {do}"
    by = say("who.customer") if by == CUSTOMER else agent_label(settings, by) or by
    do = action_label(do)
    if entered := event.data.get("entered_by"):
        do += say("show.entered_by", name=agent_label(settings, entered))
    return f"{by}  {do}"


def action_label(do: str) -> str:
    """What people call an action."""
    return say(f"do.{do}") if texts.has(f"do.{do}") else do


def _changes(event: Mapping[str, Any], row: Row, settings: Settings | None) -> Iterator[str]:
    """What an event did to fields, a line each; names as in files unless it is for people."""
    if event["do"] != "open":
        for name, value in event.get("set", {}).items():
            told = "–" if value is None else _told(name, value, row, settings)
            yield f"{_labels([name], settings)[0]}: {told}"
    for key, sign in (("add", "+"), ("remove", "-")):
        for name, items in event.get(key, {}).items():
            inner = _labels(items, settings) if name == "contested" else items
            yield f"{_labels([name], settings)[0]} {sign}{', '.join(map(str, inner))}"


def _told(name: str, value: Any, row: Row, settings: Settings | None) -> Any:
    if settings is None:
        return value
    told = worded(name, value, row, settings)
    if isinstance(told, datetime):
        return f"{told.astimezone(settings.zone):%Y-%m-%d %H:%M}"
    return told
