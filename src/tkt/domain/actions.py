"""What can be done to a ticket: each function takes the ticket and gives the change."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tkt.domain import ids
from tkt.domain.change import Change, summary_of
from tkt.domain.facts import CUSTOMER
from tkt.domain.fields import alike, list_fields, listed, parse_time
from tkt.domain.ticket import Event, Ticket
from tkt.errors import Refused, UsageProblem

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence
    from datetime import datetime


def new_event(
    events: Iterable[Event],
    *,
    at: datetime,
    by: str,
    do: str,
    draw: Callable[[int], int],
    **payload: Any,
) -> Event:
    """An event that has just happened, without the empty parts of ``payload``; ``text`` is last.

    Its time is what its file will say: whole seconds, with a fixed offset.
    """
    written = at.isoformat(timespec="seconds")
    instant = parse_time(written)
    if instant is None:
        raise Refused("field.not_time", field="at", value=written)
    same_second = [event.id for event in events if event.instant == instant]
    data: dict[str, Any] = {
        "id": ids.event_id(same_second, draw=draw),
        "at": written,
        "by": by,
        "do": do,
    }
    text = payload.pop("text", None)
    data.update((key, value) for key, value in payload.items() if value)
    if text:
        data["text"] = text
    return Event(data, instant)


def opened(
    ticket_id: str,
    *,
    fields: Mapping[str, Any],
    text: str | None,
    by: str,
    at: datetime,
    draw: Callable[[int], int],
) -> Change:
    """A new ticket; with a customer or a channel the customer opened it and ``by`` entered it."""
    outside = "customer" in fields or "channel" in fields
    event = new_event(
        (),
        at=at,
        by=CUSTOMER if outside else by,
        do="open",
        draw=draw,
        via=fields.get("channel"),
        entered_by=by if outside else None,
        set=dict(fields),
        text=text,
    )
    ticket = Ticket.folded(ticket_id, (event,))
    return Change("open", None, ticket, (event,), tail=ticket.title)


def noted(
    ticket: Ticket, *, text: str, by: str, at: datetime, draw: Callable[[int], int]
) -> Change:
    """A note for colleagues."""
    if not text.strip():
        raise UsageProblem("note.empty")
    event = new_event(ticket.events, at=at, by=by, do="note", draw=draw, text=text)
    return Change("note", ticket, ticket.after(event), (event,))


def changed(
    ticket: Ticket,
    *,
    wanted: Mapping[str, Any],
    add: Mapping[str, Sequence[str]],
    remove: Mapping[str, Sequence[str]],
    by: str,
    at: datetime,
    draw: Callable[[int], int],
    reason: str | None = None,
    do: str = "set",
) -> Change:
    """Fields set (None: taken away), list items added and removed.

    A list given whole becomes what was added and what was removed, so that two people who tag one
    ticket on two machines both keep their tags. What is contested, or was edited at the top and
    never recorded, is set whole: that settles it. Refused if nothing would change.
    """
    sets: dict[str, Any] = {}
    added, removed = dict(add), dict(remove)
    unsettled = {*ticket.fields.get("contested", ()), *ticket.unrecorded}
    for name, value in wanted.items():
        held = ticket.fields.get(name)
        if name in unsettled:
            sets[name] = value
        elif list_fields([name]):
            out = remove.get(name, ())
            target = [i for i in (*(value or ()), *add.get(name, ())) if i not in out]
            added[name] = target
            removed[name] = [item for item in held or () if item not in target]
        elif not alike(value, held):
            sets[name] = value
    state = {**ticket.fields, **sets}
    adds, removes = _picked(added, state, held=False), _picked(removed, state, held=True)
    if not (sets or adds or removes):
        raise Refused("set.nothing", id=ticket.id)
    event = new_event(
        ticket.events,
        at=at,
        by=by,
        do=do,
        draw=draw,
        set=sets,
        add=adds,
        remove=removes,
        why=reason,
    )
    tail = " ".join(filter(None, (
        summary_of(sets),
        " ".join(f"{n}+={','.join(items)}" for n, items in adds.items()),
        " ".join(f"{n}-={','.join(items)}" for n, items in removes.items()),
    )))  # fmt: skip
    return Change(do, ticket, ticket.after(event), (event,), tail=tail, reason=reason)


def _picked(
    part: Mapping[str, Sequence[str]], state: Mapping[str, Any], *, held: bool
) -> dict[str, list[str]]:
    """Of the items of each list those that it holds, or those that it does not; each once."""
    picked = {
        name: [i for i in dict.fromkeys(items) if (i in listed(state.get(name))) is held]
        for name, items in part.items()
    }
    return {name: items for name, items in picked.items() if items}
