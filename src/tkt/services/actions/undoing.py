"""Taking back what was done."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING

from tkt.domain.actions import undoing
from tkt.domain.automation.marks import made_with
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

    A macro was one thing, unless one of its events is named.

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
        if event is None and "macro" in meant.data:
            together = made_with(ticket, meant)
            return [
                undoing.undone_all(ticket, together, doing, named_by=stage.named_by, reason=reason)
            ]
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
        done = dict(_recorded(desk, group))
        seconds = {other for _, event in done.values() for other in _second_half(event)}
        standing = {
            ticket_id: event.id
            for ticket_id, (ticket, event) in done.items()
            if ticket_id not in seconds
            and event.do != "undo"
            and event.id not in taken_back(ticket.events)
        }
        if standing:
            return standing
    raise Refused("undo.nothing")


def _recorded(desk: Desk, group: list[Commit]) -> Iterator[tuple[str, tuple[Ticket, Event]]]:
    """Ticket id to the ticket and the event that a commit of ours has recorded on it."""
    for commit in group:
        for ticket_id, event_id in zip(
            commit.trailers["Ticket"], commit.trailers["Event"], strict=False
        ):
            ticket = desk.index.ticket(ticket_id) if is_id(ticket_id) else None
            if ticket and (event := ticket.event(event_id)):
                yield ticket_id, (ticket, event)


def _second_half(event: Event) -> Iterator[str]:
    """The other ticket of what concerned two: there it is undone with this event."""
    if event.do == "split":
        yield event.data["into"]
    elif event.do == "merge" and "source" in event.data:
        yield event.data["source"]


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
