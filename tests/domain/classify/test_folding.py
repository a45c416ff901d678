"""Texts are brought into one way of writing before words are looked for."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tkt.domain.classify.folding import LIMIT, fold, fold_pattern
from tkt.domain.classify.variants import SIMPLIFIED, TRADITIONAL


@pytest.mark.parametrize(
    ("typed", "folded"),
    [
        ("質量問題", "质量问题"),
        ("退貨運費險", "退货运费险"),
        ("物流還沒更新", "物流还没更新"),
        ("ＲＥＦＵＮＤ１２３！", "refund123!"),
        ("质 量　问\t题", "质量问题"),
        ("退\u200b款\ufeff", "退款"),
        ("Not  BROKEN \t at all", "not broken at all"),
        ("it isn’t", "it isn't"),
        ("iPhone 手机 壳 15 Pro", "iphone手机壳15 pro"),
        ("标题\r\n正文", "标题\n\n正文"),
        ("①②", "12"),
    ],
)
def test_ways_of_typing_make_no_difference(typed: str, folded: str) -> None:
    assert fold(typed) == folded


def test_lines_stay_apart() -> None:
    assert "退款" not in fold("要退\n款式不对")


def test_only_the_beginning_of_a_long_text_is_looked_at() -> None:
    assert len(fold("退" * (LIMIT + 10))) == LIMIT


@given(st.text(st.sampled_from("退款質量 \t\n\u3000ＡｂｃA1１!！’'\u200b，,。"), max_size=40))
def test_folding_twice_is_folding_once(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@given(st.text(max_size=60))
def test_any_text_can_be_folded(text: str) -> None:
    assert "\u200b" not in fold(text)


@given(st.text(st.sampled_from("退款质量问题没收到货"), min_size=1, max_size=8))
def test_traditional_and_spaced_texts_fold_to_the_simplified_one(text: str) -> None:
    back = dict(zip(reversed(SIMPLIFIED), reversed(TRADITIONAL), strict=True))
    traditional = "".join(back.get(char, char) for char in text)
    assert fold(traditional) == fold(" ".join(text)) == fold(text) == text


def test_the_table_leads_from_one_character_to_another_and_no_further() -> None:
    assert len(TRADITIONAL) == len(SIMPLIFIED) == len(set(TRADITIONAL))
    assert not set(TRADITIONAL) & set(SIMPLIFIED)


@pytest.mark.parametrize(
    ("pattern", "text"),
    [
        ("質量", "质量"),
        (r"\S退", "x退"),
        ("（退）", "(退)"),
        ("ＳＦ", "SF"),
        (r"超過\d+天", "超过30天"),
    ],
)
def test_patterns_are_folded_but_for_their_signs(pattern: str, text: str) -> None:
    assert re.search(fold_pattern(pattern), fold(text), re.IGNORECASE)
