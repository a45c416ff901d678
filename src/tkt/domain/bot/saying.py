"""The events that the bot makes: an answer, a proposal, its giving up, and what helped.

None of them is a reply: whoever waits for a person still waits, and the clocks know it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tkt.domain.actions.event import check_unmerged, new_event
from tkt.domain.bot.memory import BOT, HANDOVER, HELPED, UNSURE, articles_in, memory_of
from tkt.domain.bot.plain import plain
from tkt.domain.change import Change
from tkt.domain.facts import drafts_of
from tkt.errors import Refused

if TYPE_CHECKING:
    from tkt.domain.actions.event import Doing
    from tkt.domain.bot.deciding import Decision
    from tkt.domain.ticket import Event, Ticket


def answered(ticket: Ticket, doing: Doing, decision: Decision) -> Event:
    """What the customer is told."""
    assert decision.weighed
    article = decision.weighed.best.article
    return new_event(
        ticket.events,
        doing,
        BOT,
        via=ticket.fields.get("channel"),
        articles=[article.slug],
        score=decision.score,
        text=plain(article),
    )


def proposed(ticket: Ticket, doing: Doing, decision: Decision) -> Event:
    """What an agent may send; it takes the place of an earlier proposal."""
    assert decision.weighed
    article = decision.weighed.best.article
    return new_event(
        ticket.events,
        doing,
        "draft",
        replaces=[event.id for event in drafts_of(ticket) if event.by == doing.by],
        articles=[article.slug],
        score=decision.score,
        text=plain(article),
    )


def not_proposed(ticket: Ticket, doing: Doing, decision: Decision) -> Event:
    """That there is nothing to propose, and why: a question for those who write articles."""
    return new_event(
        ticket.events,
        doing,
        UNSURE,
        reason=decision.reason,
        near=decision.slug,
        score=decision.score,
    )


def handed_over(ticket: Ticket, doing: Doing, decision: Decision) -> Event:
    """That a person has to go on, and why; whoever has the ticket is told."""
    fields = ticket.fields
    whose = fields.get("assignee") or (f"team:{fields['team']}" if fields.get("team") else None)
    return new_event(
        ticket.events,
        doing,
        HANDOVER,
        reason=decision.reason,
        words=list(decision.words) if decision.reason in ("asked", "complaint", "vip") else None,
        near=decision.slug,
        score=decision.score,
        tell=[whose] if whose else None,
    )


def told(ticket: Ticket, doing: Doing, answer: Event, *, is_helped: bool) -> Event:
    """Whether an answer helped."""
    event = new_event(ticket.events, doing, HELPED, answer=answer.id, articles=articles_in(answer))
    return event._replace(data={**event.data, "helped": is_helped})


def helped(ticket: Ticket, doing: Doing, *, is_helped: bool) -> Change:
    """An agent says whether the bot's last answer helped; Refused if there is none to speak of."""
    check_unmerged(ticket)
    answer = memory_of(ticket).answer
    if answer is None:
        raise Refused("bot.no_answer", id=ticket.id)
    event = told(ticket, doing, answer, is_helped=is_helped)
    tail = "yes" if is_helped else "no"
    return Change(HELPED, ticket, ticket.after(event), (event,), tail=tail)
