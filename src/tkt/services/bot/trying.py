"""A question put to the bot by a person who wants to see what it would do; nothing is recorded."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tkt.domain.bot.deciding import Reply
from tkt.errors import UsageProblem
from tkt.named import NamedTuple
from tkt.services.bot.asking import asked_on, bot_of, consider

if TYPE_CHECKING:
    from datetime import datetime

    from tkt.domain.ticket import Ticket
    from tkt.storage.desk import Desk


class Setting(NamedTuple):
    """Where a question is asked: on which ticket, by whom, through what."""

    ticket: str | None = None
    customer: str | None = None
    channel: str | None = None


def ask(desk: Desk, text: str | None, setting: Setting, *, now: datetime) -> Reply:
    """What the bot would do; without a text, with what the ticket's customer said last."""
    ticket = None if setting.ticket is None else desk.ticket(desk.find(setting.ticket))
    if not (text or "").strip():
        text = None if ticket is None else _last_said(ticket)
    if not text:
        raise UsageProblem("bot.no_text")
    customer = None
    if setting.customer is not None:
        from tkt.services.customers.finding import find

        customer = find(desk, setting.customer)
    asked = asked_on(desk, ticket, text, customer=customer)
    if setting.channel is not None:
        asked = asked._replace(channel=_channel(desk, setting.channel, now))
    return Reply(text, consider(desk, asked), bot_of(desk), ticket.id if ticket else None)


def _last_said(ticket: Ticket) -> str | None:
    from tkt.domain.facts import asks
    from tkt.services.bot.answering import said_in

    last = next((event for event in reversed(ticket.events) if asks(event)), None)
    return said_in(ticket, last) if last else None


def _channel(desk: Desk, word: str, now: datetime) -> str:
    from tkt.services.naming import value_for

    flow = desk.settings.flow(None)
    return str(value_for(desk.settings, "channel", word, flow=flow, me="", now=now))
