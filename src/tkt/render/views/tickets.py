"""Tickets as a table, and one ticket as a card."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from tkt import texts
from tkt.domain.classify.because import reason
from tkt.domain.facts import CUSTOMER
from tkt.domain.fields import DERIVED, FIELDS, PRIORITIES, TIMELINE, parse_time
from tkt.domain.routing import ROUTER
from tkt.domain.routing.because import Because
from tkt.domain.routing.wording import sentence
from tkt.domain.settings import CHANNELS
from tkt.domain.sweeping import SWEEP
from tkt.domain.table import Card, Column, Part, Phrase, Section, Table
from tkt.domain.ticket import Event, replay, taken_back
from tkt.render.views import bot_events
from tkt.texts import say

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from datetime import datetime, tzinfo

    from tkt.domain.custom.field import CustomField
    from tkt.domain.settings import Settings
    from tkt.domain.table import Kind

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
FOR_PEOPLE = (
    Column("id", "id"),
    Column("priority", "name", 1),
    Column("status", "name", 2),
    Column("assignee", "name", 4),
    Column("waiting_since", "since", 5),
    Column("next_due_at", "due", 3),
    Column("promised", "due", 6),
    Column("until", "due", 6),
    Column("opened", "time", 7),
    Column("customer", "name", 8),
    Column("channel", "name", 11),
    Column("team", "name", 10),
    Column("category", "name", 12),
    Column("tags", "list", 9),
    Column("title", "text"),
    Column("excerpt", "text", 3),
)
"""What a person sees at a terminal, as far as there is room."""
_TIMES = ("next_due_at", "opened", "until", "promised", "waiting_since", "updated")
_ASKED = 3
"""How much a column matters that a query asks for."""
_OWN_KINDS: Mapping[str, Kind] = {"number": "number", "money": "number"}
EVERYTHING = (
    *(Column(name, "time" if field.kind == "time" else "text") for name, field in FIELDS.items()),
    Column("state_category"),
    Column("path", "path"),
    Column("edited", "bool"),
)
_KINDS: Mapping[str, Kind] = {
    "id": "id", "until": "due", "promised": "due", "next_due_at": "due", "updated": "time",
    "waiting_since": "since", "claim": "name", "line": "text", "time": "time", "list": "list",
}  # fmt: skip
"""What a column holds, by the name of the field, else by the field's own kind."""


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
        own = [field for name in columns if (field := settings.fields.named(name))] or asked
        shown = tuple(_worded_column(name, settings) for name in columns)
        usual = _with_own(FOR_PEOPLE if look == "human" else LIST, asked)
        told = [for_people(row, settings, columns=columns, own=own) for row in rows]
        return Table(shown or usual, told, notes=notes)
    if look == "csv" and not columns:
        return Table((*EVERYTHING, *(Column(field.name) for field in settings.fields)), rows)
    return Table(tuple(column(_current(name, settings)) for name in columns) or LIST, rows)


def column(name: str) -> Column:
    """The column that shows a field."""
    field = FIELDS.get(name)
    if field is None:
        return Column(name, _KINDS.get(name, "text"))
    return Column(name, _KINDS.get(name, _KINDS.get(field.kind, "name")))


def _worded_column(name: str, settings: Settings) -> Column:
    """The same for people, who see the desk's own fields under their labels."""
    own = settings.fields.named(name)
    return _own_column(own) if own else column(name)


def _current(name: str, settings: Settings) -> str:
    """The name that a field has now."""
    own = settings.fields.named(name)
    return own.name if own else name


def _own_column(own: CustomField) -> Column:
    return Column(own_label(own), _OWN_KINDS.get(own.type, "name"))


def _with_own(usual: tuple[Column, ...], asked: Sequence[CustomField]) -> tuple[Column, ...]:
    """The usual columns, and before the title those that were asked for."""
    at = [column.key for column in usual].index("title")
    return (*usual[:at], *(_own_column(own)._replace(rank=_ASKED) for own in asked), *usual[at:])


def for_people(
    row: Row, settings: Settings, *, columns: Iterable[str] = (), own: Iterable[CustomField] = ()
) -> Row:
    """A ticket's row in the language of the moment, with what each value means.

    ``columns`` are those to be shown, and ``own`` the fields of the desk's own among them, which
    stand under their labels; the usual ones are told in any case.
    """
    marks = [Part(say(f"mark.{name}"), "mark") for name in ("edited", "contested") if row.get(name)]
    told: Row = {
        "id": Phrase(Part(row["id"], "id", row["path"])),
        "status": worded("status", row["status"], row, settings),
        "priority": worded("priority", row.get("priority"), row, settings),
        "assignee": _at_work(row, settings),
        "team": team_label(settings, row.get("team")),
        "channel": channel_label(row.get("channel")),
        "category": category_label(settings, row.get("category")),
        "customer": row.get("customer_name") or row.get("customer"),
        **{name: _time(row.get(name)) for name in _TIMES},
        "title": Phrase(*marks, row["title"]) if marks else row["title"],
    }
    if "claim" in columns and (claim := row.get("claim")):
        told["claim"] = agent_label(settings, claim["by"])
    for name in columns:
        if name not in told:
            told[name] = worded(name, row.get(name), row, settings)
    told.update((own_label(field), own_worded(field, row.get(field.name))) for field in own)
    return {**row, **told}


def found(text: str, words: str) -> Phrase:
    """A text in which the words stand out that were looked for."""
    wanted = filter(None, (word.strip('"“”') for word in words.split()))
    pieces = re.split(f"({'|'.join(map(re.escape, wanted))})", text, flags=re.IGNORECASE)
    return Phrase(*(Part(piece, "found" if i % 2 else None) for i, piece in enumerate(pieces)))


def _time(value: str | None) -> datetime | None:
    return parse_time(value) if value else None


def _at_work(row: Row, settings: Settings) -> str | None:
    """Whose a ticket is, and who is at work on it."""
    assignee, claim = row.get("assignee"), row.get("claim")
    if assignee is None and not claim:
        return nobody_label(row.get("unassigned_reason"))
    if not claim:
        return agent_label(settings, assignee)
    worker = Part(f"{say('mark.claim')}{agent_label(settings, claim['by'])}", "working")
    if assignee in (None, claim["by"]):
        return Phrase(worker)
    return Phrase(f"{agent_label(settings, assignee)} ", worker)


def nobody_label(reason: str | None) -> str | None:
    """In the place of an agent: why there is none, if that is known."""
    return None if reason is None else f"– {say(f'routing.waits.{reason}')}"


def status_label(settings: Settings, workflow: str | None, status: str) -> str:
    """A state's label in the language of the moment."""
    state = settings.flow(workflow).state(status)
    return getattr(state, texts.current()) if state else status


def priority_label(priority: str | None) -> str:
    """A priority's label in the language of the moment."""
    if priority is None or priority not in PRIORITIES:
        return priority or ""
    return PRIORITIES[priority][texts.LANGUAGES.index(texts.current())]


def channel_label(name: str | None) -> str | None:
    """How people call a channel."""
    labels = CHANNELS.get(name or "")
    return labels[texts.LANGUAGES.index(texts.current())] if labels else name


def team_label(settings: Settings, name: str | None) -> str | None:
    """How people call a team."""
    team = settings.team(name) if name else None
    return team.name if team else name


def category_label(settings: Settings, name: str | None) -> str | None:
    """What people call a category."""
    known = next((one for one in settings.categories if one.name == name), None)
    return (known.zh if texts.current() == "zh" else known.en) if known else name


def agent_label(settings: Settings, name: str | None) -> str | None:
    """How people call an agent."""
    agent = settings.agent(name) if name else None
    return agent.name if agent else name


def who_label(settings: Settings, by: str) -> str:
    """How people call whoever did something: the customer, the clock, or an agent."""
    if by in (CUSTOMER, SWEEP, ROUTER):
        return say(f"who.{by}")
    return agent_label(settings, by) or by


def told_label(settings: Settings, name: str) -> str:
    """How people call whom an event tells: an agent, or ``team:`` and a team."""
    kind, colon, team = name.partition(":")
    found = team_label(settings, team) if colon and kind == "team" else agent_label(settings, name)
    return found or name


def card(row: Row, *, tz: tzinfo) -> Card:
    """One ticket as its file has it: its fields, then its timeline; times are told in ``tz``."""
    fields: Row = {name: row[name] for name in shown_fields(row)}
    if row["contested"]:
        fields["contested"] = ", ".join(row["contested"])
    if row["edited"]:
        fields["edited"] = True
    if claim := row.get("claim"):
        fields["claim"] = f"{claim['by']} until {claim['until']}"
    if row.get("transfers"):
        fields["transfers"] = row["transfers"]
    if row.get("unassigned_reason"):
        fields["unassigned_reason"] = row["unassigned_reason"]
    fields.update(_clocks(row))
    fields.update(linked(row))
    fields["path"] = row["path"]
    events = [Event.of(data) for data in row[TIMELINE]]
    fates = {event_id: "gone" for event_id in taken_back(events)}
    fates.update({event.id: "no effect" for event, applied in replay(events, {}) if not applied})
    sections = tuple(_section(e.data, tz, fates.get(e.id)) for e in events)
    return Card(f"{row['id']}  {row['title']}", fields, sections, row)


def _clocks(row: Row) -> Iterator[tuple[str, str]]:
    """The clocks of a ticket, a line each, with names as in JSON."""
    for clock in (row.get("sla") or {}).get("clocks", ()):
        if clock["state"] == "off":
            continue
        told = [clock["state"]]
        told += [f"due {clock['due_at']}"] if clock["due_at"] else []
        told += [f"late {clock['breached_by_s']}s"] if clock["breached_by_s"] else []
        told += ["excused"] if clock["excused"] else []
        yield f"sla.{clock['clock']}", " ".join(told)


def shown_fields(row: Row) -> list[str]:
    """The names of a ticket's own fields that hold something and stand on a card."""
    return [
        name
        for name, value in row.items()
        if name not in _BESIDE and value not in (None, [], False)
    ]


def linked(row: Row) -> Iterator[tuple[str, str]]:
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
    if value is None:
        return None
    if name == "status":
        category = settings.flow(row.get("workflow")).category_of(value)
        label = status_label(settings, row.get("workflow"), value)
        return Phrase(Part(label, f"state:{category}"))
    if name == "priority":
        return Phrase(Part(priority_label(value), f"priority:{value}"))
    if name in ("watchers", "muted"):
        return [agent_label(settings, each) for each in value]
    if name in ("assignee", "team", "channel", "customer", "category"):
        return _called(name, value, row, settings)
    if name == "workflow":
        return getattr(settings.flow(value), texts.current())
    if name in ("opened", "archived", "until", "promised"):
        return parse_time(value)
    own = settings.fields.get(name)
    return own_worded(own, value) if own else value


def _called(name: str, value: str, row: Row, settings: Settings) -> str | None:
    """How people call whom or what a field names."""
    if name == "customer":
        return row.get("customer_name") or value
    if name == "channel":
        return channel_label(value)
    if name == "category":
        return category_label(settings, value)
    return agent_label(settings, value) if name == "assignee" else team_label(settings, value)


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


def action_label(do: str) -> str:
    """What people call an action."""
    return say(f"do.{do}") if texts.has(f"do.{do}") else do


def _section(event: Mapping[str, Any], tz: tzinfo, fate: str | None) -> Section:
    """An event as plain text has it; with its ``fate`` if it does not count as it stands."""
    at = parse_time(event["at"])
    assert at
    heading = f"{at.astimezone(tz):%Y-%m-%d %H:%M}  {event['by']}  {event['do']}"
    if event.get("via"):
        heading += f"  ({event['via']})"
    if fate:
        heading += f"  [{fate}]"
    lines = list(_changes(event))
    if event.get("tell"):
        lines.append(f"tell: {', '.join(event['tell'])}")
    if because := reason(event.get("classified")):
        lines.append(f"classified: {because}")
    if routed := event.get("routed"):
        lines.append(f"why: {sentence(Because.of(routed))}")
    lines += bot_events.plainly(event)
    lines += [f"why: {event['why']}"] if event.get("why") else []
    lines += [event["text"]] if event.get("text") else []
    return Section(heading, "\n".join(lines))


def changes(event: Mapping[str, Any]) -> Iterator[tuple[str, str, Any]]:
    """(field, sign, value) of what an event did: ``+`` and ``-`` for items, nothing for a value."""
    yield from ((name, "", value) for name, value in event.get("set", {}).items())
    for key, sign in (("add", "+"), ("remove", "-")):
        yield from ((name, sign, items) for name, items in event.get(key, {}).items())


def worded_changes(event: Mapping[str, Any], row: Row, settings: Settings) -> Iterator[str]:
    """What an event did to fields of the ticket ``row``, as people say it."""
    for name, sign, value in changes(event):
        told = "–" if value is None else worded(name, value, row, settings)
        shown = ", ".join(map(str, told)) if sign else told
        yield f"{field_label(name, settings)} {sign}{shown}"


def _changes(event: Mapping[str, Any]) -> Iterator[str]:
    for name, sign, value in changes(event):
        if sign:
            yield f"{name} {sign}{', '.join(map(str, value))}"
        elif event["do"] != "open":
            yield f"{name}: {'–' if value is None else value}"
