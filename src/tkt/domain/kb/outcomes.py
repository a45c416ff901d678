"""Whether an article helped: what somebody said of it, else what happened on the ticket after."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tkt.domain.facts import CUSTOMER, steps
from tkt.domain.kb.wording import asked, in_common

if TYPE_CHECKING:
    from collections.abc import Callable

    from tkt.domain.ticket import Event, Ticket

SAME = 0.5
"""From this share of its words in common on a message asks the same question again."""


def outcome(
    ticket: Ticket, event_id: str, slug: str, is_over: Callable[[str], bool]
) -> bool | None:
    """Whether the article that an event names helped; None where it is not to be told.

    It did not if somebody said so, if the ticket was opened again after, or if the customer asked
    the same once more; it did if somebody said so, or if the ticket came to its end.
    """
    standing = [step.event for step in steps(ticket) if step.is_here]
    at = next((i for i, event in enumerate(standing) if event.id == event_id), None)
    if at is None:
        return None
    later = standing[at + 1 :]
    said = [event.data["helped"] for event in later if _is_verdict(event, event_id, slug)]
    if said:
        return bool(said[-1])
    question = next((e.text for e in reversed(standing[: at + 1]) if _is_asking(e)), None)
    for event in later:
        if event.do == "reopen":
            return False
        if question and _is_asking(event) and alike(question, event.text or "") >= SAME:
            return False
    return True if is_over(ticket.status) else None


def _is_verdict(event: Event, event_id: str, slug: str) -> bool:
    if not isinstance(event.data.get("helped"), bool):
        return False
    about = event.data.get("articles", [slug])
    return slug in about and event.data.get("answer", event_id) == event_id


def _is_asking(event: Event) -> bool:
    return bool(event.text) and (event.by == CUSTOMER or event.do in ("open", "message"))


def alike(one: str, other: str) -> float:
    """The share of their words that two texts have in common."""
    return in_common(set(asked(one)), set(asked(other)))
