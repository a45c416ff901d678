"""What the bot does on a ticket: a rule has it look at what a customer says."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tkt.domain.bot import saying
from tkt.domain.bot.deciding import ANSWER, HANDOVER, MOST_MISSES, UNANSWERED, Decision
from tkt.domain.bot.hearing import helped
from tkt.domain.bot.memory import BOT, articles_in, has_acted_on, memory_of
from tkt.domain.change import Change
from tkt.domain.facts import asks
from tkt.errors import Remark
from tkt.services.automation.once import is_from_machine
from tkt.services.bot.asking import asked_on, consider

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tkt.domain.ticket import Event, Ticket
    from tkt.services.stage import Action, Stage

FIRST, ASSIST = "first", "assist"


def look_at(cause: Event, mode: str) -> Action:
    """Answer what the customer says in an event, propose an answer, or hand over; or nothing."""

    def act(stage: Stage, ticket: Ticket) -> Sequence[Change]:
        if why_silent(ticket, cause, mode):
            return []
        events = _first(stage, ticket, cause) if mode == FIRST else _assist(stage, ticket, cause)
        if events:
            _tell(stage, ticket, events[-1])
        return [_as_change(ticket, events)] if events else []

    return act


_NEWS = {BOT: "bot.has_answered", "draft": "bot.has_proposed", HANDOVER: "bot.has_handed_over"}


def _tell(stage: Stage, ticket: Ticket, event: Event) -> None:
    """Say what the bot did, to whoever entered what it acts on."""
    if event.do not in _NEWS:
        return
    said: dict[str, object] = {"id": ticket.id}
    if event.do == HANDOVER:
        said["why"] = Remark(f"bot.reason.{str(event.data['reason']).replace('-', '_')}")
    else:
        said["article"] = articles_in(event)[0]
    stage.tell(_NEWS[event.do], **said)


def why_silent(ticket: Ticket, cause: Event, mode: str) -> str | None:
    """Why the bot has nothing to do with an event: a word of ours; None if it has.

    Once a person has answered, or is to, the bot only proposes.
    """
    if mode not in (FIRST, ASSIST):
        return "bot_off"
    is_split = cause.do == "open" and "split_from" in ticket.fields
    if not asks(cause) or "from" in cause.data or is_split or ticket.is_merged:
        return "bot_unasked"
    if is_from_machine(cause):
        return "bot_machine"
    if has_acted_on(ticket, cause):
        return "bot_acted"
    return "bot_over" if mode == FIRST and memory_of(ticket).is_over else None


def said_in(ticket: Ticket, cause: Event) -> str:
    """What the customer says in an event; a ticket's title says it with what opened it."""
    text = cause.text or ""
    if cause.do != "open" or ticket.title.rstrip("…") in text:
        return text
    return f"{ticket.title}\n{text}" if text else ticket.title


def _first(stage: Stage, ticket: Ticket, cause: Event) -> list[Event]:
    """The bot speaks itself: what came of its last answer, then its next word."""
    memory, text, doing = memory_of(ticket), said_in(ticket, cause), stage.doing(ticket)
    events: list[Event] = []
    misses = memory.misses
    if memory.answer is not None:
        is_helped, text = helped(text)
        if is_helped is not None:
            answer = memory.answer
            events.append(saying.told(ticket, doing, answer, is_helped=is_helped))
            misses = 0 if is_helped else misses + 1
    if events and misses < MOST_MISSES and not text.strip():
        return events
    asked = asked_on(stage.desk, ticket, text)._replace(misses=misses)
    decision = consider(stage.desk, asked)
    return events + _next(ticket.after(*events), stage, decision)


def _next(ticket: Ticket, stage: Stage, decision: Decision) -> list[Event]:
    doing = stage.doing(ticket)
    if decision.what == ANSWER:
        return [saying.answered(ticket, doing, decision)]
    # Where it is not to speak at all there is nothing to hand over.
    if decision.what == HANDOVER and decision.reason != "off":
        return [saying.handed_over(ticket, doing, decision)]
    return []


def _assist(stage: Stage, ticket: Ticket, cause: Event) -> list[Event]:
    """The bot proposes, if it is sure; who sends it answers. What it has no answer to is noted."""
    asked = asked_on(stage.desk, ticket, said_in(ticket, cause))
    # It is a person who decides: nobody has to be handed over to.
    decision = consider(stage.desk, asked._replace(tags=(), misses=0, given=()))
    if decision.what == ANSWER:
        return [saying.proposed(ticket, stage.doing(ticket), decision)]
    if decision.reason in UNANSWERED:
        return [saying.not_proposed(ticket, stage.doing(ticket), decision)]
    return []


def _as_change(ticket: Ticket, events: list[Event]) -> Change:
    last = events[-1].data
    score = f"{last['score']:.2f}" if "score" in last else None
    near = (last.get("articles") or [last.get("near")])[0]
    said = {True: "yes", False: "no"}.get(last.get("helped", ""), last.get("reason"))
    tail = " ".join(str(each) for each in (said, near, score) if each)
    return Change(events[-1].do, ticket, ticket.after(*events), tuple(events), tail=tail)


def helped_by_hand(*, is_helped: bool) -> Action:
    """An agent says whether the bot's last answer helped."""

    def act(stage: Stage, ticket: Ticket) -> Sequence[Change]:
        return [saying.helped(ticket, stage.doing(ticket), is_helped=is_helped)]

    return act
