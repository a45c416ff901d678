"""Whose a ticket is: taking, assigning, escalating, watching."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tkt.domain.actions import owning
from tkt.domain.actions.changing import changed
from tkt.domain.routing.whose import outdated
from tkt.services import naming

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tkt.domain.actions.owning import Owner
    from tkt.domain.change import Change
    from tkt.domain.ticket import Ticket
    from tkt.services.stage import Action, Stage


def take(*, steal: bool = False, reason: str | None = None, among: int = 0) -> Action:
    """Mine from now on; said aloud where it was somebody else's.

    ``among`` so many without an agent, all fit for whoever takes it, it was the most urgent.
    """

    def decide(stage: Stage, ticket: Ticket) -> Sequence[Change]:
        owner = ticket.fields.get("assignee")
        change = owning.taken(
            ticket,
            stage.doing(ticket),
            flow=stage.flow(ticket),
            now=stage.acting.now,
            lasts=stage.settings.claim,
            steal=steal,
            reason=reason,
            among=among,
        )
        if owner and owner != stage.acting.by:
            stage.remark("take.was_theirs", id=ticket.id, who=owner)
        return [change]

    return decide


def assign(who: str, *, reason: str | None) -> Action:
    """To the agent, the team or nobody that ``who`` names."""

    def decide(stage: Stage, ticket: Ticket) -> Sequence[Change]:
        to = naming.owner_named(stage.settings, who, me=stage.acting.by)
        flow = stage.flow(ticket)
        anew = to == owning.Owner() and outdated(ticket, {}, stage.settings)
        return [
            owning.assigned(ticket, stage.doing(ticket), flow=flow, to=to, reason=reason, anew=anew)
        ]

    return decide


def escalate(*, to: str | None, reason: str, priority: str | None) -> Action:
    """A level up: to whom is said, else to the lead of the ticket's team, or the team above."""

    def decide(stage: Stage, ticket: Ticket) -> Sequence[Change]:
        settings = stage.settings
        if to is not None:
            owner: Owner | None = naming.owner_named(settings, to, me=stage.acting.by)
        else:
            owner = owning.upwards(ticket.fields, settings)
            if owner is None:
                stage.remark("escalate.nobody", id=ticket.id)
        change = owning.escalated(
            ticket,
            stage.doing(ticket),
            flow=stage.flow(ticket),
            to=owner,
            reason=reason,
            priority=naming.priority_named(priority) if priority else None,
        )
        return [change]

    return decide


def watch(who: str | None, *, stop: bool) -> Action:
    """Somebody (None: oneself) is told of what is said and decided on a ticket, or no longer."""

    def decide(stage: Stage, ticket: Ticket) -> Sequence[Change]:
        me = stage.acting.by
        mine = who is None or who in naming.ME_WORDS
        agents = [naming.agent_named(stage.settings, me if mine else str(who))]
        add = {} if stop else {"watchers": agents}
        remove = {"watchers" if stop else "muted": agents}
        return [_listed(stage, ticket, "watch", add, remove)]

    return decide


def mute(*, stop: bool) -> Action:
    """Nothing of a ticket comes to one's inbox any more, but what names one; or it does again."""

    def decide(stage: Stage, ticket: Ticket) -> Sequence[Change]:
        me = [stage.acting.by]
        add = {} if stop else {"muted": me}
        remove = {"muted" if stop else "watchers": me}
        return [_listed(stage, ticket, "mute", add, remove)]

    return decide


def _listed(
    stage: Stage,
    ticket: Ticket,
    do: str,
    add: dict[str, list[str]],
    remove: dict[str, list[str]],
) -> Change:
    return changed(ticket, stage.doing(ticket), wanted={}, add=add, remove=remove, do=do)
