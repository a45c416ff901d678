"""Which threshold makes the bot right often enough."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from tkt.domain.bot.calibrating import (
    TEST,
    TUNE,
    Tried,
    answers_needed,
    calibrated,
    lower_end,
    measure,
)


def tried(score: float, *, right: bool = True, answerable: bool = True, line: int = 1) -> Tried:
    articles = ("faq/a",) if answerable else ()
    return Tried(line, "问", articles, "faq/a" if right else "faq/b", score)


def test_the_lowest_threshold_that_is_precise_enough() -> None:
    rows = [
        *((TUNE, tried(0.9)) for _ in range(32)), (TUNE, tried(0.8)),
        (TUNE, tried(0.7, right=False)), (TUNE, tried(0.6)),
    ]  # fmt: skip
    assert calibrated(rows, wanted=0.95, now=0.5).threshold == 0.8
    assert calibrated(rows, wanted=0.75, now=0.5).threshold == 0.6
    never = [(TUNE, tried(0.9, answerable=False))]
    assert calibrated(never, wanted=0.5, now=0.5).threshold is None


def test_few_answers_prove_little_however_right_they_are() -> None:
    assert answers_needed(0.95) == 32
    few = [(TUNE, tried(0.9)) for _ in range(31)]
    assert calibrated(few, wanted=0.95, now=0.5).threshold is None
    assert calibrated([*few, (TUNE, tried(0.9))], wanted=0.95, now=0.5).threshold == 0.9
    assert answers_needed(1.0) is None


@given(st.integers(0, 300), st.integers(1, 300))
def test_what_is_sure_is_less_than_what_was_seen(right: int, more: int) -> None:
    total = right + more
    assert 0 <= lower_end(right, total) <= right / total
    assert lower_end(right, total) < lower_end(right + 1, total)
    assert lower_end(2 * right, 2 * total) >= lower_end(right, total)


def test_the_part_for_measuring_has_no_say() -> None:
    rows = [
        *((TUNE, tried(0.8)) for _ in range(2)),
        *((TEST, tried(0.9, right=False)) for _ in range(5)),
    ]
    found = calibrated(rows, wanted=0.5, now=0.5)
    assert found.threshold == 0.8
    on_tune, on_test = found.measured
    assert (on_tune.precision, on_test.precision, on_test.share) == (1.0, 0.0, 1.0)
    assert len(found.wrong) == 5


def test_what_is_handed_over_at_once_is_never_answered() -> None:
    asked = tried(0.99)._replace(reason="complaint")
    found = measure(TUNE, [asked, tried(0.9)], 0.5)
    assert (found.answered, found.total, found.handover) == (1, 2, 0.5)


rows = st.lists(
    st.builds(tried, st.integers(0, 1000).map(lambda n: n / 1000), right=st.booleans(),
              answerable=st.booleans()),
    max_size=30,
)  # fmt: skip


@given(rows, st.sampled_from([0.5, 0.8, 0.95, 1.0]))
def test_no_lower_threshold_would_do(every: list[Tried], precision: float) -> None:
    found = calibrated([(TUNE, one) for one in every], wanted=precision, now=0.5)

    def is_enough(threshold: float) -> bool:
        reached = measure(TUNE, every, threshold).at_least
        return reached is not None and reached >= precision

    if found.threshold is None:
        assert not any(is_enough(one.score) for one in every)
    else:
        assert is_enough(found.threshold)
        assert not any(is_enough(one.score) for one in every if one.score < found.threshold)
