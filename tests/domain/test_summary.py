"""Who is credited with what on a ticket, and until when."""

from __future__ import annotations

from typing import TYPE_CHECKING

from factories import a_ticket, an_event, at, doing
from tkt.domain.actions import moving, owning, relating, talking, undoing
from tkt.domain.summary import credits_of
from tkt.domain.ticket import Ticket
from tkt.domain.workflow import SIMPLE, category_of

if TYPE_CHECKING:
    from tkt.domain.ticket import Event


def done(ticket: Ticket) -> set[tuple[str, str | None]]:
    found = credits_of(ticket, lambda status: category_of((SIMPLE,), None, status))
    return {(credit.what, credit.by) for credit in found}


def done_by(*events: Event) -> set[tuple[str, str | None]]:
    """What was done on a ticket that a customer has opened alone."""
    return done(a_ticket(*events)) - {("opened", None)}


def status(name: str, minutes: float, by: str = "lin") -> Event:
    return an_event("set", minutes, by=by, set={"status": name})


def test_what_an_agent_enters_for_a_customer_is_the_agents() -> None:
    assert done(a_ticket()) == {("opened", None)}
    entered = an_event("open", by="customer", entered_by="sun", set={"title": "x"})
    assert done(Ticket.folded("261121-7KQ4", (entered,))) == {("opened", "sun")}


def test_answer_and_end_go_to_whoever_did_them() -> None:
    found = done_by(
        an_event("reply", 1, by="sun"), status("resolved", 2, "lin"), status("closed", 3, "zhao")
    )
    assert found == {("answered", "sun"), ("resolved", "lin"), ("closed", "zhao")}


def test_an_answer_that_resolves_is_both() -> None:
    reply = an_event("reply", 1, by="sun", set={"status": "resolved"})
    assert done_by(reply) == {("answered", "sun"), ("resolved", "sun")}


def test_what_is_closed_at_once_is_resolved_by_that() -> None:
    assert done_by(status("closed", 1)) == {("resolved", "lin"), ("closed", "lin")}


def test_notes_and_messages_bring_no_credit() -> None:
    assert done_by(an_event("note", 1), an_event("message", 2, by="customer")) == set()


def test_an_end_that_did_not_last_is_none() -> None:
    assert done_by(status("closed", 1), status("open", 2)) == set()
    again = done_by(status("resolved", 1), status("open", 2), status("resolved", 3, "wang"))
    assert again == {("resolved", "wang")}


def test_when_it_was_done_comes_along() -> None:
    ticket = a_ticket(status("resolved", 7))
    found = credits_of(ticket, lambda name: category_of((SIMPLE,), None, name))
    assert {credit.what: credit.at for credit in found} == {"opened": at(0), "resolved": at(7)}


def test_what_is_taken_back_is_not_counted() -> None:
    first = a_ticket()
    up = owning.escalated(first, doing(1, "wang"), flow=SIMPLE, to=None, reason="x").after
    assert ("escalated", "wang") in done(up)
    back = undoing.undone(up, up.events[-1], doing(2, "wang"), named_by=lambda *_: ())
    assert done(back.after) == done(first)


def test_the_archive_counts_while_a_ticket_lies_there() -> None:
    closed = a_ticket(status("closed", 1))
    away = moving.archived(closed, doing(2, "zhao"), flow=SIMPLE).after
    assert ("archived", "zhao") in done(away)
    woken = talking.noted(away, doing(3), text="醒醒").after
    assert "archived" not in {what for what, _ in done(woken)}


def test_a_merged_ticket_is_merged_and_its_answers_count_on_the_other() -> None:
    source = talking.replied(a_ticket(), doing(1, "sun"), text="亲").after
    other = Ticket.folded("261121-M3WX", a_ticket().events)
    into, away = relating.merged(source, other, doing(2, "zhou"), flow_of=lambda _: SIMPLE)
    assert done(away.after) == {("opened", None), ("merged", "zhou")}
    assert done(into.after) == {("opened", None), ("answered", "sun")}


def test_what_goes_to_a_new_ticket_counts_there_alone() -> None:
    asked = a_ticket(an_event("message", 0.5, by="customer", text="在吗"))
    said = talking.replied(asked, doing(1, "sun"), text="亲").after
    made, left = relating.split(
        said, doing(2, "zhou"), at=said.events[-1], new_id="261121-M3WX", flow=SIMPLE,
        fields={"title": "发票"},
    )  # fmt: skip
    assert done(left.after) == {("opened", None)}
    assert done(made.after) == {("opened", "zhou"), ("answered", "sun")}
