"""Who has to take what until when, and which skills lapse: by days of the desk's zone."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tkt.domain.settings import Agent, Settings, Team
from tkt.domain.training.course import parse_days, slug_of
from tkt.domain.training.file import crossed, packed, read_training
from tkt.domain.training.lapse import Lapse, effective
from tkt.domain.training.record import fold
from tkt.domain.training.standing import Standing, Training

LIN = Agent("lin", "林小满", teams=("b",), skills={"refund": 4})
CHEN = Agent("chen", "陈静", teams=("b",), since="2026-11-15")
WANG = Agent("wang", "王强", teams=("a",))
RULES: dict[str, Any] = {"articles": ["lesson-rules"], "for": ["b"], "again": "90d"}


def training(
    courses: dict[str, Any],
    *history: dict[str, Any],
    checklist: dict[str, Any] | None = None,
    who: str = "lin",
    zone: str = "Asia/Shanghai",
) -> Training:
    """A desk with some courses, and what one person has done."""
    said, faults = read_training({"courses": courses, "checklist": checklist or {}})
    assert faults == []
    text = packed(said, {who: fold(history)})
    return Training(Settings(timezone=zone, agents=(LIN, CHEN, WANG), training=text))


def take(at: str, *, passed: bool = True, course: str = "rules", score: int = 90) -> dict[str, Any]:
    """Somebody takes a course."""
    return {"at": at, "do": "take", "course": course, "passed": passed, "score": score, "by": "x"}


def assign(at: str, due: str, course: str = "rules") -> dict[str, Any]:
    """Somebody is given a course."""
    return {"at": at, "do": "assign", "course": course, "due": due, "by": "zhao"}


def stand(found: Training, day: str, agent: Agent = LIN, course: str = "rules") -> Standing:
    return found.standing(agent, found.courses[course], date.fromisoformat(day))


def test_what_was_never_taken_and_never_asked_for_is_not_overdue() -> None:
    assert stand(training({"rules": RULES}), "2026-11-21")[3:5] == ("never", None)


def test_who_has_passed_is_done_until_a_week_before_it_is_due_again() -> None:
    found = training({"rules": RULES}, take("2026-11-21T14:00:00+08:00"))
    due = date(2027, 2, 19)
    told = {day: stand(found, day).state for day in ("2026-11-21", "2027-02-11", "2027-02-12",
                                                     "2027-02-19", "2027-02-20")}  # fmt: skip
    assert list(told.values()) == ["done", "done", "due", "due", "overdue"]
    assert stand(found, "2026-12-01").due == due


def test_an_assignment_is_due_until_it_is_passed_and_a_later_one_replaces_it() -> None:
    first = assign("2026-11-01T10:00:00+08:00", "2026-11-10")
    assert stand(training({"rules": RULES}, first), "2026-11-11").state == "overdue"
    later = assign("2026-11-12T10:00:00+08:00", "2026-11-30")
    assert stand(training({"rules": RULES}, first, later), "2026-11-13").state == "due"
    failed = take("2026-11-14T10:00:00+08:00", passed=False, score=50)
    found = training({"rules": RULES}, first, later, failed)
    assert stand(found, "2026-12-01")[3:8] == (
        "overdue", date(2026, 11, 30), "2026-11-14T10:00:00+08:00", 50, False,
    )  # fmt: skip
    done = training({"rules": RULES}, first, later, take("2026-11-15T10:00:00+08:00"))
    assert stand(done, "2026-12-01").state == "done"


def test_who_has_passed_takes_it_again_once_it_is_assigned() -> None:
    found = training(
        {"rules": RULES},
        take("2026-11-01T10:00:00+08:00"), assign("2026-11-10T10:00:00+08:00", "2026-11-20"),
    )  # fmt: skip
    assert [stand(found, day).state for day in ("2026-11-11", "2026-11-21")] == ["due", "overdue"]


def test_the_new_have_so_many_days_from_the_day_they_began() -> None:
    courses = {"rules": {**RULES, "new_hire": True, "within": "7d"}}
    found = training(courses)
    assert stand(found, "2026-11-22", CHEN)[3:5] == ("due", date(2026, 11, 22))
    assert stand(found, "2026-11-23", CHEN).state == "overdue"
    assert stand(found, "2026-11-23").state == "never"


@pytest.mark.parametrize(
    ("said", "whose"),
    [
        ({"for": "everybody"}, ["lin", "chen", "wang"]),
        ({"for": ["b"]}, ["lin", "chen"]),
        ({"new_hire": True}, ["chen"]),
        ({"new_hire": True, "for": ["a"]}, ["wang"]),
        ({}, []),
    ],
)
def test_whose_a_course_is(said: dict[str, Any], whose: list[str]) -> None:
    found = training({"rules": {"articles": "lesson-rules", **said}})
    course = found.courses["rules"]
    assert [one.id for one in (LIN, CHEN, WANG) if found.concerns(one, course)] == whose


def test_a_course_that_was_assigned_is_ones_own_whatever_team_it_is_for() -> None:
    found = training(
        {"rules": {**RULES, "for": ["a"]}}, assign("2026-11-01T10:00:00+08:00", "2026-11-10")
    )
    assert [one.what.id for one in found.standings(LIN, date(2026, 11, 5))] == ["rules"]


# -- skills -----------------------------------------------------------------------------------


def test_who_is_overdue_lacks_the_skill_from_its_level_on_until_it_is_passed() -> None:
    courses = {"rules": {**RULES, "skills": {"refund": 2}}}
    late = assign("2026-11-01T10:00:00+08:00", "2026-11-10")
    found = training(courses, late)
    assert found.lapses("lin", date(2026, 11, 10)) == {}
    assert found.lapses("lin", date(2026, 11, 11)) == {"refund": Lapse(2, ("rules",))}
    assert found.lapses("wang", date(2026, 11, 11)) == {}
    found = training(courses, late, take("2026-11-11T10:00:00+08:00"))
    assert found.lapses("lin", date(2026, 11, 11)) == {}


def test_who_has_never_passed_what_is_required_lacks_the_skill_at_once() -> None:
    courses = {
        "rules": {**RULES, "skills": {"refund": 3}, "required": True},
        "refund": {**RULES, "skills": {"refund": 1}, "required": True},
    }
    found = training(courses, take("2026-11-21T14:00:00+08:00", passed=False))
    lapse = found.lapses("lin", date(2026, 11, 21))["refund"]
    assert lapse == Lapse(1, ("rules", "refund"))
    assert effective(4, lapse) == 0
    assert effective(1, Lapse(3, ("rules",))) == 1
    assert effective(4, None) == 4


# -- checklist --------------------------------------------------------------------------------


def test_the_checklist_is_of_the_new_and_of_who_has_begun_with_it() -> None:
    checklist = {"accounts": {"label": "开通账号", "within": "1d"}, "shadowing": {}}
    tick = {"at": "2026-11-16T10:00:00+08:00", "do": "tick", "item": "accounts", "by": "chen"}
    found = training({}, tick, checklist=checklist, who="chen")
    day = date(2026, 11, 30)
    told = [(one.what.id, one.state, one.due) for one in found.items(CHEN, day)]
    assert told == [("accounts", "done", None), ("shadowing", "overdue", date(2026, 11, 29))]
    assert list(found.items(LIN, day)) == []


# -- days -------------------------------------------------------------------------------------


@pytest.mark.parametrize(("text", "days"), [("180d", 180), ("26w", 182), ("14 天", 14), ("24h", 1)])
def test_days_are_whole(text: str, days: int) -> None:
    assert parse_days(text) == days


@pytest.mark.parametrize("text", ["0d", "12h", "1d1h", "x", "", "101 years", "d"])
def test_anything_else_is_none(text: str) -> None:
    with pytest.raises(ValueError, match=r"^"):
        parse_days(text)


ZONES = st.sampled_from(["Asia/Shanghai", "Europe/Berlin", "America/New_York", "Pacific/Apia"])
INSTANTS = st.integers(
    int(datetime(2020, 1, 1, tzinfo=UTC).timestamp()),
    int(datetime(2036, 12, 31, tzinfo=UTC).timestamp()),
)


@given(ZONES, INSTANTS, st.integers(1, 800))
def test_what_is_due_again_is_due_all_day_and_overdue_from_midnight(
    zone: str, second: int, days: int
) -> None:
    """However the clocks change in between, and over leap days."""
    tz = ZoneInfo(zone)
    passed = datetime.fromtimestamp(second, UTC).astimezone(tz)
    courses = {"rules": {**RULES, "again": f"{days}d"}}
    found = training(courses, take(passed.isoformat()), zone=zone)
    due = passed.date() + timedelta(days=days)
    assert stand(found, due.isoformat()).due == due
    last = datetime.combine(due, datetime.max.time(), tz)
    first = datetime.combine(due + timedelta(days=1), datetime.min.time(), tz)
    assert found.standing(LIN, found.courses["rules"], found.day(last)).state == "due"
    after = found.day(first.astimezone(UTC) + timedelta(hours=1))
    assert found.standing(LIN, found.courses["rules"], after).state == "overdue"


@given(INSTANTS, st.integers(1, 400), st.integers(0, 900))
def test_who_is_overdue_stays_so_until_something_is_done(second: int, days: int, on: int) -> None:
    passed = datetime.fromtimestamp(second, UTC)
    courses = {"rules": {**RULES, "again": f"{days}d", "skills": {"refund": 1}}}
    found = training(courses, take(passed.isoformat()))
    day = found.day(passed) + timedelta(days=on)
    assert (found.standing(LIN, found.courses["rules"], day).state == "overdue") == (on > days)
    assert bool(found.lapses("lin", day)) == (on > days)


# -- files ------------------------------------------------------------------------------------


def test_a_name_alone_is_a_lesson() -> None:
    assert slug_of("lesson-rules") == "training/lesson-rules"
    assert slug_of("faq/return") == "faq/return"


def test_teams_that_are_none_are_faults() -> None:
    said, _ = read_training({"courses": {"rules": {**RULES, "for": ["everybody", "b", "c"]}}})
    (fault,) = crossed(Settings(teams=(Team("b", "售后组"),)), said)
    assert (fault.where, fault.params) == (("courses", "rules", "for"), {"team": "c"})


def test_a_desk_without_courses_has_nothing_to_say() -> None:
    found = Training(Settings(agents=(LIN,)))
    assert (found.standings(LIN, date(2026, 11, 21)), found.lapses("lin", date.max)) == ([], {})
    assert packed({}, {}) == ""
