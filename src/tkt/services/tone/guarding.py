"""A reply before it is sent: what is better said otherwise is remarked, what is forbidden stopped.

A lead may send such a text all the same; the event says which rules it was against, and why.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Any

from tkt.domain.custom.field import Label
from tkt.domain.tone.checking import About, Checker
from tkt.errors import Refused

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tkt.domain.ticket import Ticket
    from tkt.domain.tone.checking import Finding
    from tkt.services.stage import Stage

checker_of = lru_cache(2)(Checker.of)


def guarded(stage: Stage, ticket: Ticket, text: str, *, anyway: str | None) -> dict[str, Any]:
    """What the event of a reply has to say of its tone; Refused where it may not be sent."""
    checker = checker_of(stage.desk.tone)
    if checker is None:
        return {}
    found = checker.check(text, about(ticket))
    stopping = [one for one in found if one.blocks]
    for one in found:
        if not one.blocks or anyway is not None:
            stage.remark("tone.found", id=ticket.id, **said_of(one))
    if not stopping:
        return {}
    if anyway is None:
        raise Refused("tone.blocked", id=ticket.id, **said_of(stopping[0]))
    _check_lead(stage, ticket)
    return {"tone": [one.rule for one in stopping]}


def about(ticket: Ticket) -> About:
    """What a reply on a ticket is said on."""
    get = ticket.fields.get
    severity = get("severity")
    return About(
        get("category"),
        get("channel"),
        severity if isinstance(severity, int) else None,
        not any(event.do == "reply" for event in ticket.events),
    )


def said_of(finding: Finding) -> dict[str, Any]:
    """A finding as a sentence has it: the words if there are any, what they are, what to say."""
    words = Label("、".join(finding.words) or "–", ", ".join(finding.words) or "–")
    return {"words": words, "label": finding.label, "suggest": finding.suggest}


def _check_lead(stage: Stage, ticket: Ticket) -> None:
    """Refused to whoever leads nobody; where nobody leads, everybody may."""
    leads: Sequence[str] = sorted({team.lead for team in stage.settings.teams if team.lead})
    if leads and stage.acting.by not in leads:
        raise Refused("tone.not_lead", id=ticket.id, leads=", ".join(leads))
