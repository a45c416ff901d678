"""A reply before it is sent: what is better said otherwise is remarked, what is forbidden stopped.

A lead may send such a text all the same; the event says which rules it was against, and why.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Any

from tkt.domain.custom.field import Label
from tkt.domain.tone.checking import About, Checker
from tkt.errors import Refused
from tkt.services.permitting import leads_before

if TYPE_CHECKING:
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
    if stopping and anyway is None:
        first = stopping[0]
        raise Refused("tone.blocked", id=ticket.id, label=first.label, suggest=first.suggest,
                      words=_quoted(first, "：", ": "))  # fmt: skip
    if stopping:
        _check_lead(stage, ticket)
    for one in found:
        key = "tone.found" if one.words else "tone.lacking"
        stage.remark(key, label=one.label, words=_quoted(one), suggest=one.suggest)
    return {"tone": [one.rule for one in stopping]} if stopping else {}


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


def _quoted(finding: Finding, zh: str = "", en: str = "") -> Label:
    """The words that were found, behind a sign that leads to them; nothing where there are none."""
    if not finding.words:
        return Label("", "")
    return Label(zh + "、".join(finding.words), en + ", ".join(finding.words))


def _check_lead(stage: Stage, ticket: Ticket) -> None:
    """Refused to whoever leads nobody; where nobody leads, everybody may."""
    if leads := leads_before(stage.settings, stage.acting.by):
        raise Refused("tone.not_lead", id=ticket.id, leads=", ".join(leads))
