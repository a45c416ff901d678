from __future__ import annotations

import re
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tkt.domain.plaintext import clip, one_line, pad, safe, width, wrap

HOSTILE = st.text(
    st.sampled_from("\x00\x07\x1b\t\n\r\x7f\x85\x9b\u2028\u202e\u2066\ufeff\ud800\U000e0041a退")
    | st.characters(),
    max_size=40,
)
SHOWN = st.text(
    st.sampled_from("退款，。（）「」“”ab c.-😀👍🏻\u200d❤\ufe0f🇨🇳e\u0301가ｶﾞ　")
    | st.characters(exclude_categories=("Cc", "Cs", "Zl", "Zp")),
    max_size=60,
)
NEVER = re.compile(
    "[\x00-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ufeff\ud800-\udfff\U000e0001-\U000e007f]"
)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("plain", "plain"),
        ("退款　了", "退款　了"),
        ("a\x1b[31mb", "a␛[31mb"),
        ("a\tb", "a b"),
        ("a\nb", "a␊b"),
        ("\x7f\x00", "␡␀"),
        ("\x9b31m", "\ufffd31m"),
        ("a\u202eb\u2066c\u2028d", "a\ufffdb\ufffdc\ufffdd"),
        ("\ufeffa\ud800\U000e0041", "\ufffda\ufffd\ufffd"),
        ("👨\u200d👩", "👨\u200d👩"),
    ],
)
def test_what_could_steer_a_terminal_is_shown_instead(text: str, shown: str) -> None:
    assert safe(text) == shown


def test_line_ends_are_kept_when_asked() -> None:
    assert safe("a\r\nb\rc\n\td\x0b", newlines=True) == "a\nb\nc\n    d␋"


@given(HOSTILE, st.booleans())
def test_safe_text_is_safe_and_stays_as_it_is(text: str, newlines: bool) -> None:
    once = safe(text, newlines=newlines)
    assert not NEVER.search(once.replace("\n", "") if newlines else once)
    assert safe(once, newlines=newlines) == once
    once.encode()


@given(HOSTILE, st.integers(0, 30))
def test_one_line_is_one_line_of_the_width_asked(text: str, limit: int) -> None:
    line = one_line(text, limit)
    assert len(line.splitlines()) <= 1
    assert width(line) <= limit
    assert "  " not in one_line(text)


@pytest.mark.parametrize(
    ("text", "cells"),
    [
        ("", 0),
        ("abc", 3),
        ("退款", 4),
        ("a退", 3),
        ("e\u0301", 1),
        ("，", 2),
        ("ｶﾞ", 2),
        ("가", 2),
        ("𠮷", 2),
        ("😀", 2),
        ("👍🏻", 2),
        ("👨\u200d👩\u200d👧", 2),
        ("🇨🇳", 2),
        ("1\ufe0f\u20e3", 2),
        ("❤\ufe0f", 2),
        ("の\u200dの", 4),
        ("a\ufe0f", 1),
        ("…", 1),
        ("\u200b", 0),
        ("\x1b", 0),
    ],
)
def test_width_is_what_a_terminal_uses(text: str, cells: int) -> None:
    assert width(text) == cells


@given(st.text("abc 退款，。物流가ひカé…😀", max_size=30))
def test_width_agrees_with_wcwidth(text: str) -> None:
    wcwidth = pytest.importorskip("wcwidth")
    assert width(text) == wcwidth.wcswidth(text)


@given(SHOWN, st.integers(0, 70))
def test_clip_keeps_to_its_cells_and_to_the_beginning(text: str, cells: int) -> None:
    clipped = clip(text, cells)
    assert width(clipped) <= cells
    if width(text) <= cells:
        assert clipped == text
    elif cells:
        assert clipped.endswith("…")
        assert text.startswith(clipped[:-1])


def test_a_wide_character_is_never_halved() -> None:
    assert clip("退款退款", 4) == "退…"
    assert clip("退款退款", 5) == "退款…"
    assert clip("退款", 1) == "…"
    assert clip("👨\u200d👩\u200d👧家", 3) == "👨\u200d👩\u200d👧…"


@given(SHOWN, st.integers(0, 70), st.sampled_from(["left", "right", "center"]))
def test_padding_fills_exactly_and_cuts_nothing(text: str, cells: int, align: str) -> None:
    padded = pad(text, cells, align)
    assert text in padded
    assert padded.strip(" ") == text.strip(" ")
    assert len(padded) - len(text) == max(cells - width(text), 0)


def test_padding_puts_text_where_asked() -> None:
    assert pad("退", 4) + "|" == "退  |"
    assert pad("退", 4, "right") == "  退"
    assert pad("退", 5, "center") == " 退  "


@given(SHOWN, st.integers(2, 60))
def test_wrapped_lines_fit_and_lose_only_spaces(text: str, cells: int) -> None:
    lines = wrap(text, cells)
    assert lines
    assert all(width(line) <= cells for line in lines)
    assert "".join(lines).replace(" ", "") == text.replace(" ", "")


@given(st.text("退款物流更新，。！？）」", max_size=80), st.integers(20, 60))
def test_no_line_begins_with_a_closing_mark(text: str, cells: int) -> None:
    # A mark is carried over with its character; only a heap of marks as long as a line is cut.
    if re.search("[，。！？）」]{9}", text):
        return
    assert not [line for line in wrap("退" + text, cells) if line[:1] in tuple("，。！？）」")]


def test_latin_breaks_at_spaces_and_chinese_anywhere() -> None:
    assert wrap("please refund my order", 13) == ["please refund", "my order"]
    assert wrap("订单2511退款了没有", 8) == ["订单2511", "退款了没", "有"]
    assert wrap("他说（退款）了", 6) == ["他说", "（退", "款）了"]
    assert wrap("abcdefghij", 4) == ["abcd", "efgh", "ij"]


def test_line_ends_and_indentation_of_the_text_are_kept() -> None:
    assert wrap("a\n\n  b", 10) == ["a", "", "  b"]
    assert wrap("", 10) == [""]
    assert wrap(" " * 30, 10) == [""]
    assert wrap(" " * 9 + "退款", 10)[-1] == "退款"


def test_the_replacement_signs_take_cells_themselves() -> None:
    assert unicodedata.category("␛") == "So"
    assert width(safe("\x1b\x9b")) == 2
