"""Compliance and answers, reckoned by hand; calendar Berlin, mon-fri 08:00-18:00, times in UTC."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

import pytest
from simulated import at, event, simulation

from factories import a_ticket, an_event
from factories import at as minute
from tkt.domain.sla.answers import Answer, Yardstick, answers, read_window
from tkt.domain.sla.figures import ClockFigures, Figures, tallied
from tkt.domain.sla.outcomes import Outcome, Period, look, outcomes
from tkt.domain.sla.policy import CLOCKS
from tkt.domain.sla.track import EXCUSED, MESSAGE, REPLY, track_of

if TYPE_CHECKING:
    from tkt.domain.sla.simulation import Simulation

OPENED = event("2013-03-21T09:00", "open")
ALL = {"first_response": "1h", "next_response": "1h", "periodic_update": "4h", "solution": "4h"}
THAT_DAY = Period(at("2013-03-21T00:00"), at("2013-03-22T00:00"), at("2013-04-30T00:00"))
NEXT_DAY = Period(at("2013-03-22T00:00"), at("2013-03-23T00:00"), at("2013-04-30T00:00"))
RULE = Yardstick(ZoneInfo("UTC"))
NEW = {"title": "杯子碎了", "status": "new"}


def policy(**targets: Any) -> dict[str, Any]:
    return {"name": "p", "default": True, "targets": {"*": targets or ALL}}


def results(
    made: Simulation, period: Period = THAT_DAY, track: list[Any] | None = None
) -> list[tuple[str, str]]:
    seen = look(made.track if track is None else track, made.promises, period)
    return [(o.clock, o.result) for o in outcomes(seen, period)]


def told(*timeline: dict[str, Any], period: Period = THAT_DAY, **targets: Any) -> dict[str, str]:
    """Each clock and what became of its only round."""
    return dict(results(simulation([OPENED, *timeline], policy(**targets)), period))


def replies(*seconds: int | None, start: int = THAT_DAY.start + 9 * 3600) -> list[Any]:
    """A track in which questions, an hour apart, are answered after so many seconds."""
    track: list[Any] = [[start, "opened", {"status": "new"}]]
    for number, taken in enumerate(seconds):
        asked = start + 3600 * (number + 1)
        track.append([asked, MESSAGE, {}])
        if taken is None:
            track.append([asked + 60, "done", {}])
        else:
            track.append([asked + taken, REPLY, {}, "lin"])
    return track


def counted(track: list[Any], rule: Yardstick = RULE, period: Period = THAT_DAY) -> Figures:
    made = simulation([OPENED], policy())
    seen = look(track, made.promises, period)
    found = [(list(outcomes(seen, period)), list(answers(seen, period, rule)))]
    return tallied(False, found)[0].figures(None, rule)


# -- rule 30: which rounds count -------------------------------------------------------------------


def test_in_time_is_met_and_later_is_breached() -> None:
    assert told(event("2013-03-21T10:00", "reply"), solution="1h", first_response="1h") == {
        "first_response": "met", "solution": "breached",
    }  # fmt: skip
    assert told(event("2013-03-21T10:01", "reply"), first_response="1h") == {
        "first_response": "breached"
    }


def test_what_runs_at_the_end_is_late_or_apart() -> None:
    assert told(first_response="10h", solution="2h") == {
        "first_response": "running", "solution": "breached",
    }  # fmt: skip


def test_until_its_end_a_period_is_looked_at_as_of_now() -> None:
    made = simulation([OPENED], policy(solution="2h"))
    early = THAT_DAY._replace(now=at("2013-03-21T10:00"))
    assert results(made, early) == [("solution", "running")]
    assert results(made) == [("solution", "breached")]


def test_a_round_counts_in_the_period_in_which_it_ended() -> None:
    reply = event("2013-03-22T08:00", "reply")
    assert told(reply, first_response="20h")["first_response"] == "running"
    assert told(reply, first_response="20h", period=NEXT_DAY)["first_response"] == "met"
    assert not told(event("2013-03-21T09:30", "reply"), first_response="20h", period=NEXT_DAY)


def test_every_round_of_a_clock_counts() -> None:
    timeline = [
        OPENED, event("2013-03-21T09:30", "reply"),
        event("2013-03-21T10:00", "message"), event("2013-03-21T12:00", "reply"),
        event("2013-03-21T13:00", "message"), event("2013-03-21T13:10", "reply"),
        event("2013-03-21T14:00", "message"),
    ]  # fmt: skip
    found = results(simulation(timeline, policy(next_response="1h")))
    assert [result for _, result in found] == ["met", "breached", "met", "breached"]


def test_a_ticket_that_became_part_of_another_does_not_count() -> None:
    made = simulation([OPENED], policy())
    merged = [*made.track, [at("2013-03-21T12:00"), "done", {"merged_into": "X"}]]
    assert results(made)
    assert not results(made, track=merged)
    assert counted(made.track).answers.rounds == 1
    assert counted(merged).answers.rounds == 0
    later = [*made.track, [at("2013-03-24T12:00"), "done", {"merged_into": "X"}]]
    assert not results(made, track=later)


def test_nobody_has_to_answer_any_more_when_it_is_over() -> None:
    resolved = event("2013-03-21T09:30", "move", to="resolved")
    assert told(resolved) == {"solution": "met"}


def test_what_was_late_when_it_was_over_counts_once() -> None:
    resolved = event("2013-03-21T11:00", "move", to="resolved")
    assert told(resolved)["first_response"] == "breached"
    assert not told(resolved, period=NEXT_DAY)


def test_an_update_broken_off_by_a_message_counts_only_if_it_was_late() -> None:
    reply, late = event("2013-03-21T09:10", "reply"), event("2013-03-21T15:00", "message")
    in_time = event("2013-03-21T10:00", "message")
    assert "periodic_update" not in told(reply, in_time, periodic_update="4h")
    assert told(reply, late, periodic_update="4h")["periodic_update"] == "breached"


# -- rule 28: a breach stays a fact ----------------------------------------------------------------


def test_reopening_takes_no_breach_away() -> None:
    late = event("2013-03-21T15:00", "move", to="resolved")
    again = event("2013-03-21T15:30", "move", to="open")
    assert told(late, solution="4h") == {"solution": "breached"}
    assert told(late, again, solution="4h") == {"solution": "breached"}
    anew = {**policy(solution="4h"), "on_reopen": "restart"}
    found = results(simulation([OPENED, late, again], anew))
    assert found == [("solution", "breached"), ("solution", "running")]


def test_reopening_later_leaves_a_past_period_as_it_was() -> None:
    resolved = event("2013-03-21T10:00", "move", to="resolved")
    again = event("2013-03-22T10:00", "move", to="open")
    assert told(resolved, again, solution="4h") == {"solution": "met"}
    assert told(resolved, again, solution="4h", period=NEXT_DAY) == {"solution": "breached"}


@pytest.mark.parametrize("after", [{"solution": "20h"}, {"first_response": "20h"}])
def test_another_policy_or_priority_takes_no_breach_away(after: dict[str, str]) -> None:
    policies = [
        {"name": "slow", "when": {"category": "repair"}, "targets": {"*": after}},
        {"name": "rest", "default": True,
         "targets": {"low": after, "*": {"solution": "1h"}}},
    ]  # fmt: skip
    for change in ({"category": "repair"}, {"priority": "low"}):
        for when, result in (("2013-03-21T10:30", "breached"), ("2013-03-21T09:30", None)):
            timeline = [OPENED, event(when, "set", **change)]
            found = dict(results(simulation(timeline, policies), THAT_DAY)).get("solution")
            assert found == (result or ("running" if "solution" in after else None))


def test_an_excused_breach_is_counted_apart() -> None:
    made = simulation([OPENED, event("2013-03-21T11:00", "reply")], policy(first_response="1h"))
    for when in ("2013-03-21T12:00", "2013-03-25T12:00"):
        excused = [*made.track, [at(when), EXCUSED, {}, ["first_response", None]]]
        assert results(made, track=excused) == [("first_response", "excused")]
        figures = counted(excused).clocks[0]
        assert (figures.breached, figures.excused, figures.compliance_pct) == (0, 1, None)
    other = [*made.track, [at("2013-03-21T12:00"), EXCUSED, {}, ["solution", None]]]
    assert results(made, track=other) == [("first_response", "breached")]


def test_what_a_ticket_that_is_over_achieved_outlives_its_policy() -> None:
    timeline = [
        OPENED, event("2013-03-21T09:30", "reply"),
        event("2013-03-21T10:00", "message"), event("2013-03-21T12:00", "reply"),
        event("2013-03-21T13:00", "message"), event("2013-03-21T13:10", "reply"),
        event("2013-03-21T15:00", "move", to="resolved"),
    ]  # fmt: skip
    said = {
        "policy": "old",
        "first_response": {"target": 60, "used": 1800, "late": 1740},
        "next_response": {"target": 3600, "used": 600},
        "solution": {"target": 99999, "used": 21600},
        "rounds": {"next_response": [[1800, 1], [7200, 0], [600, 0]]},
    }
    made = simulation(timeline, policy())
    made.track[-1] += [None, said]
    assert results(made) == [
        ("first_response", "breached"), ("next_response", "breached"), ("next_response", "met"),
        ("next_response", "met"), ("solution", "met"),
    ]  # fmt: skip
    made.track.append([at("2013-03-21T16:00"), "done", {"status": "open"}])
    assert dict(results(made))["first_response"] == "met"


# -- figures ---------------------------------------------------------------------------------------


def figures_of(*outcomes: Outcome) -> ClockFigures:
    return tallied(False, [(outcomes, ())])[0].figures(None, RULE).clocks[0]


def test_compliance_is_met_of_met_and_breached() -> None:
    found = [Outcome(CLOCKS[0], result, None, None)
             for result in ("met", "met", "breached", "excused", "running")]  # fmt: skip
    assert figures_of(*found)[1:6] == (2, 1, 1, 1, 66.7)


def test_times_are_told_by_mean_median_nine_tenths_and_worst() -> None:
    times = [1200, 600, 3600, 60, 60, 60, 60, 60, 60, 60]
    found = [Outcome(CLOCKS[0], "met", seconds, None) for seconds in times]
    assert figures_of(*found)[6:] == (10, 5820, 582.0, 60.0, 1200, 3600)
    three = [Outcome(CLOCKS[0], "met", seconds, None) for seconds in (600, 1200, 3600)]
    assert figures_of(*three)[6:] == (3, 5400, 1800.0, 1200, 3600, 3600)


def test_nothing_is_not_divided_by() -> None:
    empty = tallied(False, [])[0].figures(None, RULE)
    assert empty.clocks[0][1:] == (0, 0, 0, 0, None, 0, 0, None, None, None, None)
    assert empty.answers == (0, 0, 0, None, None, 0, None)
    assert empty.is_empty


def test_only_what_came_to_its_end_has_a_time() -> None:
    found = counted(simulation([OPENED, event("2013-03-21T11:00", "reply")], policy()).track)
    first, after, _, solution = found.clocks
    assert (first.completed, first.max_s) == (after.completed, after.max_s) == (1, 7200)
    assert (solution.breached, solution.completed) == (1, 0)


# -- rule 31: answers ------------------------------------------------------------------------------


def test_the_worked_example() -> None:
    found = counted(replies(20, 30, 40)).answers
    assert (found.rounds, found.mean_s, found.quick_pct, found.prompt_pct) == (3, 30.0, 66.7, 100.0)


def test_within_three_minutes_is_up_to_the_last_second() -> None:
    assert counted(replies(180, 181)).answers.prompt_pct == 50.0
    other = RULE._replace(quick_s=180, prompt_s=181)
    assert counted(replies(180, 181), other).answers[3:5] == (50.0, 100.0)


def test_a_round_counts_its_cap_at_most_and_so_does_one_without_an_answer() -> None:
    found = counted(replies(100, 7000)).answers
    assert (found.replied, found.sum_s, found.mean_s) == (2, 700, 350.0)
    found = counted(replies(100, None)).answers
    assert (found.rounds, found.replied, found.mean_s, found.quick_pct) == (2, 1, 350.0, 0.0)
    assert counted(replies(100, None), RULE._replace(cap_s=60)).answers.mean_s == 60.0


def test_without_an_answer_nothing_is_within_a_limit_beyond_the_cap() -> None:
    found = counted(replies(None), RULE._replace(prompt_s=3600)).answers
    assert found.prompt_pct == 0.0


def test_repeated_questions_are_one_round() -> None:
    track = replies(100)
    track.insert(2, [track[1][0] + 50, MESSAGE, {}])
    assert counted(track).answers[:6] == (1, 1, 0, 0.0, 100.0, 100)


@pytest.mark.parametrize(
    ("window", "hour", "counts"),
    [
        ("08:00-24:00", 8, True), ("08:00-24:00", 7, False), ("08:00-24:00", 23, True),
        ("09:00-18:00", 18, False), ("22:00-02:00", 23, True), ("22:00-02:00", 1, True),
        ("22:00-02:00", 2, False),
    ],
)  # fmt: skip
def test_only_questions_inside_the_window_count(window: str, hour: int, counts: bool) -> None:
    rule = Yardstick(ZoneInfo("Asia/Shanghai"), window=read_window(window))
    asked = at("2013-03-20T16:00") + hour * 3600  # midnight in Shanghai
    found = counted(replies(20, start=asked - 3600), rule, THAT_DAY._replace(start=0)).answers
    assert (found.rounds, found.outside) == ((1, 0) if counts else (0, 1))


def test_a_question_belongs_to_the_period_in_which_it_was_asked() -> None:
    asked = THAT_DAY.end - 10
    track = [[asked - 60, "opened", {"status": "new"}], [asked, MESSAGE, {}],
             [asked + 20, REPLY, {}, "lin"]]  # fmt: skip
    found = counted(track).answers
    assert (found.rounds, found.replied, found.mean_s) == (1, 1, 20.0)
    assert counted(track, period=NEXT_DAY).answers.rounds == 0


def test_greetings_automatic_replies_notes_and_bots_are_no_answers() -> None:
    ticket = a_ticket(
        an_event("open", 0, by="customer", set={"title": "杯子碎了", "status": "new"}),
        an_event("reply", 0.1, by="tkt", auto=True, text="您好"),
        an_event("reply", 0.2, by="sweep", rule="greeting", text="您好"),
        an_event("note", 0.3, text="看一下"),
        an_event("draft", 0.4, text="亲"),
        an_event("reply", 0.5, by="lin", text="亲,马上"),
    )
    made = simulation([OPENED], policy())
    period = Period(0, int(minute(60).timestamp()), int(minute(60).timestamp()))
    seen = look(track_of(ticket), made.promises, period)
    rule = Yardstick(ZoneInfo("UTC"), window=(0, 86400))
    assert list(answers(seen, period, rule, "agent")) == [Answer(30, "lin")]


# -- groups ----------------------------------------------------------------------------------------


def test_each_round_goes_to_who_ended_it_and_else_to_whose_the_ticket_is() -> None:
    ticket = a_ticket(
        an_event(
            "open", 0, by="customer", set={"title": "杯", "status": "new", "assignee": "zhao"}
        ),
        an_event("reply", 1, by="lin", text="亲"),
        an_event("message", 2, by="customer", text="还没到"),
        an_event("resolve", 3, by="wang", set={"status": "resolved"}),
    )
    made = simulation([OPENED], policy(first_response="1h!", next_response="1s!", solution="1h!"))
    period = Period(0, int(minute(60).timestamp()), int(minute(60).timestamp()))
    seen = look(track_of(ticket), made.promises, period)
    found = [(o.clock, o.result, o.name) for o in outcomes(seen, period, "agent")]
    assert found == [
        ("first_response", "met", "lin"), ("next_response", "breached", "lin"),
        ("next_response", "breached", "zhao"), ("solution", "met", "wang"),
    ]  # fmt: skip


def test_a_solution_by_itself_goes_to_whose_the_ticket_is() -> None:
    ticket = a_ticket(
        an_event(
            "open", 0, by="customer", set={"title": "杯", "status": "new", "assignee": "zhao"}
        ),
        an_event("move", 3, by="sweep", rule="auto_move", set={"status": "resolved"}),
    )
    made = simulation([OPENED], policy(solution="1h!"))
    period = Period(0, int(minute(60).timestamp()), int(minute(60).timestamp()))
    seen = look(track_of(ticket), made.promises, period)
    assert [o.name for o in outcomes(seen, period, "agent")] == ["zhao"]


@pytest.mark.parametrize(
    ("by", "names"),
    [("policy", ["quick", "rest"]), ("priority", ["high", "low"]), ("category", ["c", "c"]),
     ("team", ["b", "b"]), (None, [None, None])],
)  # fmt: skip
def test_a_round_goes_by_what_it_was_held_to_when_it_ended(by: str, names: list[str]) -> None:
    policies = [
        {"name": "quick", "when": {"priority": "high"}, "targets": {"*": {"first_response": "1h"}}},
        {"name": "rest", "default": True, "targets": {"*": {"solution": "9h"}}},
    ]
    timeline = [
        {**OPENED, "priority": "high", "team": "a", "category": "c"},
        event("2013-03-21T09:30", "reply"),
        event("2013-03-21T10:30", "set", priority="low", team="b"),
        event("2013-03-21T11:30", "move", to="resolved"),
    ]
    made = simulation(timeline, policies)
    seen = look(made.track, made.promises, THAT_DAY)
    assert [outcome.name for outcome in outcomes(seen, THAT_DAY, by)] == [names[0], names[1]]
