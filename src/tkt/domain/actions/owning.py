"""Whose a ticket is: taking it, assigning it, moving it up."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tkt.domain.actions.changing import altered
from tkt.domain.actions.event import check_unmerged
from tkt.domain.facts import facts_of, is_fresh
from tkt.errors import Refused
from tkt.named import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime, timedelta

    from tkt.domain.actions.event import Doing
    from tkt.domain.change import Change
    from tkt.domain.facts import Claim
    from tkt.domain.routing.group import Decision
    from tkt.domain.settings import Settings
    from tkt.domain.ticket import Ticket
    from tkt.domain.workflow import Workflow


class Owner(NamedTuple):
    """Whose a ticket is to be: an agent's, a team's, or (both None) nobody's."""

    agent: str | None = None
    team: str | None = None

    @property
    def fields(self) -> dict[str, Any]:
        """What a ticket's fields are to be; the team stays where none is named."""
        return {"assignee": self.agent, **({"team": self.team} if self.team is not None else {})}


def upwards(fields: Mapping[str, Any], settings: Settings) -> Owner | None:
    """Who helps with a ticket next: the lead of its team, or the team above where it is theirs.

    A team whose lead has the ticket already, or that has none, is passed over for its parent; at
    a parent without a lead it is the team's, if that has anybody. None where nobody is left.
    """
    holder = fields.get("assignee")
    own = team = settings.team(str(fields.get("team", "")))
    seen: set[str] = set()
    while team is not None and team.id not in seen:
        seen.add(team.id)
        above = team is not own
        if team.lead is not None and team.lead != holder:
            return Owner(team.lead, team.id if above else None)
        # A desk that lists nobody lets anybody work for any team.
        anybody = not settings.agents or settings.members(team.id)
        if team.lead is None and above and anybody:
            return Owner(team=team.id)
        team = settings.team(team.parent) if team.parent else None
    return None


def claim_on(
    ticket: Ticket, flow: Workflow, *, now: datetime, lasts: timedelta, me: str
) -> Claim | None:
    """Who else is at work on a ticket at this moment; a claim that has run out is none."""
    claim = facts_of(ticket, flow.category_of).claim
    if claim is None or claim.by == me or not is_fresh(claim.at, now=now, lasts=lasts):
        return None
    return claim


def taken(
    ticket: Ticket,
    doing: Doing,
    *,
    flow: Workflow,
    now: datetime,
    lasts: timedelta,
    steal: bool = False,
    reason: str | None = None,
    among: int = 0,
) -> Change:
    """Mine, and being worked on; ``among`` so many without an agent it was the most urgent.

    It has its effect only if the ticket is still whose it was when it was taken: of two who take it
    on two machines the first one has it. Refused while its agent is at work on it, unless it is
    a ``steal``, which wants a reason.
    """
    status = ticket.status
    check_unmerged(ticket)
    if flow.is_over(status):
        raise Refused("take.over", id=ticket.id, status=status)
    owner = ticket.fields.get("assignee")
    if steal and not (reason and reason.strip()):
        raise Refused("take.steal_why", id=ticket.id)
    claim = claim_on(ticket, flow, now=now, lasts=lasts, me=doing.by)
    if claim and claim.by == owner and not steal:
        raise Refused("take.claimed", id=ticket.id, who=claim.by, minutes=claim.minutes(now))
    wanted: dict[str, Any] = {"assignee": doing.by}
    if opening := flow.opened(status):
        wanted["status"] = opening.name
    payload = {"only_if": {"assignee": owner}, "among": among}
    change = altered(ticket, doing, do="take", wanted=wanted, reason=reason, payload=payload)
    return (
        change._replace(reason=f"Most urgent of {among} that nobody has and they may take.")
        if among
        else change
    )


def assigned(
    ticket: Ticket,
    doing: Doing,
    *,
    flow: Workflow,
    to: Owner,
    reason: str | None = None,
    anew: bool = False,
) -> Change:
    """Given to an agent, to a team (whose member its agent stays), or to nobody.

    Whose business it is then has to be found ``anew`` where its team no longer fits.
    """
    check_unmerged(ticket)
    if flow.category_of(ticket.status) == "closed":
        raise Refused("assign.closed", id=ticket.id)
    wanted = {**to.fields, "team": None} if anew else to.fields
    change = altered(ticket, doing, do="assign", wanted=wanted, reason=reason)
    if not change.events[0].data.get("set"):
        raise Refused("assign.already", id=ticket.id, who=to.agent or to.team or "–")
    return change


def routed(ticket: Ticket, doing: Doing, *, decision: Decision, rule: str) -> Change:
    """Given to the agent whom routing has found for a ticket that nobody has, with what it went by.

    The ticket gets its team where it has none.
    It has its effect only if nobody has it still: of two clones that route one ticket the first
    one counts, and whoever took it by hand before either keeps it.
    """
    check_unmerged(ticket)
    to = Owner(decision.agent, None if "team" in ticket.fields else decision.team)
    routed = decision.because.payload
    payload = {"only_if": {"assignee": None}, "rule": rule, "routed": routed}
    change = altered(ticket, doing, do="assign", wanted=to.fields, payload=payload, rule=rule)
    return change._replace(reason=decision.sentence)


def left_to_team(ticket: Ticket, doing: Doing, *, decision: Decision, rule: str) -> Change:
    """Nobody has time for it, but it is known whose business it is: the team's, from now on.

    Without it nobody would know which lead is to see to it. A team that somebody gave the ticket
    in the meantime stands.
    """
    check_unmerged(ticket)
    payload = {"only_if": {"team": None}, "rule": rule, "routed": decision.because.payload}
    wanted = {"team": decision.team}
    change = altered(ticket, doing, do="assign", wanted=wanted, payload=payload, rule=rule)
    return change._replace(reason=decision.sentence)


def escalated(
    ticket: Ticket,
    doing: Doing,
    *,
    flow: Workflow,
    to: Owner | None,
    reason: str,
    priority: str | None = None,
    rule: str | None = None,
) -> Change:
    """One level up, and to somebody else if ``to`` says to whom."""
    status = ticket.status
    check_unmerged(ticket)
    if flow.is_over(status):
        raise Refused("escalate.over", id=ticket.id, status=status)
    if not reason.strip():
        raise Refused("escalate.why", id=ticket.id)
    level = ticket.fields.get("level", 1) + 1
    if level > 99:
        raise Refused("escalate.top", id=ticket.id)
    wanted: dict[str, Any] = {"level": level}
    if priority is not None:
        wanted["priority"] = priority
    if to is not None:
        wanted.update(to.fields)
    return altered(ticket, doing, do="escalate", wanted=wanted, reason=reason, rule=rule)
