from __future__ import annotations

from typing import TYPE_CHECKING

from factories import a_ticket, an_event, at
from tkt.domain.facts import Facts, facts_of
from tkt.domain.workflow import SIMPLE, category_of

if TYPE_CHECKING:
    from tkt.domain.ticket import Event


def facts(*events: Event) -> Facts:
    return facts_of(a_ticket(*events), lambda status: category_of((SIMPLE,), None, status))


def status(name: str | None, minutes: float) -> Event:
    return an_event("set", minutes, set={"status": name})


def test_what_was_said_is_counted() -> None:
    found = facts(
        an_event("message", 1), an_event("reply", 2), an_event("reply", 3), an_event("note", 4)
    )
    assert (found.messages, found.replies, found.notes) == (2, 2, 1)
    assert (found.updated, found.first_reply) == (at(4), at(2))


def test_a_customer_waits_from_the_first_word_without_an_answer() -> None:
    assert facts().waiting_since == at(0)
    assert facts(an_event("reply", 1)).waiting_since is None
    asked_twice = facts(an_event("reply", 1), an_event("message", 2), an_event("message", 3))
    assert asked_twice.waiting_since == at(2)
    assert facts(an_event("note", 1)).waiting_since == at(0)


def test_an_agents_own_ticket_keeps_nobody_waiting() -> None:
    opening = an_event("open", by="lin", set={"title": "x", "status": "new"})
    own = a_ticket()._replace(events=(opening,))
    assert facts_of(own, lambda _: "new").waiting_since is None


def test_it_is_resolved_once_and_closed_later() -> None:
    found = facts(status("resolved", 1), status("closed", 2))
    assert (found.resolved, found.closed, found.waiting_since) == (at(1), at(2), None)
    assert facts(status("closed", 1), status("resolved", 2)).closed is None


def test_opened_again_it_is_not_resolved() -> None:
    found = facts(status("closed", 1), status("open", 2))
    assert (found.resolved, found.closed) == (None, None)


def test_an_event_that_changes_no_state_changes_none() -> None:
    found = facts(status("resolved", 1), status(None, 2), an_event("set", 3, set={"title": "y"}))
    assert found.resolved == at(1)
