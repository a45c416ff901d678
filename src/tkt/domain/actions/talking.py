"""What is said on a ticket: its opening, messages, replies, notes, and drafts of replies."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from tkt.domain.actions.changing import altered
from tkt.domain.actions.event import new_event
from tkt.domain.actions.promising import keeping
from tkt.domain.change import Change
from tkt.domain.facts import CUSTOMER, drafts_of
from tkt.domain.ticket import Ticket
from tkt.domain.workflow import OVER
from tkt.errors import Refused, UsageProblem

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from tkt.domain.actions.event import Doing
    from tkt.domain.ticket import Event
    from tkt.domain.workflow import Workflow

_MENTION = r"(?<![\w.+-])[@＠]([\w][\w.-]*)"


def opened(ticket_id: str, doing: Doing, *, fields: Mapping[str, Any], text: str | None) -> Change:
    """A new ticket; with a customer or a channel the customer opened it and an agent entered it."""
    outside = "customer" in fields or "channel" in fields
    event = new_event(
        (),
        doing,
        "open",
        by=CUSTOMER if outside else doing.by,
        via=fields.get("channel"),
        entered_by=doing.by if outside else None,
        set=dict(fields),
        text=text,
    )
    ticket = Ticket.folded(ticket_id, (event,))
    return Change("open", None, ticket, (event,), tail=ticket.title)


def noted(ticket: Ticket, doing: Doing, *, text: str, mentions: Iterable[str] = ()) -> Change:
    """A note for colleagues; whom it mentions watches the ticket from now on."""
    named = list(dict.fromkeys(mentions))
    event = new_event(
        ticket.events,
        doing,
        "note",
        mentions=named,
        add=_watching(ticket, named),
        text=_said(text),
    )
    return Change("note", ticket, ticket.after(event), (event,))


def replied(
    ticket: Ticket,
    doing: Doing,
    *,
    text: str,
    wanted: Mapping[str, Any] | None = None,
    draft: str | None = None,
) -> Change:
    """An answer to the customer; ``wanted`` are fields that it changes with it, as its state.

    ``draft`` is the id of the draft that became this reply. What was promised is kept by it.
    """
    fields, kept = keeping(ticket)
    via = ticket.fields.get("channel")
    payload = {"via": via, "draft": draft, **kept, "text": _said(text)}
    return altered(ticket, doing, do="reply", wanted={**(wanted or {}), **fields}, payload=payload)


def received(ticket: Ticket, doing: Doing, *, flow: Workflow, text: str, via: str | None) -> Change:
    """What the customer said, entered by an agent (a call, a letter).

    A ticket that waited, or was over, is open again (SLA rule 17).
    """
    status = flow.category_of(ticket.status)
    opening = flow.of_category("open")
    wanted: dict[str, Any] = {}
    if opening is not None and (status == "pending" or status in OVER):
        wanted = {"status": opening.name, "until": None}
    payload = {
        "by": CUSTOMER,
        "via": via or ticket.fields.get("channel"),
        "entered_by": doing.by,
        "text": _said(text),
    }
    return altered(ticket, doing, do="message", wanted=wanted, payload=payload)


def drafted(ticket: Ticket, doing: Doing, *, text: str) -> Change:
    """A reply in progress that colleagues can see; it takes the place of one's earlier draft."""
    earlier = [event.id for event in drafts_of(ticket) if event.by == doing.by]
    event = new_event(ticket.events, doing, "draft", replaces=earlier, text=_said(text))
    return Change("draft", ticket, ticket.after(event), (event,))


def draft_to_send(ticket: Ticket, by: str) -> Event:
    """The draft that somebody may want to send: their own, else the latest. Refused without one."""
    drafts = drafts_of(ticket)
    if not drafts:
        raise Refused("draft.none", id=ticket.id)
    return next((event for event in reversed(drafts) if event.by == by), drafts[-1])


def mentioned(text: str, who: Callable[[str], str | None]) -> tuple[list[str], list[str]]:
    """(agents that a text mentions, mentions that are nobody's): ``@lin`` and ``@林小满``.

    ``who`` gives the agent that a name means. Text runs on right behind a Chinese name, so the
    longest beginning that is one counts; an e-mail address mentions nobody.
    """
    found: list[str] = []
    unknown: list[str] = []
    for match in re.finditer(_MENTION, text):
        word = match[1].rstrip(".-")
        lengths = range(len(word), 0, -1)
        named = (who(word[:n]) for n in lengths if n == len(word) or not _inside_word(word, n))
        agent = next((name for name in named if name), None)
        (found if agent else unknown).append(agent or word)
    return list(dict.fromkeys(found)), list(dict.fromkeys(unknown))


def _inside_word(word: str, at: int) -> bool:
    """Whether a cut falls between two Latin letters or digits."""
    return word[at - 1].isascii() and word[at].isascii() and word[at].isalnum()


def _watching(ticket: Ticket, agents: list[str]) -> dict[str, list[str]]:
    held = ticket.fields.get("watchers", ())
    new = [agent for agent in agents if agent not in held]
    return {"watchers": new} if new else {}


def _said(text: str) -> str:
    if not text.strip():
        raise UsageProblem("note.empty")
    return text
