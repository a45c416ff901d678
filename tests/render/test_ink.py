"""Colours and links on texts of a certain width."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from tkt.domain.plaintext import width
from tkt.domain.table import Part, Phrase
from tkt.render.formats import Look
from tkt.render.ink import cut, flow, paint, parts_of, text_of

TEXT = st.text(st.sampled_from("退款，。ab  \x1b\n\t😀…") | st.characters(), max_size=30)
PHRASES = st.lists(TEXT, max_size=4).map(
    lambda texts: Phrase(*(Part(text, str(number)) for number, text in enumerate(texts)))
)
NO_COLOUR = Look()


@given(PHRASES, st.integers(0, 60))
def test_what_is_cut_is_a_beginning_and_fits(phrase: Phrase, cells: int) -> None:
    parts = parts_of(phrase)
    short = text_of(cut(parts, cells))
    assert width(short) <= cells
    assert short == text_of(parts) or text_of(parts).startswith(short.removesuffix("…"))


@given(PHRASES, st.integers(2, 60))
def test_lines_lose_nothing_but_spaces(phrase: Phrase, cells: int) -> None:
    parts = parts_of(phrase)
    lines = list(flow(parts, cells))
    assert all(width(text_of(line)) <= cells for line in lines)
    said = "".join(map(text_of, lines))
    assert said.replace(" ", "") == text_of(parts).replace(" ", "")


@given(PHRASES, st.integers(2, 60))
def test_every_character_keeps_its_meaning(phrase: Phrase, cells: int) -> None:
    letters = Phrase(
        *(part._replace(text=part.meaning * 9) for part in phrase.parts if part.meaning)
    )
    parts = parts_of(letters)
    for line in [*flow(parts, cells), cut(parts, cells)] if parts else ():
        assert all(set(part.text) <= {part.meaning, "…"} for part in line)


def test_spaces_between_parts_are_kept_and_line_ends_are_not() -> None:
    parts = parts_of(Phrase(Part("7KQ4", "id"), Part("  杯子\n碎了", "title")))
    assert [part.text for part in parts] == ["7KQ4", "杯子 碎了"]
    assert text_of(parts_of(Phrase(Part("#1", "quiet"), "  14:05"))) == "#1  14:05"


def test_a_style_or_address_that_could_steer_the_terminal_is_left_out() -> None:
    part = (Part("x", "id", "p"),)
    assert paint(part, NO_COLOUR) == "x"
    for bad in ("31m\x1b[2J", "\x1b", "url with spaces", "\x07", "", "中"):
        look = Look(colour=True, style=lambda _, bad=bad: bad, link=lambda _, bad=bad: bad)  # type: ignore[misc]
        assert paint(part, look) == "x"
