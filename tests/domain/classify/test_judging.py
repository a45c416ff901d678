"""What a classifier got right and wrong, counted."""

from __future__ import annotations

from tkt.domain.classify.judging import WORST, Confusion, judge


def test_what_was_found_and_what_should_have_been_is_counted() -> None:
    judged = judge([
        (2, "碎了", "quality", "quality", 1, ["碎了"]),
        (3, "坏了", "quality", None, 0, []),
        (4, "退款", "refund", "quality", 3, ["x"]),
        (5, "退货", "refund", "refund", 1, ["退"]),
    ])  # fmt: skip
    assert (judged.total, judged.right, judged.accuracy) == (4, 2, 0.5)
    quality, refund = judged.lines
    assert (quality.total, quality.found, quality.precision, quality.recall) == (2, 2, 0.5, 0.5)
    assert (refund.precision, refund.recall) == (1.0, 0.5)
    assert judged.confusions == (Confusion("quality", None, 1), Confusion("refund", "quality", 1))
    assert [miss.line for miss in judged.misses] == [4, 3]


def test_only_the_worst_misses_are_kept() -> None:
    rows = [(n, "x", "a", "b", float(n), ["x"]) for n in range(2500)]
    judged = judge(rows)
    assert [miss.line for miss in judged.misses] == list(range(2499, 2499 - WORST, -1))
    assert judged.total == 2500


def test_nothing_is_no_share_of_anything() -> None:
    assert judge([]).accuracy is None
