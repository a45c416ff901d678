"""Giving tickets to the agents that routing finds, each as an action of its own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tkt.domain.actions import owning
from tkt.domain.change import Person
from tkt.domain.ids import number_of
from tkt.domain.routing import ROUTER
from tkt.domain.routing.vetoes import NO_TEAM
from tkt.errors import TktError
from tkt.named import NamedTuple
from tkt.services import bulk
from tkt.services.routing import reading
from tkt.services.stage import Stage

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from tkt.domain.change import Change
    from tkt.domain.routing.deciding import Decider, Waiting
    from tkt.domain.routing.group import Candidate, Decision
    from tkt.domain.routing.needs import Need
    from tkt.services.acting import Acting
    from tkt.storage.desk import Desk
    from tkt.storage.transaction import Saved, Transaction

ACTOR = Person(ROUTER, "tkt router", f"{ROUTER}@localhost")


class Routed(NamedTuple):
    """What was decided of one ticket, what came of it, and what hindered that.

    ``candidates`` are there if they were asked for, as they stood before the decision.
    """

    ticket_id: str
    decision: Decision
    change: Change | None = None
    saved: Saved | None = None
    error: TktError | None = None
    candidates: Sequence[Candidate] = ()


class Manner(NamedTuple):
    """How tickets are given out.

    Parked ones are left alone unless a person ``asked`` for them. To ``explain`` is to list
    everybody who came into question.
    """

    asked: bool = False
    explain: bool = False


BY_ITSELF = Manner()


def after(stage: Stage, ticket_ids: Iterable[str]) -> None:
    """Find agents for tickets that were just opened, opened again or given back."""
    desk, now = stage.desk, stage.acting.now
    for waiting in reading.waiting_among(desk, map(number_of, ticket_ids)):
        decider = reading.decider(desk, now=now, customer=waiting.customer)
        for routed in give(desk, stage.run, decider, [waiting], stage.acting):
            about, decision = {"id": routed.ticket_id}, routed.decision
            why = decision.because.named_by(stage.settings)
            if routed.error is not None:
                stage.remark("routing.refused", **about, why=routed.error)
            elif decision.reason == NO_TEAM:
                # The desk does not say whose business it is: nothing was tried, nor will be.
                category = waiting.need.category
                key = "routing.no_team" if category else "routing.no_category"
                stage.remark(key, **about, category=category)
            elif decision.agent is None:
                stage.remark("routing.nobody", **about, why=why)
            else:
                agent = stage.settings.agent(decision.agent)
                who = agent.name if agent else decision.agent
                stage.tell("routing.given", **about, who=who, why=why)


def give(
    desk: Desk,
    run: Transaction | None,
    decider: Decider,
    tickets: Iterable[Waiting],
    acting: Acting,
    manner: Manner = BY_ITSELF,
) -> list[Routed]:
    """Decide on tickets in their order; without a ``run`` nothing is recorded.

    Each decision counts for the next one, and one that cannot be recorded for none.
    """
    found = []
    acting = acting._replace(person=ACTOR, at=acting.now, recorded_later=False)
    for waiting in tickets:
        candidates = decider.candidates(waiting) if manner.explain else ()
        decision = decider.decide(waiting, asked=manner.asked)
        if decision is None:
            continue
        routed = Routed(waiting.id, decision, candidates=candidates)
        if decision.agent is not None or is_teams(decision, waiting.need):
            try:
                routed = _recorded(Stage(desk, acting, run), decider, waiting, routed)
            except TktError as error:
                if error.ends_run:
                    raise
                routed = routed._replace(error=error)
            else:
                decider.take(waiting, decision)
        found.append(routed)
    return found


def is_teams(decision: Decision, need: Need) -> bool:
    """Whether nobody has time for a ticket, and nothing says yet that it is a team's."""
    return decision.agent is None and decision.team is not None and need.team is None


def _recorded(stage: Stage, decider: Decider, waiting: Waiting, routed: Routed) -> Routed:
    """One decision as an action of the router's."""
    ticket = stage.desk.ticket(waiting.id)
    routing = decider.routing(waiting.need.workflow)
    assert routing is not None
    doing = stage.doing(ticket)
    decide = owning.left_to_team if routed.decision.agent is None else owning.routed
    change = decide(ticket, doing, decision=routed.decision, rule=routing.rule)
    if stage.run is None:
        return routed._replace(change=change)
    saved = stage.run.save(change, person=ACTOR, now=stage.acting.now)
    bulk.followed(stage, saved)
    return routed._replace(change=change, saved=saved)
