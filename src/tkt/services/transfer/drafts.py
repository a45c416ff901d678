"""What a record says, as a ticket that has no place on the desk yet."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tkt.domain import ids
from tkt.domain.classify.because import NOTHING, Start
from tkt.domain.fields import DERIVED, TIMELINE
from tkt.domain.shape import Fault, breaks, unsound
from tkt.domain.ticket import Event, Ticket, fold
from tkt.errors import Refused, TktError, UsageProblem
from tkt.named import NamedTuple
from tkt.services.transfer.cells import cell, items
from tkt.storage.jsonlines import NotJson, parse

if TYPE_CHECKING:
    from collections.abc import Mapping

Row = dict[str, Any]

_ANY_ID = "000101-2222"
"""Stands for an id that is yet to be found."""


class Draft(NamedTuple):
    """A ticket to be; ``ticket.id`` is the id it wants, or empty. ``whole``: one of tkt's own.

    ``start`` is what classifying it added.
    """

    ticket: Ticket
    whole: bool
    start: Start = NOTHING


class Unfit(Exception):
    """What is wrong with a record, and the column that it concerns, if one."""

    def __init__(self, error: TktError, column: str | None = None) -> None:
        super().__init__(error)
        self.error = error
        self.column = column


def timeline_of(raw: Any, column: str = TIMELINE) -> list[Any] | None:
    """The events that a record brings, None if it brings none; in a cell they are JSON."""
    if isinstance(raw, str) and raw:
        try:
            raw = parse(raw)
        except NotJson as error:
            params = {"field": TIMELINE, "message": "", **error.params}
            raise Unfit(UsageProblem(error.key, **params), column) from error
    if raw is None or raw == "" or raw == []:
        return None
    if not isinstance(raw, list):
        raise Unfit(UsageProblem("import.no_list", field=TIMELINE), column)
    return raw


def is_whole(timeline: list[Any] | None) -> bool:
    """Whether every event has its id: then the record is a ticket as tkt prints it."""
    return bool(timeline) and all(isinstance(e, dict) and "id" in e for e in timeline or ())


def wanted_id(raw: Any) -> str:
    """The id that a record asks for, empty if none; another system's is refused."""
    if raw is None or raw == "":
        return ""
    if not isinstance(raw, str) or not ids.is_id(raw.strip()):
        raise Unfit(Refused("import.bad_id", id=str(raw)[:60]), "id")
    return raw.strip()


def whole_from_json(row: Row) -> Draft:
    """A ticket as ``tkt export`` and ``tkt show --json`` print it."""
    doc = {name: value for name, value in row.items() if name not in DERIVED}
    if doc.get("contested") == []:
        del doc["contested"]
    wanted = wanted_id(doc.get("id"))
    doc["id"] = wanted or _ANY_ID
    _first(breaks(doc, ticket_id=doc["id"]))
    if len(doc) < len(row):
        # A field of a person's own may be called like a derived key: the timeline knows.
        folded = fold(Ticket.of(doc).events)
        doc.update((name, folded[name]) for name in DERIVED if name in folded)
    _first(unsound(doc))
    ticket = Ticket.of(doc)
    return Draft(Ticket(wanted, ticket.fields, ticket.events), whole=True)


def whole_from_cells(row: Row, timeline: list[Any]) -> Draft:
    """The same out of a table: the timeline says everything, the cells may not say otherwise."""
    wanted = wanted_id(row.get("id"))
    check_events(timeline)
    ticket = Ticket.folded(wanted, map(Event.of, timeline))
    for name in ("title", "status", "opened"):
        if name not in ticket.fields:
            raise Unfit(UsageProblem("field.missing", field=name), name)
    for name, said in row.items():
        if name in ("id", TIMELINE) or (name in DERIVED and name not in ticket.fields):
            continue
        _agree(name, said, ticket.fields)
    _first(unsound({"id": _ANY_ID, **ticket.fields, TIMELINE: timeline}))
    return Draft(ticket, whole=True)


def check_events(timeline: list[Any]) -> None:
    """Unfit unless these can be the events of a ticket."""
    top = {"id": _ANY_ID, "title": "-", "status": "new", "opened": "2000-01-01T00:00:00+00:00"}
    _first(breaks({**top, TIMELINE: timeline}, ticket_id=_ANY_ID))


def _agree(name: str, said: str, folded: Mapping[str, Any]) -> None:
    held = folded.get(name)
    if said == cell(held) or (isinstance(held, list) and items(said) == held):
        return
    if name == "contested" and held is None and items(said) in ([], ["[]"]):
        return
    error = Refused("import.not_fold", field=name, found=said[:60], folded=held)
    raise Unfit(error, name)


def _first(faults: list[Fault]) -> None:
    if faults:
        fault = faults[0]
        params = {"field": ".".join(map(str, fault.where))[:60], **fault.params}
        error = Refused(fault.key.replace("ticket.not_fold", "import.not_fold"), **params)
        raise Unfit(error, str(fault.where[0]) if fault.where else None)
