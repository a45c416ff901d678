"""Clocks of a ticket that has gone through more than one workflow."""

from __future__ import annotations

from factories import a_ticket, an_event, at
from tkt.domain.settings import Settings
from tkt.domain.sla.track import track_of
from tkt.domain.sweeping.plan import Plan
from tkt.domain.workflow.reading import parse


def plan() -> Plan:
    """Two workflows: in the first ``parked`` pauses and an hour is promised, in the other two."""
    first, wrong = parse({
        "states": {"new": {"category": "new"}, "parked": {"category": "pending"},
                   "done": {"category": "resolved"}},
        "sla": [{"name": "one", "default": True, "targets": {"*": {"solution": "1h"}}}],
    }, name="simple")  # fmt: skip
    other, faults = parse({
        "states": {"new": {"category": "new"}, "parked": {"category": "open"},
                   "done": {"category": "resolved"}},
        "sla": [{"name": "two", "default": True, "targets": {"*": {"solution": "2h"}}}],
    }, name="returns")  # fmt: skip
    assert first
    assert other
    assert not wrong
    assert not faults
    return Plan(Settings(workflows=(first, other)))


def test_what_was_paused_and_what_was_missed_before_stays_so() -> None:
    ticket = a_ticket(
        an_event("wait", 10, set={"status": "parked"}),
        an_event("move", 40, set={"status": "new"}),
        an_event("set", 120, set={"workflow": "returns"}),
    )
    reckoning = plan().reckoning(track_of(ticket), "returns")
    clock = reckoning.sla(int(at(121).timestamp())).clock("solution")
    assert reckoning.policy == "two"
    assert (clock.elapsed_s, clock.target_s) == (91 * 60, 7200)
    assert (clock.state, clock.breached_by_s) == ("breached", 30 * 60)


def test_a_state_is_what_it_was_in_the_workflow_of_its_time() -> None:
    """Parked is no state of waiting in the other workflow, so time counts there."""
    ticket = a_ticket(
        an_event("set", 5, set={"workflow": "returns"}),
        an_event("move", 10, set={"status": "parked"}),
    )
    reckoning = plan().reckoning(track_of(ticket), "returns")
    clock = reckoning.sla(int(at(30).timestamp())).clock("solution")
    assert (clock.state, clock.elapsed_s) == ("running", 30 * 60)
