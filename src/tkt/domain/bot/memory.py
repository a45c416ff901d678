"""What the bot has said on a ticket so far, and what came of it: all of it is in the timeline."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tkt.domain.facts import CUSTOMER
from tkt.domain.ticket import taken_back
from tkt.named import NamedTuple

if TYPE_CHECKING:
    from tkt.domain.ticket import Event, Ticket

BOT, HANDOVER, HELPED, UNSURE = "bot", "handover", "helped", "unsure"
"""Kinds of event: an answer of the bot, its giving up, whether an answer helped, and that it has
nothing to propose to an agent."""
SCORE = "score"


class Memory(NamedTuple):
    """``answer`` is its last answer of which nobody has said yet whether it helped.

    ``is_over``: it has handed over, a person has answered, or has merged or split the ticket, where
    not all that was said before is known; from then on it says nothing.
    """

    misses: int = 0
    given: tuple[str, ...] = ()
    answer: Event | None = None
    is_over: bool = False


def memory_of(ticket: Ticket) -> Memory:
    """What there is to remember of a ticket; what was taken back is forgotten."""
    gone = taken_back(ticket.events)
    misses, answer, is_over = 0, None, False
    given: dict[str, None] = {}
    for event in ticket.events:
        if event.id in gone:
            continue
        if event.do == BOT:
            answer = event
            given.update(dict.fromkeys(articles_in(event)))
        elif event.do == HELPED:
            misses = 0 if event.data.get("helped") else misses + 1
            answer = None
        elif event.do in (HANDOVER, "merge") or (event.do == "reply" and event.by != CUSTOMER):
            is_over = True
    return Memory(misses, tuple(given), answer, is_over or "split_from" in ticket.fields)


def has_acted_on(ticket: Ticket, cause: Event) -> bool:
    """Whether the bot has dealt with an event already; the timeline says so on every clone."""
    return any(
        event.data.get("cause") == cause.id
        and (event.do in (BOT, HANDOVER, HELPED, UNSURE) or _is(event))
        for event in ticket.events
    )


def proposals(ticket: Ticket) -> list[Event]:
    """The drafts that the bot wrote for agents."""
    return [event for event in ticket.events if _is(event)]


def articles_in(event: Event) -> list[str]:
    """The articles that an event carries."""
    said: Any = event.data.get("articles")
    return [str(each) for each in said] if isinstance(said, list) else []


def _is(event: Event) -> bool:
    return event.do == "draft" and SCORE in event.data
