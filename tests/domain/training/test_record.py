"""What a history of training comes to, whatever order merges have left it in."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from tkt.domain.training.file import read_trained
from tkt.domain.training.record import fold

START = datetime.fromisoformat("2026-11-01T09:00:00+08:00")
MOMENTS = st.integers(0, 90 * 24).map(lambda hours: (START + timedelta(hours=hours)).isoformat())
COURSES = st.sampled_from(["rules", "refund"])
ENTRIES = st.one_of(
    st.fixed_dictionaries(
        {"at": MOMENTS, "do": st.just("take"), "course": COURSES, "by": st.just("lin"),
         "passed": st.booleans(), "score": st.integers(0, 100)}
    ),
    st.fixed_dictionaries(
        {"at": MOMENTS, "do": st.just("assign"), "course": COURSES, "by": st.just("zhao"),
         "due": st.sampled_from(["2026-12-01", "2027-02-28"])}
    ),
    st.fixed_dictionaries(
        {"at": MOMENTS, "do": st.sampled_from(["tick", "untick"]), "by": st.just("lin"),
         "item": st.sampled_from(["accounts", "handbook"])}
    ),
)  # fmt: skip


@given(st.lists(ENTRIES, max_size=12), st.randoms())
def test_the_order_of_entries_does_not_matter(history: list[dict[str, Any]], random: Any) -> None:
    shuffled = random.sample(history, len(history))
    assert fold(shuffled) == fold(history)


@given(st.lists(ENTRIES, max_size=12))
def test_what_was_done_last_counts(history: list[dict[str, Any]]) -> None:
    found = fold(history)
    for course, told in found["last"].items():
        taken = [e for e in history if e["do"] == "take" and e["course"] == course]
        assert told["at"] == max(one["at"] for one in taken)
    for course, told in found["passed"].items():
        passed = [e["at"] for e in history if e["do"] == "take" and e["course"] == course
                  and e["passed"]]  # fmt: skip
        assert told["at"] == max(passed)


def test_a_later_failure_takes_no_pass_away() -> None:
    at = [(START + timedelta(days=days)).isoformat() for days in (0, 1)]
    found = fold([
        {"at": at[0], "do": "take", "course": "rules", "passed": True, "score": 90, "by": "lin"},
        {"at": at[1], "do": "take", "course": "rules", "passed": False, "score": 40, "by": "lin"},
    ])  # fmt: skip
    assert (found["passed"]["rules"]["score"], found["last"]["rules"]["score"]) == (90, 40)


def test_entries_that_lack_something_are_faults_and_left_out() -> None:
    at = START.isoformat()
    history = [
        {"at": at, "do": "take", "course": "rules", "by": "lin"},
        {"at": at, "do": "assign", "course": "rules", "by": "lin"},
        {"at": at, "do": "tick", "by": "lin"},
        {"at": "昨天", "do": "tick", "item": "accounts", "by": "lin"},
        {"at": at, "do": "tick", "item": "handbook", "by": "lin"},
    ]
    (name, found), faults = read_trained({"history": history}, name="lin")
    assert (name, list(found["ticked"])) == ("lin", ["handbook"])
    assert [(fault.where[:2], fault.key) for fault in faults] == [
        (("history", 0), "config.missing_key"),
        (("history", 1), "config.missing_key"),
        (("history", 2), "config.missing_key"),
        (("history", 3), "roster.not_moment"),
    ]
