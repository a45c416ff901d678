"""Fields set, list items added and removed: what every other action is made of as well."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tkt.domain.actions.event import new_event
from tkt.domain.change import Change, summary_of
from tkt.domain.fields import alike, list_fields, listed
from tkt.errors import Refused

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from tkt.domain.actions.event import Doing
    from tkt.domain.ticket import Ticket


def changed(
    ticket: Ticket,
    doing: Doing,
    *,
    wanted: Mapping[str, Any],
    add: Mapping[str, Sequence[str]] | None = None,
    remove: Mapping[str, Sequence[str]] | None = None,
    reason: str | None = None,
    do: str = "set",
) -> Change:
    """Fields set (None: taken away), list items added and removed; Refused if nothing changes."""
    change = altered(
        ticket, doing, do=do, wanted=wanted, add=add or {}, remove=remove or {}, reason=reason
    )
    if not change.events[0].data.keys() & {"set", "add", "remove"}:
        raise Refused("set.nothing", id=ticket.id)
    return change


def altered(
    ticket: Ticket,
    doing: Doing,
    *,
    do: str,
    wanted: Mapping[str, Any],
    add: Mapping[str, Sequence[str]] = {},
    remove: Mapping[str, Sequence[str]] = {},
    reason: str | None = None,
    payload: Mapping[str, Any] = {},
    rule: str | None = None,
) -> Change:
    """One event ``do`` that makes the fields what is ``wanted``; what is so already is left out.

    A list given whole becomes what was added and what was removed, so that two people who tag one
    ticket on two machines both keep their tags. What is contested, or was edited at the top and
    never recorded, is set whole: that settles it. ``payload`` is what else the event says.
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
    event = new_event(
        ticket.events,
        doing,
        do,
        set=sets,
        add=adds,
        remove=removes,
        why=reason,
        **payload,
    )
    tail = " ".join(filter(None, (
        summary_of(sets),
        " ".join(f"{n}+={','.join(items)}" for n, items in adds.items()),
        " ".join(f"{n}-={','.join(items)}" for n, items in removes.items()),
    )))  # fmt: skip
    return Change(do, ticket, ticket.after(event), (event,), tail=tail, reason=reason, rule=rule)


def _picked(
    part: Mapping[str, Sequence[str]], state: Mapping[str, Any], *, held: bool
) -> dict[str, list[str]]:
    """Of the items of each list those that it holds, or those that it does not; each once."""
    picked = {
        name: [i for i in dict.fromkeys(items) if (i in listed(state.get(name))) is held]
        for name, items in part.items()
    }
    return {name: items for name, items in picked.items() if items}
