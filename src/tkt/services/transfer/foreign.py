"""Another system's records: fields under many names, dates in many spellings, plain events."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

from tkt.domain import ids
from tkt.domain.actions.talking import opened
from tkt.domain.classify.because import NOTHING, Start
from tkt.domain.custom.placing import check_place
from tkt.domain.custom.values import meant
from tkt.domain.facts import CUSTOMER
from tkt.domain.fields import FIELDS, TIMELINE, alike, in_order, is_plain, problem_with
from tkt.domain.ticket import Event, Ticket
from tkt.domain.workflow.records import check_record
from tkt.errors import Refused, TktError, UsageProblem
from tkt.named import NamedTuple
from tkt.services import naming
from tkt.services.classifying.sorting import Sorter
from tkt.services.opening import at_first, with_long_title
from tkt.services.transfer import drafts
from tkt.services.transfer.cells import items
from tkt.services.transfer.columns import IGNORED, OPENED, TEXT, Columns
from tkt.services.transfer.dates import read_moment
from tkt.services.transfer.drafts import Draft, Row, Unfit

if TYPE_CHECKING:
    from tkt.domain.custom.field import CustomField
    from tkt.domain.workflow import Workflow
    from tkt.services.acting import Acting
    from tkt.storage.desk import Desk

KINDS = ("open", "message", "reply", "note", "set")
"""What may happen in a timeline whose events have no ids."""
MOST_EVENTS = 20_000
_CUSTOMER = (CUSTOMER, "客户", "顾客", "买家")
_REMEMBERED = 20_000
_NOTHING: tuple[Any, ...] = (None, "", [])

Said = dict[str, tuple[str, Any]]
"""Field to the column that names it and what stands there."""


class _Story(NamedTuple):
    """A plain timeline, read: what opened the ticket, and what came after, in order."""

    opening: Row
    opened: datetime | None
    later: list[tuple[datetime, Row]]


class Foreign:
    """Reads records of one file for one desk; remembers what names turned out to mean."""

    def __init__(self, desk: Desk, columns: Columns, acting: Acting) -> None:
        self.settings = settings = desk.settings
        self._sorter = Sorter(desk)
        self.zone = settings.zone
        self.columns = columns
        self.acting = acting
        self._values: dict[tuple[str, str, str], Any] = {}

    def draft(self, row: Row) -> Draft:
        """The ticket that a record makes; Unfit with the first thing wrong."""
        draft = self._draft(row)
        try:
            check_record(self.settings, draft.ticket)
        except Refused as refusal:
            raise Unfit(refusal) from refusal
        return draft

    def _draft(self, row: Row) -> Draft:
        said = self._said(row)
        wanted = drafts.wanted_id(said.pop("id", ("", None))[1])
        at = self._opened(said)
        text = self._text(said)
        column, raw = said.pop(TIMELINE, ("", None))
        timeline = drafts.timeline_of(raw, column)
        start = self._start(said, text, timeline)
        flow = self._flow(said)
        fields = self._fields(said, flow)
        if timeline is None:
            fields, text = _titled(fields, text, said)
            doing = self.acting.on(None)
            doing = doing._replace(at=at or doing.at)
            change = opened(wanted, doing, fields=fields, text=text, payload=start.payload)
            return Draft(change.after, False, start)
        try:
            return self._told(wanted, self._story(timeline, flow), fields, (at, text), said)
        except TktError as error:
            raise Unfit(error, column) from error

    def _start(self, said: Said, text: str | None, timeline: list[Any] | None) -> Start:
        """What classifying adds to a record, put among what it says itself.

        A record with a story of its own tells what it was and became. One with a status stands in
        a process already, which goes by no words.
        """
        title = said.get("title", ("", None))[1]
        if not self.settings.categories or timeline is not None or not isinstance(title, str):
            return NOTHING
        fields = {name: raw for name, (_, raw) in said.items()}
        tags = fields.get("tags")
        fields["tags"] = items(tags) if isinstance(tags, str) else tags
        settled = {*fields, "workflow"} if "status" in fields else fields.keys()
        start = self._sorter.start(title, text, fields, said=settled)
        said.update((name, ("", value)) for name, value in start.fields.items())
        if "status" in fields and "category" in start.fields:
            said.setdefault("workflow", ("", self.settings.flow(None).name))
        return start

    # -- columns ------------------------------------------------------------------------------

    def _said(self, row: Row) -> Said:
        said: Said = {}
        for column, raw in row.items():
            if raw in _NOTHING:
                continue
            try:
                field = self.columns.field(column)
                if field in said:
                    raise UsageProblem("import.column_twice", field=field)
            except TktError as error:
                raise Unfit(error, column) from error
            if field != IGNORED:
                said[field] = (column, raw)
        return said

    def _opened(self, said: Said) -> datetime | None:
        column, raw = said.pop(OPENED, ("", None))
        try:
            return None if raw is None else self._moment(raw, OPENED)
        except TktError as error:
            raise Unfit(error, column) from error

    def _text(self, said: Said) -> str | None:
        column, raw = said.pop(TEXT, ("", None))
        if raw is not None and not isinstance(raw, str):
            raise Unfit(UsageProblem("field.not_text", field=TEXT), column)
        return raw

    def _flow(self, said: Said) -> Workflow:
        category = said.get("category", ("", None))[1]
        flow = self.settings.flow_for(category if isinstance(category, str) else None)
        if "workflow" not in said:
            return flow
        column, raw = said["workflow"]
        try:
            return self.settings.flow(self.value("workflow", raw, flow))
        except TktError as error:
            raise Unfit(error, column) from error

    def _fields(self, said: Said, flow: Workflow) -> dict[str, Any]:
        fields = at_first(flow)
        for name, (column, raw) in said.items():
            try:
                value = self.value(name, raw, flow)
            except TktError as error:
                raise Unfit(error, column) from error
            if value is not None:
                fields[name] = value
        if "title" not in fields:
            raise Unfit(UsageProblem("field.missing", field="title"))
        for name, (column, _) in said.items():
            try:
                told = {name: fields.get(name)}
                check_place(self.settings.fields, told, fields.get("category"))
            except TktError as error:
                raise Unfit(error, column) from error
        return in_order(fields)

    # -- values -------------------------------------------------------------------------------

    def value(self, field: str, raw: Any, flow: Workflow) -> Any:
        """The value that ``raw`` means for ``field``; None takes it away."""
        if declared := self.settings.fields.get(field):
            return self._declared(declared, raw, flow)
        known = FIELDS.get(field)
        kind = known.kind if known else "own"
        if known and not known.settable:
            raise Refused("field.not_settable", field=field)
        if kind == "line" and type(raw) is int:
            raw = str(raw)
        if raw is None or field == "title":
            if field == "title" and not isinstance(raw, str):
                raise UsageProblem("field.not_text", field=field)
            return raw
        if kind == "list" and isinstance(raw, str | list):
            raw = items(raw) if isinstance(raw, str) else raw
        elif kind != "own" and isinstance(raw, str):
            return self._named(field, raw, flow, kind)
        if problem := problem_with(field, raw):
            raise UsageProblem(problem, field=field, value=str(raw)[:60])
        return raw

    def _declared(self, field: CustomField, raw: Any, flow: Workflow) -> Any:
        """A number or a text; a number is also how programs write down an order or a phone."""
        if type(raw) is int and field.type not in ("number", "money"):
            raw = str(raw)
        if isinstance(raw, str):
            return self._typed(field.name, raw, flow)
        return None if raw is None else meant(field, raw, now=self.acting.now, tz=self.zone)

    def _typed(self, field: str, raw: str, flow: Workflow) -> Any:
        acting = self.acting
        return naming.value_for(self.settings, field, raw, flow=flow, me=acting.by, now=acting.now)

    def _named(self, field: str, raw: str, flow: Workflow, kind: str) -> Any:
        if kind == "line":
            return self._typed(field, raw, flow)
        key = flow.name, field, raw
        if key not in self._values:
            value = self._typed(field, raw, flow)
            if len(self._values) >= _REMEMBERED:
                return value
            self._values[key] = value
        return self._values[key]

    def _moment(self, raw: Any, field: str) -> datetime:
        try:
            if not isinstance(raw, str):
                raise ValueError(raw)
            return read_moment(raw, now=self.acting.now, tz=self.zone)
        except (ValueError, OverflowError) as error:
            shown = str(raw)[:60]
            raise UsageProblem("import.not_time", field=field, value=shown) from error

    # -- timelines ----------------------------------------------------------------------------

    def _story(self, timeline: list[Any], flow: Workflow) -> _Story:
        if len(timeline) > MOST_EVENTS:
            raise UsageProblem("import.too_many_events", limit=MOST_EVENTS)
        opening: Row | None = None
        opened: datetime | None = None
        later: list[tuple[datetime, Row]] = []
        for number, raw in enumerate(timeline):
            if not isinstance(raw, dict):
                raise UsageProblem("import.not_event", number=number + 1)
            event = self._event(raw, f"{TIMELINE}.{number}", flow)
            at = self._moment(raw.get("at"), f"{TIMELINE}.{number}.at")
            if event["do"] != "open":
                later.append((at, event))
            elif opening is None:
                opening, opened = event, at
            else:
                raise UsageProblem("import.opened_twice", number=number + 1)
        later.sort(key=lambda each: each[0])
        return _Story(opening or {}, opened, later)

    def _event(self, raw: Row, where: str, flow: Workflow) -> Row:
        event = {name: value for name, value in raw.items() if name not in ("at", "id")}
        if event.get("do") not in KINDS:
            known = ", ".join(KINDS)
            raise UsageProblem(
                "import.bad_do", field=f"{where}.do", value=str(raw.get("do"))[:60], known=known
            )
        event["by"] = self._who(event.get("by"), f"{where}.by")
        for name, value in event.items():
            if name == "set":
                event[name] = self._sets(value, f"{where}.set", flow)
            elif name in ("add", "remove"):
                _mapping(value, f"{where}.{name}")
            elif name == "text":
                if value is not None and not isinstance(value, str):
                    raise UsageProblem("field.not_text", field=f"{where}.text")
            elif not is_plain(value):
                raise UsageProblem("field.not_plain", field=f"{where}.{name}"[:60])
        return event

    def _who(self, raw: Any, where: str) -> str:
        if raw is None:
            return self.acting.by
        if not isinstance(raw, str) or not raw.strip():
            raise UsageProblem("field.not_text", field=where)
        if raw.strip().casefold() in _CUSTOMER:
            return CUSTOMER
        agent = self.settings.agent(raw.strip())
        # Somebody who has left is still the one who did it.
        return agent.id if agent else " ".join(raw.split())

    def _sets(self, raw: Any, where: str, flow: Workflow) -> Row:
        made: Row = {}
        for column, value in _mapping(raw, where).items():
            field = self.columns.field(column)
            if field in (TEXT, OPENED, TIMELINE, "id"):
                raise Refused("field.not_settable", field=f"{where}.{field}")
            if field != IGNORED:
                made[field] = self.value(field, value, flow)
        return made

    def _told(
        self,
        wanted: str,
        story: _Story,
        fields: Row,
        first: tuple[datetime | None, str | None],
        said: Said,
    ) -> Draft:
        """The ticket of a plain timeline: what no event sets was so from the opening on."""
        at = first[0] or story.opened or (story.later[0][0] if story.later else self.acting.at)
        if story.later and story.later[0][0] < at:
            raise UsageProblem("import.before_opening", field=TIMELINE)
        mentioned = _mentioned(event for _, event in story.later)
        start = at_first(self.settings.flow(fields.get("workflow")))
        start.update((n, v) for n, v in fields.items() if n not in mentioned)
        start, text = _titled({**start, "title": fields["title"]}, first[1], said)
        outside = "customer" in fields or "channel" in fields
        opening = {"by": CUSTOMER if outside else self.acting.by, "do": "open", **story.opening}
        opening["set"] = {**start, **opening.get("set", {})}
        opening["text"] = text or opening.get("text")
        events = [_made(None, at, opening, self.acting)]
        for moment, event in story.later:
            events.append(_made(events[-1], moment, event, self.acting))
        drafts.check_events([event.data for event in events])
        ticket = Ticket.folded(wanted, events)
        for name in mentioned & said.keys():
            if not alike(ticket.fields.get(name), fields.get(name)):
                found, folded = str(fields.get(name))[:60], ticket.fields.get(name)
                error = Refused("import.not_fold", field=name, found=found, folded=folded)
                raise Unfit(error, said[name][0])
        return Draft(ticket, whole=False)


def _made(last: Event | None, at: datetime, said: Row, acting: Acting) -> Event:
    """The event that follows ``last``; empty parts are left out, and its text stands last."""
    written = at.isoformat(timespec="seconds")
    instant = datetime.fromisoformat(written)
    before = [last.id] if last and last.instant == instant else []
    payload = {name: value for name, value in said.items() if value not in _NOTHING}
    text = payload.pop("text", None)
    head = {"id": ids.event_id(before, draw=acting.draw), "at": written}
    data = {**head, "by": payload.pop("by"), "do": payload.pop("do"), **payload}
    return Event(data if text is None else {**data, "text": text}, instant)


def _titled(fields: Row, text: str | None, said: Said) -> tuple[Row, str | None]:
    """Fields with the title first, on one line; one too long stands whole in the text."""
    try:
        title, text = with_long_title(fields["title"], text)
    except TktError as error:
        raise Unfit(error, said["title"][0]) from error
    return {**fields, "title": title}, text


def _mapping(raw: Any, where: str) -> Row:
    if not isinstance(raw, dict):
        raise UsageProblem("import.no_mapping", field=where)
    return raw


def _mentioned(events: Any) -> set[str]:
    names: set[str] = set()
    for event in events:
        for part in ("set", "add", "remove"):
            names.update(event.get(part) or ())
    return names
