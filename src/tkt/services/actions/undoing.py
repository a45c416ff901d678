"""Taking back what was done."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING

from tkt.domain.actions import undoing
from tkt.domain.ids import is_id
from tkt.domain.ticket import replay, taken_back
from tkt.errors import NotFound, Refused
from tkt.services.actions.relating import said_at
from tkt.storage import history

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from tkt.domain.change import Change
    from tkt.domain.ticket import Event, Ticket
    from tkt.services.stage import Action, Stage
    from tkt.storage.desk import Desk
    from tkt.storage.history import Commit

_LOOKED_BACK = 5000
"""So many commits are looked through for one's last action."""


def undo(
    *, event: str | None, reason: str | None, events: Mapping[str, str] | None = None
) -> Action:
    """The opposite of an event (its number or id), or of the last thing that one did oneself.

    ``events`` says of each ticket which event is meant.
    """

    def act(stage: Stage, ticket: Ticket) -> Sequence[Change]:
        named = (events or {}).get(ticket.id, event)
        meant = said_at(ticket, named) if named else _my_last(stage, ticket)
        doing = stage.doing(ticket)
        if meant.do == "merge" and (pair := _pair(stage, ticket, meant)):
            return undoing.unmerged(*pair, doing, named_by=stage.named_by, reason=reason)
        if meant.do == "split":
            new = stage.ticket(meant.data["into"])
            return undoing.unsplit(ticket, meant, new, doing, reason=reason)
        return [undoing.undone(ticket, meant, doing, named_by=stage.named_by, reason=reason)]

    return act


def _my_last(stage: Stage, ticket: Ticket) -> Event:
    """One's last action on a ticket that still stands; what one entered for a customer counts."""
    gone = taken_back(ticket.events)
    me = stage.acting.by
    applied = {event.id for event, done in replay(ticket.events, {}) if done}
    found: Event
    for found in reversed(ticket.events):
        mine = me in (found.by, found.data.get("entered_by"))
        if mine and found.id in applied and not _is_settled(found, gone):
            return found
    raise Refused("undo.nothing_here", id=ticket.id)


def _is_settled(event: Event, gone: frozenset[str]) -> bool:
    return event.id in gone or event.do == "undo" or "from" in event.data


def _pair(stage: Stage, ticket: Ticket, event: Event) -> tuple[Ticket, Ticket] | None:
    """(source, target) of a merge that this event of one of the two records."""
    into = event.data.get("set", {}).get("merged_into")
    source = event.data.get("source")
    try:
        if into:
            return (ticket, stage.ticket(into)) if ticket.is_merged else None
        return (stage.ticket(source), ticket) if source else None
    except NotFound:
        raise Refused("undo.no_merge", id=source or ticket.id, into=into or ticket.id) from None


def last_action(desk: Desk, me: str) -> dict[str, str]:
    """Ticket to event of all that one's last command did and that still stands.

    Found in Git's history, where one run is one merge commit. Refused if there is nothing.
    """
    for group in _groups(desk, me):
        pairs = [
            (commit.trailers["Ticket"][0], commit.trailers["Event"][0])
            for commit in group
            if commit.trailers["Ticket"] and commit.trailers["Event"]
        ]
        whole = _first_halves(desk, dict(pairs))
        standing = {i: event for i, event in whole.items() if _stands(desk, i, event)}
        if standing:
            return standing
    raise Refused("undo.nothing")


def _first_halves(desk: Desk, pairs: dict[str, str]) -> dict[str, str]:
    """Without the second half of what concerned two tickets: that is undone with the first."""
    kept = dict(pairs)
    for ticket_id, event_id in pairs.items():
        ticket = desk.index.ticket(ticket_id) if is_id(ticket_id) else None
        event = ticket.event(event_id) if ticket else None
        if event and event.do == "split":
            kept.pop(event.data["into"], None)
        if event and event.do == "merge" and (source := event.data.get("source")):
            kept.pop(source, None)
    return kept


def _groups(desk: Desk, me: str) -> Iterator[list[Commit]]:
    """The commits of each of one's commands, the newest command first."""
    seen: set[str] = set()
    for commit in islice(history.commits(desk.git), _LOOKED_BACK):
        if commit.name in seen or commit.trailer("Actor") != me:
            continue
        if len(commit.parents) == 1:
            yield [commit]
        elif commit.trailer("Action") != "sync":
            base, tip = commit.parents[:2]
            group = list(history.commits(desk.git, span=f"{base}..{tip}"))
            seen.update(member.name for member in group)
            yield group


def _stands(desk: Desk, ticket_id: str, event_id: str) -> bool:
    """Whether an event is still there and has not been taken back; taking back itself is none."""
    ticket = desk.index.ticket(ticket_id) if is_id(ticket_id) else None
    event = ticket.event(event_id) if ticket else None
    if ticket is None or event is None or event.do == "undo":
        return False
    return event.id not in taken_back(ticket.events)
