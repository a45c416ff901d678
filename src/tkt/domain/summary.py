"""What came of a stretch of time: the things that count, and the figures that they add up to.

Every event that counts carries its counts in the index, so that a day is summed up without reading
a ticket. One balance holds for any stretch: what was left at its start, and what was opened and
reopened in it, less what was resolved and merged, is what is left at its end.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tkt.domain.facts import OWNERS, drafts_of, hands_on, steps
from tkt.domain.workflow import OVER
from tkt.named import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from datetime import datetime

    from tkt.domain.ticket import Event, Ticket

DEEDS = (
    "opened", "answered", "replies", "resolved", "reopened", "merged", "escalated", "transferred",
)  # fmt: skip
"""What is counted in a stretch of time: bit by bit in an event's ``counts``, in this order."""
DRAFTED = 1 << len(DEEDS)
"""The bit of a draft that waits to be sent."""
BALANCE = {"opened": 1, "reopened": 1, "resolved": -1, "merged": -1}
"""What changes how many tickets are left, and by how much."""
BY_DOING = ("answered", "replies", "resolved", "escalated", "transferred")
"""What goes to the credit of who did it; all else goes by whose the ticket is now."""
OF_TICKETS = ("opened", "answered", "replies", "resolved", "reopened", "merged")
"""What a line of a category or a team shows."""
NEEDS = ("late", "waiting", "unassigned", "drafts", "contested", "edited", "until", "left")
"""Why a ticket may need a person now; ``left``: its agent is none any more."""


def counts_of(ticket: Ticket, category_of: Callable[[str], str]) -> dict[str, int]:
    """What the events of ``ticket`` count as: event id to the bits of :data:`DEEDS`.

    ``category_of`` gives the category of a status of its workflow. What was said on another ticket
    counts there, and what was taken back nowhere.
    """
    found = {ticket.opening.id: _bit("opened")}
    held: dict[str, str | None] = dict.fromkeys(OWNERS)
    ended = merged = answered = False
    for event, _, _ in steps(ticket):
        do, data, counted = event.do, event.data, 0
        if do == "reply" and "from" not in data:
            counted = _bit("replies") | (0 if answered else _bit("answered"))
            answered = True
        elif do == "escalate":
            counted = _bit("escalated")
        if changes := data.get("set"):
            if hands_on(event, held):
                counted |= _bit("transferred")
            held.update((name, changes[name]) for name in OWNERS if name in changes)
            was_over = ended or merged
            if status := changes.get("status"):
                ended = category_of(status) in OVER
            merged = bool(changes.get("merged_into", merged))
            counted |= _turn(was_over, ended or merged, merged)
        if counted:
            found[event.id] = found.get(event.id, 0) | counted
    _settle(found, ticket, category_of, now_over=ended or merged)
    if any(event.do == "draft" for event in ticket.events):
        found.update({draft.id: found.get(draft.id, 0) | DRAFTED for draft in drafts_of(ticket)})
    return found


def _bit(deed: str) -> int:
    return 1 << DEEDS.index(deed)


def _turn(was_over: bool, is_over: bool, merged: bool) -> int:
    """What it counts as that a ticket is over now, or no longer."""
    if was_over == is_over:
        return 0
    return _bit("reopened" if was_over else "merged" if merged else "resolved")


def _settle(
    found: dict[str, int], ticket: Ticket, category_of: Callable[[str], str], *, now_over: bool
) -> None:
    """See that the balance ends with what the ticket shows.

    What somebody committed by hand and never recorded, or clones disagreed about, counts with the
    last event.
    """
    is_over = ticket.is_merged or category_of(ticket.status) in OVER
    last: Event = ticket.events[-1]
    turn = _turn(now_over, is_over, ticket.is_merged)
    if not turn:
        return
    opposite = sum(map(_bit, ("resolved", "merged") if now_over else ("reopened",)))
    counted = found.get(last.id, 0)
    # An event cannot both end a ticket and reopen it: the one takes the other away.
    found[last.id] = counted & ~opposite if counted & opposite else counted | turn


class Line(NamedTuple):
    """What was counted for one category, agent or team; ``name`` is None for those without."""

    name: str | None
    counts: dict[str, int]
    unfinished: int


class Pressing(NamedTuple):
    """A ticket that needs a person: ``at`` is since when, or when it was due.

    ``reason`` is why routing finds nobody for one without an agent.
    """

    id: str
    title: str
    priority: str | None
    assignee: str | None
    team: str | None
    at: datetime
    reason: str | None = None


class Need(NamedTuple):
    """All tickets that need a person for one reason: how many, and the most pressing of them."""

    total: int
    tickets: Sequence[Pressing]


class Summary(NamedTuple):
    """A desk, a ``team`` or an ``agent`` from ``since`` up to, not including, ``until``.

    ``counts`` are of :data:`DEEDS`. ``backlog_start`` and ``backlog_end`` are the unfinished
    tickets at either end, ``late`` those that are past their due time now, ``oldest`` that of the
    customer who has waited longest. ``spam`` are the tickets opened that are spam or machine mail:
    no other figure has them. ``training`` is what people are late with, or due to learn, now.
    """

    since: datetime
    until: datetime
    team: str | None
    agent: str | None
    counts: dict[str, int]
    backlog_start: int
    backlog_end: int
    late: int
    oldest: Pressing | None
    by_category: tuple[Line, ...]
    by_agent: tuple[Line, ...]
    by_team: tuple[Line, ...]
    needs: dict[str, Need]
    spam: int = 0
    training: Sequence[Mapping[str, Any]] = ()
