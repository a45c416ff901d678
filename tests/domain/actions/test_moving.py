from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from factories import a_ticket, an_event, at, doing
from tkt.domain.actions import moving
from tkt.domain.settings import Settings
from tkt.domain.workflow import SIMPLE, State, Workflow, guards
from tkt.errors import Refused

if TYPE_CHECKING:
    from tkt.domain.ticket import Ticket

NAMES = [state.name for state in SIMPLE.states]


def state(name: str) -> State:
    found = SIMPLE.state(name)
    assert found
    return found


def moved(ticket: Ticket, to: str, reason: str | None = "等客户") -> Ticket:
    return moving.moved(ticket, doing(1), flow=SIMPLE, to=state(to), reason=reason).after


@pytest.mark.parametrize("before", NAMES)
@pytest.mark.parametrize("after", NAMES)
def test_only_what_the_workflow_allows(before: str, after: str) -> None:
    allowed = {
        "new": {"open", "pending", "resolved", "closed"},
        "open": {"pending", "resolved", "closed"},
        "pending": {"open", "pending", "resolved", "closed"},
        "resolved": {"closed"},
        "closed": set(),
    }
    if after in allowed[before]:
        assert moved(a_ticket(status=before), after).fields["status"] == after
    else:
        with pytest.raises(Refused) as refused:
            moved(a_ticket(status=before), after)
        assert refused.value.key.startswith("move.")


def test_where_no_way_leads_the_ways_there_are_are_named() -> None:
    with pytest.raises(Refused) as refused:
        moved(a_ticket(status="open"), "new")
    assert refused.value.params["ways"] == "pending, resolved, closed"


def test_back_from_the_end_leads_only_reopening() -> None:
    with pytest.raises(Refused, match=r"move\.reopen"):
        moved(a_ticket(status="closed"), "open")
    change = moving.reopened(
        a_ticket(status="closed"), doing(1), flow=SIMPLE, text=None, reason="又坏了"
    )
    assert (change.after.fields["status"], change.action) == ("open", "reopen")
    with pytest.raises(Refused, match=r"reopen\.not_over"):
        moving.reopened(change.after, doing(2), flow=SIMPLE, text=None, reason=None)


def test_waiting_says_for_what_or_until_when() -> None:
    ticket = a_ticket(status="open")
    blank = moving.moved(ticket, doing(1), flow=SIMPLE, to=state("pending"), reason=" ")
    with pytest.raises(Refused, match=r"move\.wait_for_what"):
        guards.check(Settings(), blank, by="lin")
    change = moving.moved(
        a_ticket(status="open"), doing(1), flow=SIMPLE, to=state("pending"), until=at(90)
    )
    assert change.after.fields["until"] == at(90).isoformat()


def test_a_ticket_that_waits_can_be_told_again_what_for() -> None:
    ticket = a_ticket(status="pending", until=at(90).isoformat())
    again = moving.moved(ticket, doing(1), flow=SIMPLE, to=state("pending"), until=at(120))
    assert again.after.fields["until"] == at(120).isoformat()
    with pytest.raises(Refused, match=r"move\.there_already"):
        moved(ticket, "pending", reason=None)


def test_what_goes_on_waits_no_longer() -> None:
    ticket = a_ticket(status="pending", until=at(90).isoformat())
    assert "until" not in moved(ticket, "open").fields
    wanted = moving.with_status(ticket, SIMPLE, {"status": "open"})
    assert wanted == {"status": "open", "until": None}
    assert moving.with_status(ticket, SIMPLE, {"priority": "high"}) == {"priority": "high"}


def test_a_ticket_in_a_state_nobody_knows_may_go_anywhere() -> None:
    assert moved(a_ticket(status="lost"), "open").fields["status"] == "open"


def test_only_what_is_over_is_archived_and_once() -> None:
    with pytest.raises(Refused, match=r"archive\.not_over"):
        moving.archived(a_ticket(status="open"), doing(1), flow=SIMPLE)
    change = moving.archived(a_ticket(status="closed"), doing(1), flow=SIMPLE)
    assert change.after.path.startswith("archive/")
    with pytest.raises(Refused, match=r"archive\.already"):
        moving.archived(change.after, doing(2), flow=SIMPLE)


def test_a_merged_ticket_goes_nowhere() -> None:
    ticket = a_ticket(an_event("merge", 1, set={"merged_into": "261121-8888"}))
    with pytest.raises(Refused, match=r"ticket\.merged"):
        moved(ticket, "open")
    assert moving.archived(ticket, doing(2), flow=SIMPLE).after.is_archived


categories = st.sampled_from(["new", "open", "pending", "resolved", "closed"])


@given(st.lists(categories, min_size=1, max_size=6), st.data())
def test_a_ticket_stays_in_the_states_of_its_workflow(
    found: list[str], data: st.DataObject
) -> None:
    states = tuple(State(f"s{n}", f"态{n}", f"s{n}", c) for n, c in enumerate(found))
    flow = Workflow("own", "自己的", "own", states)
    ticket = a_ticket(status=flow.initial.name)
    for step in range(4):
        ways = flow.targets(str(ticket.fields["status"]))
        if not ways:
            break
        to = data.draw(st.sampled_from(ways))
        ticket = moving.moved(ticket, doing(step + 1), flow=flow, to=to, reason="x").after
        assert flow.state(str(ticket.fields["status"])) == to
