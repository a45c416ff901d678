"""What is said on a ticket: its opening, messages, replies, notes, and drafts of replies."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from tkt.domain.actions.changing import altered
from tkt.domain.actions.event import new_event
from tkt.domain.actions.moving import worked_in
from tkt.domain.actions.promising import keeping
from tkt.domain.change import Change
from tkt.domain.facts import CUSTOMER, drafts_of, facts_of
from tkt.domain.ticket import Ticket
from tkt.domain.when import parse_duration
from tkt.domain.workflow import OVER
from tkt.errors import Refused, UsageProblem

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from tkt.domain.actions.event import Doing
    from tkt.domain.ticket import Event
    from tkt.domain.workflow import State, Workflow

KEPT = (
    "workflow", "category", "priority", "severity", "channel", "customer", "order", "team",
)  # fmt: skip
"""Fields that a ticket which follows another begins with, or one that is split off it."""
_MENTION = r"(?<![\w.+-])[@＠]([\w][\w.-]*)"


def opened(
    ticket_id: str,
    doing: Doing,
    *,
    fields: Mapping[str, Any],
    text: str | None,
    payload: Mapping[str, Any] = {},
) -> Change:
    """A new ticket; with a customer or a channel the customer opened it and an agent entered it.

    ``payload`` is what else its event says.
    """
    outside = "customer" in fields or "channel" in fields
    event = new_event(
        (),
        doing,
        "open",
        by=CUSTOMER if outside else doing.by,
        via=fields.get("channel"),
        entered_by=doing.by if outside else None,
        set=dict(fields),
        **payload,
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
    payload: Mapping[str, Any] = {},
    reason: str | None = None,
) -> Change:
    """An answer to the customer; ``wanted`` are fields that it changes with it, as its state.

    ``draft`` is the id of the draft that became this reply. What was promised is kept by it.
    ``payload`` is what else its event says.
    """
    fields, kept = keeping(ticket)
    via = ticket.fields.get("channel")
    begun = ticket.event(draft) if draft else None
    articles = begun.data.get("articles") if begun else None  # of what the bot proposed
    said = {"via": via, "draft": draft, "articles": articles, **kept, **payload}
    return altered(
        ticket,
        doing,
        do="reply",
        wanted={**(wanted or {}), **fields},
        payload={**said, "text": _said(text)},
        reason=reason,
    )


def received(ticket: Ticket, doing: Doing, *, flow: Workflow, text: str, via: str | None) -> Change:
    """What the customer said, entered by an agent (a call, a letter).

    A ticket that waited goes on where it waited from; one that was over is reopened (SLA rule 17).
    """
    wanted: dict[str, Any] = {}
    if to := _woken(ticket, flow):
        wanted = {"status": to.name, "until": None}
    payload = {
        "by": CUSTOMER,
        "via": via or ticket.fields.get("channel"),
        "entered_by": doing.by,
        "text": _said(text),
    }
    return altered(ticket, doing, do="message", wanted=wanted, payload=payload)


def _woken(ticket: Ticket, flow: Workflow) -> State | None:
    """The state in which a ticket goes on that a customer speaks on; None where it stays."""
    category = flow.category_of(ticket.status)
    if category in OVER:
        return flow.reopened() if flow.of_category("open") or flow.rules.reopens_to else None
    if category != "pending" or not flow.rules.opens_on_message:
        return None
    return worked_in(ticket, flow)


def is_late(ticket: Ticket, doing: Doing, flow: Workflow) -> bool:
    """Whether a ticket is over for good when a customer speaks on it: final, or for too long."""
    state = flow.named(ticket.status)
    if state is None or state.category not in ("resolved", "closed"):
        return False
    within = flow.rules.reopens_within
    if state.final or within is None:
        return state.final
    facts = facts_of(ticket, flow.category_of)
    return facts.resolved is not None and doing.at > facts.resolved + parse_duration(within)


def followed(
    ticket: Ticket, doing: Doing, *, new_id: str, flow: Workflow, text: str, via: str | None
) -> tuple[Change, Change]:
    """(a new ticket, the change of the old one): what a customer says to one that is over for good.

    The new one begins as the old one did, and is linked to it; the old one names it.
    """
    kept = {name: ticket.fields[name] for name in KEPT if name in ticket.fields}
    first = {**kept, "title": ticket.title, "status": flow.initial.name, "relates": [ticket.id]}
    if via:
        first["channel"] = via
    event = new_event((), doing, "open", by=CUSTOMER, via=first.get("channel"),
                      entered_by=doing.by, follows=ticket.id, set=first,
                      text=_said(text))  # fmt: skip
    new = Ticket.folded(new_id, (event,))
    made = Change("message", None, new, (event,), tail=new.title)
    told = new_event(ticket.events, doing, "follow-up", into=new_id)
    left = Change("follow-up", ticket, ticket.after(told), (told,), tail=f"-> {new_id}")
    return made, left


def drafted(ticket: Ticket, doing: Doing, *, text: str, payload: Mapping[str, Any] = {}) -> Change:
    """A reply in progress that colleagues can see; it takes the place of one's earlier draft."""
    earlier = [event.id for event in drafts_of(ticket) if event.by == doing.by]
    event = new_event(ticket.events, doing, "draft", replaces=earlier, **payload, text=_said(text))
    return Change("draft", ticket, ticket.after(event), (event,))


def draft_to_send(ticket: Ticket, by: str) -> Event:
    """The draft that somebody may want to send: their own, else the latest. Refused without one."""
    drafts = drafts_of(ticket)
    if not drafts:
        raise Refused("draft.none", id=ticket.id)
    return next((event for event in reversed(drafts) if event.by == by), drafts[-1])


def made_of(draft: Event | None) -> dict[str, Any]:
    """What a draft says of the canned reply that it was made of, as its reply says it as well."""
    data = draft.data if draft else {}
    return {key: data[key] for key in ("canned", "articles") if key in data}


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
