"""A page for a browser: whole by itself, and nothing in it but what was meant."""

from __future__ import annotations

from datetime import UTC, datetime
from html.parser import HTMLParser

from hypothesis import given
from hypothesis import strategies as st

from tkt.domain.table import Card, Column, Part, Phrase, Piece, Section, Strip, Table
from tkt.render.formats import Look, get

NOW = datetime(2026, 11, 21, 6, 3, tzinfo=UTC)
LOOK = Look(now=NOW, language="zh", label=lambda key: f"[{key}]")
EMPTY = {"meta", "rect"}
HOSTILE = '"><script src=//evil></script><img src=x onerror=alert(1)>&amp;'
TEXT = st.text(st.sampled_from("<>&\"'`=/ab退款\n\x00\x1b\u202e") | st.characters(codec="utf-8"))


class Page(HTMLParser):
    """A page as a browser takes it apart: its elements with attributes, and its text."""

    def __init__(self, text: str) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: list[str] = []
        self.attributes: dict[str, set[str]] = {}
        self.open: list[str] = []
        self.text = ""
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        for name, value in attrs:
            self.attributes.setdefault(name, set()).add(value or "")
        if tag not in EMPTY:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag not in EMPTY:
            assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.text += data


def page(shown: Card | Table) -> str:
    html = get("html")
    chunks = html.table(shown, LOOK) if isinstance(shown, Table) else html.card(shown, LOOK)
    return "".join(chunks)


def a_card(text: str) -> Card:
    strip = Strip((Piece(3, text, "state:open"), Piece(1, "等待中", "state:pending")))
    table = Table((Column("id", "id"), Column("title")), [{"id": text, "title": text}], text)
    body = (Section(text, text), Section(text, table), Section("条", strip))
    return Card(text, {"title": text, "late": Phrase(Part(text, "late"))}, body)


def test_a_page_needs_nothing_from_outside() -> None:
    text = page(a_card("杯子碎了"))
    found = Page(text)
    assert "default-src 'none'" in text
    assert not {"script", "link", "img", "iframe", "object", "a"} & set(found.tags)
    assert not {"src", "href", "onload", "style"} & found.attributes.keys()
    assert "url(" not in text
    assert "@import" not in text
    assert found.attributes["lang"] == {"zh"}
    assert "2026-11-21 06:03" in found.text


def test_what_a_customer_writes_is_shown_as_text() -> None:
    found = Page(page(a_card(HOSTILE)))
    assert found.text.count(HOSTILE) >= 6
    assert "script" not in found.tags
    assert "img" not in found.tags


@given(TEXT)
def test_no_text_changes_what_the_page_is_made_of(text: str) -> None:
    plain, found = Page(page(a_card("x"))), Page(page(a_card(text or "x")))
    assert found.open == []
    if text.strip():
        assert found.tags == plain.tags
        assert found.attributes.keys() == plain.attributes.keys()


def test_lines_stay_lines() -> None:
    table = Table((Column("title"),), [{"title": "一\n二"}])
    assert "一\n二" in page(table)


def test_a_bar_has_a_piece_for_each_and_a_legend() -> None:
    pieces = (Piece(1, "新建", "state:new"), Piece(9, "处理中", "state:open"))
    text = page(Card("", {}, (Section("", Strip((*pieces, *pieces))),)))
    assert text.count("<rect x=") == 4
    assert text.count("<li>") == 2
    widths = [int(part.partition('"')[0]) for part in text.split('width="')[1:5]]
    assert sum(widths) == 1000


@given(st.lists(st.integers(1, 10**6), min_size=1, max_size=30), st.integers(1, 200))
def test_the_pieces_of_a_bar_fill_it(amounts: list[int], room: int) -> None:
    cells = Strip(tuple(Piece(amount, "") for amount in amounts)).cells(room)
    assert sum(cells) == max(room, len(amounts))
    assert min(cells) >= 1


def test_a_bar_without_anything_is_empty() -> None:
    assert Strip((Piece(0, "新建"),)).cells(10) == [0]
