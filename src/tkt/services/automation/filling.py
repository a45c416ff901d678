"""Texts of rules, macros and canned replies with what they speak of put in: one way for all."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from tkt.domain.automation.wording import Around, filled, value_in
from tkt.errors import Refused
from tkt.named import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from tkt.domain.ticket import Event, Ticket
    from tkt.errors import TktError
    from tkt.services.stage import Stage


class Given(NamedTuple):
    """What texts are filled with beside the ticket's fields.

    ``agent`` is whose name stands for ``{{agent}}``; None for the ticket's own. ``cause`` is what a
    rule acts on.
    """

    agent: str | None = None
    more: Mapping[str, str] = {}
    cause: Event | None = None


def filled_for(
    stage: Stage,
    ticket: Ticket,
    text: str,
    given: Given,
    lacking: Callable[[str], TktError] | None = None,
) -> str:
    """The text as it is said on a ticket; ``lacking`` makes the refusal of an empty variable."""

    def value_of(word: str) -> str | None:
        return value_in(ticket, stage.settings, word, around)

    def refused(word: str) -> TktError:
        return Refused("automation.empty_variable", id=ticket.id, name=word)

    around = Around(
        given.agent or ticket.fields.get("assignee"),
        lambda: _next_opening(stage, ticket),
        lambda customer: stage.desk.index.customer_name(customer),
        given.more,
    )
    return filled(text, value_of, lacking or refused)


def _next_opening(stage: Stage, ticket: Ticket) -> datetime | None:
    """When somebody will be there; None if somebody is, or nobody ever."""
    hours, now = stage.hours_of(ticket), int(stage.acting.at.timestamp())
    opening = None if hours.is_open(now) else hours.next_opening(now)
    return None if opening is None else datetime.fromtimestamp(opening, UTC)
