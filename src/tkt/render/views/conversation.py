"""One ticket as people read it: where it stands, and what was said and done, day by day."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

from tkt.domain.facts import CUSTOMER
from tkt.domain.fields import TIMELINE, parse_time
from tkt.domain.table import Card, Part, Phrase, Section
from tkt.domain.ticket import Event, replay, taken_back
from tkt.domain.transfers import PING_PONG
from tkt.named import NamedTuple
from tkt.render.views import clocks, reasons, tickets
from tkt.render.views.process import progress
from tkt.render.wording import clock_text, day_text, exact_text, span_text
from tkt.texts import say

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from tkt.domain.settings import Settings
    from tkt.domain.table import Tone
    from tkt.render.views.tickets import Row

_LISTS = " · "
_OURS: Mapping[str, Tone] = {"reply": "ours", "auto_reply": "auto", "bot": "auto"}
"""Kinds of event by which a customer is told something, and how they are shown."""


class Reader(NamedTuple):
    """What the words for a ticket are chosen by: the ticket, the desk, and the time it is."""

    row: Row
    settings: Settings
    now: datetime

    def exact(self, at: datetime, *, due: bool = False) -> str:
        """A time as a person tells it who is asked when."""
        return exact_text(at, now=self.now, tz=self.settings.zone, due=due)

    def told(self, name: str, value: Any) -> str:
        """The value that an event gave a field."""
        if value is None:
            return "–"
        told = tickets.worded(name, value, self.row, self.settings)
        if isinstance(told, datetime):
            return clock_text(told, now=self.now, tz=self.settings.zone)
        return ", ".join(map(str, told)) if isinstance(told, list) else str(told)


def card(row: Row, settings: Settings, *, now: datetime) -> Card:
    """A ticket for people: its fields, then its timeline as a conversation."""
    reader = Reader(row, settings, now)
    title = Phrase(Part(row["id"], "title", row["path"]), Part(f"  {row['title']}", "title"))
    sections = tuple(conversation(row, settings, now=now))
    return Card(title, dict(_fields(reader)), sections, row)


def _titled(row: Row) -> list[str]:
    """The articles of a ticket with their titles, as far as they are still there."""
    titles = row["article_titles"]
    return [" ".join(filter(None, (slug, titles[slug]))) for slug in row["articles"]]


def _fields(reader: Reader) -> Iterator[tuple[str, Any]]:
    row, settings = reader.row, reader.settings
    checklist = settings.flow(row.get("workflow")).rules.checklist
    for name in tickets.shown_fields(row):
        if name == "ticked" and checklist:
            continue
        told = (
            _titled(row) if name == "articles" else tickets.worded(name, row[name], row, settings)
        )
        if name in ("until", "promised") and isinstance(told, datetime):
            late = "late" if told < reader.now else None
            yield name, Phrase(Part(reader.exact(told, due=True), late))
        else:
            own = settings.fields.get(name)
            key = tickets.own_label(own) if own else name
            yield key, reader.exact(told) if isinstance(told, datetime) else told
    sla = row.get("sla")
    if sla and (shown := clocks.line(sla, now=reader.now, tz=settings.zone)):
        yield "sla", shown
    yield from progress(row, settings)
    if claim := row.get("claim"):
        who, until = tickets.agent_label(settings, claim["by"]), parse_time(claim["until"])
        assert until
        told = say("show.claim", who=who, until=f"{until.astimezone(settings.zone):%H:%M}")
        yield "claim", Phrase(Part(told, "working"))
    if since := parse_time(row.get("waiting_since") or ""):
        yield "waiting_since", Phrase(Part(span_text(reader.now - since), "waiting"))
    if times := row.get("transfers"):
        yield "transfers", Phrase(Part(str(times), "late" if times >= PING_PONG else None))
    if row["contested"]:
        names = ", ".join(tickets.field_label(name, settings) for name in row["contested"])
        yield "contested", Phrase(Part(say("mark.contested") + names, "mark"))
    if row["edited"]:
        yield "edited", Phrase(Part(say("mark.edited") + say("show.edited"), "mark"))
    yield from tickets.linked(row)
    yield "path", Phrase(Part(row["path"], None, row["path"]))


# -- the conversation -------------------------------------------------------------------------


def conversation(row: Row, settings: Settings, *, now: datetime) -> Iterator[Section]:
    """The timeline of a ticket, an event a section, under headings of the days."""
    reader = Reader(row, settings, now)
    events = [Event.of(data) for data in row[TIMELINE]]
    numbers = {event.id: f"#{number}" for number, event in enumerate(events, 1)}
    fates = _fates(events, numbers)
    today, day = now.astimezone(settings.zone).date(), None
    room = len(f"#{len(events)}  ")
    for event in events:
        at = event.instant.astimezone(settings.zone)
        if at.date() != day:
            day = at.date()
            yield Section(day_text(day, today=today), "", "day")
        begins = f"{numbers[event.id]:<{room}}{at:%H:%M}  "
        small = _beside(event, numbers, reader)
        yield from _sections(event, begins, fates.get(event.id, ""), small, settings)


def told_events(events: Sequence[Event], reader: Reader) -> Iterator[str]:
    """What each event of a ticket did, in one line without what was said."""
    numbers = {event.id: f"#{number}" for number, event in enumerate(events, 1)}
    fates = _fates(events, numbers)
    for event in events:
        done = _done(event, reader.settings) + fates.get(event.id, "")
        yield _LISTS.join([done, *_beside(event, numbers, reader)])


def _beside(event: Event, numbers: dict[str, str], reader: Reader) -> list[str]:
    """What stands beside an event: which others it took back, and its small print."""
    undone = [numbers[other] for other in event.data.get("undoes", ()) if other in numbers]
    return [*undone, *small_print(event, reader)]


def _fates(events: Sequence[Event], numbers: dict[str, str]) -> dict[str, str]:
    """What became of the events that no longer count as they were, and of drafts."""
    fates = {e.id: say("show.no_effect") for e, applied in replay(events, {}) if not applied}
    gone = taken_back(events)
    for event in events:
        if event.id in gone:
            continue
        by, data = numbers[event.id], event.data
        fates.update({other: say("show.undone", by=by) for other in data.get("undoes", ())})
        fates.update({other: say("show.replaced", by=by) for other in data.get("replaces", ())})
        fates.update({o: say("show.moved", id=data.get("into")) for o in data.get("moved", ())})
        if "draft" in data:
            fates[data["draft"]] = say("show.sent", by=by)
    return fates


def _sections(
    event: Event, begins: str, fate: str, small: list[str], settings: Settings
) -> Iterator[Section]:
    """An event: what was said below who said it, or what was done beside who did it."""
    tone = _tone(event, fate)
    who, done = tickets.who_label(settings, event.by), f" {_done(event, settings)}{fate}"
    if tone == "quiet":
        yield Section(Phrase(Part(begins + who + done, tone)), _LISTS.join(small), tone)
        return
    if event.do == "draft":
        done += say("show.unsent")
    heading = Phrase(Part(begins, "quiet"), Part(who, tone), Part(done, "quiet"))
    yield Section(heading, event.text or "", tone)
    if small:
        yield Section("", _LISTS.join(small), "quiet")


def _tone(event: Event, fate: str) -> Tone:
    if fate and event.do == "draft":
        return "quiet"  # it can be read where it was sent, or written anew
    if not event.text:
        return "quiet"
    if fate:
        return "gone"
    if event.by == CUSTOMER:
        return "theirs"
    return _OURS.get(event.do, "aside")


def _done(event: Event, settings: Settings) -> str:
    """What was done, through what, and where it was said first."""
    told, data = tickets.action_label(event.do), event.data
    if entered := data.get("entered_by"):
        told += say("show.entered_by", name=tickets.agent_label(settings, entered))
    if channel := tickets.channel_label(data.get("via")):
        told += _LISTS + channel
    return told + say("show.from", id=data["from"]) if "from" in data else told


def small_print(event: Event, reader: Reader) -> Iterator[str]:
    """What an event did to fields, with which other ticket, and why."""
    data = event.data
    if "rung" in data:
        yield clocks.reason(data)

    def label(name: str) -> str:
        return tickets.field_label(name, reader.settings)

    for name, sign, value in tickets.changes(data):
        if event.do == "open" and not sign:
            continue
        named = name == "contested" and sign
        told = ", ".join(map(label, value)) if named else reader.told(name, value)
        yield f"{label(name)} {sign}{told}"
    for key, sign in (("source", "←"), ("into", "→")):
        if key in data:
            yield f"{sign} {data[key]}"
    if whom := data.get("tell"):
        yield f"→ {', '.join(tickets.told_label(reader.settings, name) for name in whom)}"
    yield from (say(f"show.{key}") for key in ("kept", "dropped") if key in data)
    if data.get("among"):
        yield say("show.among", count=data["among"])
    yield from reasons.told(data, reader.settings)
    if data.get("why"):
        yield say("show.why", why=data["why"])
