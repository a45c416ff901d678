"""Saying something on a ticket: to the customer, for the customer, among colleagues."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tkt.domain.actions import moving, talking
from tkt.domain.actions.owning import claim_on
from tkt.domain.facts import drafts_of
from tkt.services import naming
from tkt.services.actions.moving import check_children

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from tkt.domain.change import Change
    from tkt.domain.settings import Settings
    from tkt.domain.ticket import Ticket
    from tkt.services.stage import Action, Stage


def note(text: str) -> Action:
    """A note for colleagues; ``@lin`` brings it to lin's inbox."""

    def act(stage: Stage, ticket: Ticket) -> Sequence[Change]:
        named, unknown = talking.mentioned(text, lambda word: _agent(stage.settings, word))
        for word in unknown:
            stage.remark("note.nobody", name=word)
        return [talking.noted(ticket, stage.doing(ticket), text=text, mentions=named)]

    return act


def _agent(settings: Settings, word: str) -> str | None:
    """The agent that is mentioned; where the team has no list, any name in Latin letters."""
    agent = settings.agent(word)
    if agent:
        return agent.id
    return word if not settings.agents and word.isascii() else None


def reply(
    text: str,
    *,
    to: str | None = None,
    sends: bool = False,
    marks: Mapping[str, Any] = {},
    anyway: str | None = None,
) -> Action:
    """An answer to the customer; with ``to`` the ticket is moved there in the same action.

    It ends one's own draft of it; where it ``sends`` one, that of whoever began it. ``marks`` is
    what else its event says. What tone.yaml forbids is not sent, unless a lead sends it ``anyway``.

    An answer to a new ticket opens it. That somebody else is at work on it is said, and stops
    nobody.
    """

    def act(stage: Stage, ticket: Ticket) -> Sequence[Change]:
        draft = _draft(stage, ticket, sends=sends)
        _warn(stage, ticket, draft)
        tone = _tone(stage, ticket, text, anyway)
        made_of = talking.made_of(ticket.event(draft)) if draft and sends else {}
        return [
            talking.replied(
                ticket,
                stage.doing(ticket),
                text=text,
                wanted=_after_reply(stage, ticket, to),
                draft=draft,
                payload={**made_of, **marks, **tone},
                reason=anyway if tone else None,
            )
        ]

    return act


def _tone(stage: Stage, ticket: Ticket, text: str, anyway: str | None) -> dict[str, Any]:
    """What a reply's event says of its tone; Refused where it is not to be sent."""
    if not stage.desk.tone:
        return {}
    from tkt.services.tone.guarding import guarded  # notes and messages have no use for it

    return guarded(stage, ticket, text, anyway=anyway)


def _draft(stage: Stage, ticket: Ticket, *, sends: bool) -> str | None:
    me = stage.acting.by
    if sends:
        return talking.draft_to_send(ticket, me).id
    return next((event.id for event in drafts_of(ticket) if event.by == me), None)


def _after_reply(stage: Stage, ticket: Ticket, to: str | None) -> dict[str, Any]:
    flow = stage.flow(ticket)
    if to is not None:
        named = naming.state_named(flow, to)
        check_children(stage, ticket, flow, named)
        return moving.with_status(ticket, flow, {"status": named})
    opening = flow.opened(ticket.status)
    return {"status": opening.name} if opening else {}


def _warn(stage: Stage, ticket: Ticket, draft: str | None) -> None:
    """Say who else is at work on the ticket, unless it is their draft that is sent."""
    acting = stage.acting
    begun = ticket.event(draft) if draft else None
    claim = claim_on(
        ticket,
        stage.flow(ticket),
        now=acting.now,
        lasts=stage.settings.claim,
        me=acting.by,
    )
    if claim and not (begun and begun.by == claim.by):
        minutes = claim.minutes(acting.now)
        stage.remark("reply.claimed", id=ticket.id, who=claim.by, minutes=minutes)


def message(text: str, *, via: str | None) -> Action:
    """What the customer said, entered by an agent; a ticket that waited or was over is open.

    To one that is over for good it opens another.
    """

    def act(stage: Stage, ticket: Ticket) -> Sequence[Change]:
        flow = stage.flow(ticket)
        channel = via and naming.value_for(
            stage.settings, "channel", via, flow=flow, me=stage.acting.by, now=stage.acting.now
        )
        doing = stage.doing(ticket)
        if talking.is_late(ticket, doing, flow):
            new_id = stage.free_id()
            stage.remark("message.follows", id=ticket.id, new=new_id)
            return talking.followed(ticket, doing, new_id=new_id, flow=flow, text=text, via=channel)
        return [talking.received(ticket, doing, flow=flow, text=text, via=channel)]

    return act


def draft(text: str, *, marks: Mapping[str, Any] = {}) -> Action:
    """A reply in progress that colleagues can see; ``marks`` is what else its event says."""

    def act(stage: Stage, ticket: Ticket) -> Sequence[Change]:
        return [talking.drafted(ticket, stage.doing(ticket), text=text, payload=marks)]

    return act
