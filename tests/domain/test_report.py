"""Where a ticket's time went: examples reckoned by hand, and what holds for every timeline."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hypothesis import given
from hypothesis import strategies as st

from factories import a_ticket, an_event, at
from timelines import timelines
from tkt.domain.report import Report, Round, report_of, seconds_between
from tkt.domain.workflow import SIMPLE, category_of

if TYPE_CHECKING:
    from tkt.domain.ticket import Event, Ticket


def category(status: str) -> str:
    return category_of((SIMPLE,), None, status)


def report(*events: Event, now: float = 600) -> Report:
    """The report, so many minutes after the opening, of a ticket that a customer has opened."""
    return report_of(a_ticket(*events), category, now=at(now))


def status(name: str, minutes: float, by: str = "lin") -> Event:
    return an_event("set", minutes, by=by, set={"status": name})


def test_a_day_reckoned_by_hand() -> None:
    found = report(
        an_event("take", 10, by="lin", set={"assignee": "lin", "status": "open"}),
        an_event("reply", 15, by="lin"),
        an_event("wait", 20, set={"status": "pending"}),
        an_event("message", 80, by="customer", set={"status": "open"}),
        an_event("escalate", 90, by="lin", set={"assignee": "zhao", "team": "b", "level": 2}),
        an_event("reply", 110, by="zhao", set={"status": "resolved"}),
        an_event("message", 130, by="customer", set={"status": "open"}),
        an_event("reply", 140, by="zhao", set={"status": "resolved"}),
        an_event("close", 200, by="lin", set={"status": "closed"}),
    )
    assert (found.opened, found.ended, found.seconds) == (at(0), at(140), 140 * 60)
    assert found.spent("status") == {
        "new": 10 * 60, "open": (10 + 30 + 10) * 60, "pending": 60 * 60, "resolved": 20 * 60
    }  # fmt: skip
    assert found.spent("assignee") == {None: 10 * 60, "lin": 80 * 60, "zhao": 50 * 60}
    assert found.spent("team") == {None: 90 * 60, "b": 50 * 60}
    assert found.rounds == (
        Round(at(0), at(15), "reply", "lin", 1, 15 * 60),
        Round(at(80), at(110), "reply", "zhao", 1, 30 * 60),
        Round(at(130), at(140), "reply", "zhao", 1, 10 * 60),
    )
    assert found.first_response == 15 * 60
    assert (found.counts["reopened"], found.counts["transferred"]) == (1, 1)
    assert [event.by for event in found.escalations] == ["lin"]
    assert found.done["lin"] == {"take": 1, "reply": 1, "wait": 1, "escalate": 1, "close": 1}
    assert found.done["zhao"] == {"reply": 2}
    assert found.gaps[:3] == (600, 300, 300)
    assert found.gaps[-1] is None


def test_what_goes_on_is_counted_up_to_now() -> None:
    found = report(status("open", 5), now=30)
    assert (found.ended, found.until) == (None, at(30))
    assert found.spent("status") == {"new": 300, "open": 1500}
    assert found.rounds == (Round(at(0), None, None, None, 1, 1800),)
    assert found.first_response is None


def test_a_wait_runs_from_the_first_word_without_an_answer() -> None:
    found = report(
        an_event("reply", 1), an_event("message", 5, by="customer"),
        an_event("message", 7, by="customer"), an_event("reply", 9, by="wang"),
    )  # fmt: skip
    assert found.rounds[1] == Round(at(5), at(9), "reply", "wang", 2, 240)


def test_a_wait_may_end_with_the_ticket() -> None:
    (only,) = report(status("closed", 4)).rounds
    assert only == Round(at(0), at(4), "over", None, 1, 240)


def test_what_is_taken_back_takes_no_time() -> None:
    end = status("resolved", 10)
    undo = an_event("undo", 20, undoes=[end.id], set={"status": "new"})
    found = report(end, undo, now=60)
    assert found.spent("status") == {"new": 3600}
    assert found.counts["reopened"] == 0
    assert found.done == {"customer": {"open": 1}, "lin": {"undo": 1}}


def test_what_had_no_effect_takes_no_time() -> None:
    late = an_event("take", 5, by="wang", **{"if": {"assignee": "lin"}}, set={"assignee": "wang"})
    found = report(late, now=10)
    assert found.spent("assignee") == {None: 600}


def test_a_merged_ticket_ends_where_it_was_merged() -> None:
    found = report(an_event("merge", 7, set={"merged_into": "261121-M3WX"}))
    assert (found.ended, found.seconds) == (at(7), 420)


def test_the_archive_is_no_part_of_it() -> None:
    archived = an_event("archive", 90, set={"archived": at(90).isoformat()})
    assert report(status("closed", 5), archived).seconds == 300


def test_before_its_opening_by_our_clock_nothing_has_passed() -> None:
    found = report(status("open", 5), now=-5)
    assert (found.seconds, found.stretches) == (0, ())


def test_promises_are_kept_dropped_or_replaced() -> None:
    def promise(minutes: float, due: float) -> Event:
        return an_event("promise", minutes, set={"promised": at(due).isoformat()})

    found = report(
        promise(1, 30), an_event("reply", 20, kept=at(30).isoformat(), set={"promised": None}),
        promise(40, 60), promise(50, 90),
        an_event("promise", 100, dropped=at(90).isoformat(), set={"promised": None}),
        promise(110, 120), now=125,
    )  # fmt: skip
    told = [(each.how, each.late_s) for each in found.promises]
    assert told == [("kept", 0), ("replaced", 0), ("dropped", 600), (None, 300)]
    assert (found.promises[0].by, found.promises[0].due) == ("lin", at(30))


@given(timelines(), st.integers(-60, 600))
def test_the_stretches_add_up_to_the_whole(ticket: Ticket, now: int) -> None:
    found = report_of(ticket, category, now=at(now))
    assert sum(stretch.seconds for stretch in found.stretches) == found.seconds
    assert all(stretch.seconds > 0 for stretch in found.stretches)
    edges = [found.opened, *(stretch.end for stretch in found.stretches)]
    assert edges[:-1] == [stretch.start for stretch in found.stretches]
    assert seconds_between(edges[-1], found.until) == 0
    for name in ("status", "assignee", "team"):
        assert sum(found.spent(name).values()) == found.seconds


@given(timelines())
def test_waits_are_what_the_facts_say(ticket: Ticket) -> None:
    found = report_of(ticket, category, now=at(600))
    open_waits = [each.asked for each in found.rounds if each.how is None]
    assert open_waits == [found.facts.waiting_since] * (found.facts.waiting_since is not None)
    assert sum(each.messages for each in found.rounds) <= found.facts.messages
    assert sum(each.how == "reply" for each in found.rounds) <= found.facts.replies
    assert all(each.seconds >= 0 for each in found.rounds)


@given(timelines())
def test_gaps_add_up_to_the_time_between_first_and_last(ticket: Ticket) -> None:
    found = report_of(ticket, category, now=at(600))
    first, last = ticket.events[0].instant, ticket.events[-1].instant
    assert sum(gap or 0 for gap in found.gaps) == seconds_between(first, last)
    assert len(found.gaps) == len(ticket.events)


@given(timelines())
def test_a_ticket_is_over_exactly_where_it_ended(ticket: Ticket) -> None:
    found = report_of(ticket, category, now=at(600))
    assert (found.ended is not None) >= (found.facts.closed is not None)
    if found.facts.resolved is not None:
        assert found.ended is not None
        assert found.ended <= max(found.opened, found.facts.resolved)
