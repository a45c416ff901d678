from __future__ import annotations

import csv
import io
import json
import re
from datetime import datetime, timedelta, timezone
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tkt.domain.plaintext import width
from tkt.domain.table import Card, Column, Part, Phrase, Section, Table
from tkt.errors import UsageProblem
from tkt.render.formats import FORMATS, Look, get

AT = datetime(2026, 11, 21, 14, 3, 11, tzinfo=timezone(timedelta(hours=8)))
COLUMNS = (
    Column("id", "id"),
    Column("title"),
    Column("due_at", "time"),
    Column("left", "duration"),
    Column("count", "number"),
    Column("tags", "list"),
    Column("late", "bool"),
)
ROWS: list[dict[str, Any]] = [
    {
        "id": "261121-7KQ4",
        "title": Phrase("收到的", Part("杯子碎了", "priority:urgent", "tickets/x.yaml")),
        "due_at": AT,
        "left": timedelta(hours=2, minutes=5),
        "count": 3,
        "tags": ["vip", "a|b"],
        "late": True,
        "more": {"order": "2511"},
    },
    {"id": "1e5", "title": "evil\x1b[31m\n\u202e\t\x9b", "count": 12.5, "tags": [], "late": False},
]
LOOK = Look(width=100, now=AT, colour=False)
CONTROL = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ufeff]")
TEXT = st.text(
    st.sampled_from("\x00\x1b\x7f\x9b\r\n\t\u202e\u2028\ufeff退款|，\",'\\\U000e0041😀")
    | st.characters(codec="utf-8"),
    max_size=40,
)
VALUE = st.none() | st.booleans() | st.integers() | TEXT | st.lists(TEXT, max_size=3)


def table(rows: Any = None) -> Table:
    return Table(COLUMNS, ROWS if rows is None else rows, title="工单", notes=("共 2 条",))


def card() -> Card:
    body = (Section("对话", "亲，您好\n# 不是标题\x1b[2J"), Section("工单", table()))
    return Card("261121-7KQ4 杯子", {"id": "1e5", "due_at": AT, "tags": ["a"], "none": None}, body)


def printed(name: str, what: Table | Card, look: Look = LOOK) -> str:
    shape = get(name)
    chunks = shape.table(what, look) if isinstance(what, Table) else shape.card(what, look)
    return "".join(chunks)


@pytest.mark.parametrize("name", FORMATS)
def test_every_format_shows_the_same_table(name: str) -> None:
    text = printed(name, table())
    if name == "html":
        text = re.sub("</?span[^>]*>", "", text)
    assert "261121-7KQ4" in text
    assert "收到的杯子碎了" in text
    assert re.search(r"\b1e5\b", text)
    assert "12.5" in text
    assert "100000" not in text
    assert text.endswith("\n")
    text.encode()


@pytest.mark.parametrize("name", FORMATS)
def test_every_format_shows_the_same_card(name: str) -> None:
    text = printed(name, card())
    assert re.search(r"\b1e5\b", text)
    assert text.endswith("\n")
    text.encode()


@pytest.mark.parametrize("name", FORMATS)
def test_every_format_takes_an_iterator_and_no_rows(name: str) -> None:
    assert printed(name, table(iter(ROWS))) == printed(name, table())
    printed(name, table([]))
    printed(name, Card("", {}))


@pytest.mark.parametrize("name", ["json", "jsonl", "csv", "plain"])
def test_machine_formats_read_one_row_at_a_time(name: str) -> None:
    read: list[int] = []

    def rows() -> Any:
        for number in range(5):
            read.append(number)
            yield {"id": str(number)}

    chunks = get(name).table(table(rows()), LOOK)
    for chunk in chunks:
        if '"1"' in chunk or chunk.startswith("1"):
            break
    assert read == [0, 1]


@pytest.mark.parametrize("name", ["json", "jsonl", "csv", "plain"])
def test_machine_formats_look_the_same_on_every_terminal(name: str) -> None:
    other = Look(40, colour=True, label=lambda key: "标签", style=lambda meaning: "31", link=str)
    assert printed(name, table(), other) == printed(name, table())
    assert printed(name, card(), other) == printed(name, card())


@pytest.mark.parametrize("name", ["human", "plain", "json", "jsonl", "markdown", "html"])
@given(st.lists(st.tuples(VALUE, VALUE, VALUE), max_size=3), TEXT)
def test_nothing_a_customer_writes_reaches_the_terminal_raw(
    name: str, values: list[tuple[Any, ...]], text: str
) -> None:
    rows: list[dict[str, Any]] = [{"id": a, "title": b, "tags": c} for a, b, c in values]
    shown = printed(name, Table(COLUMNS, rows, title=text, notes=(text,)))
    shown += printed(name, Card(text, {"title": text}, (Section(text, text),)))
    kept = shown.replace("\t", "") if name == "plain" else shown
    assert not CONTROL.search(kept)


@given(st.lists(TEXT, min_size=1, max_size=5))
def test_plain_is_one_line_a_row_with_its_columns(titles: list[str]) -> None:
    lines = printed("plain", table([{"title": title} for title in titles])).split("\n")
    assert len(lines) == len(titles) + 2
    assert all(line.count("\t") == len(COLUMNS) - 1 for line in lines[:-1])


def test_plain_is_stable_and_uncut() -> None:
    lines = printed("plain", table()).splitlines()
    assert lines[0] == "id\ttitle\tdue_at\tleft\tcount\ttags\tlate"
    assert lines[1].split("\t")[2:] == [
        "2026-11-21T14:03:11+08:00",
        "7500",
        "3",
        "vip, a|b",
        "true",
    ]
    assert lines[2].split("\t")[1] == "evil␛[31m␊\ufffd␉\ufffd"


@given(st.lists(TEXT, min_size=1, max_size=5))
def test_csv_loses_nothing(titles: list[str]) -> None:
    text = printed("csv", table([{"id": "x", "title": title} for title in titles]))
    # The reader of older Pythons stumbles over NUL; the file is right all the same.
    rows = list(csv.DictReader(io.StringIO(text.replace("\x00", "0"), newline="")))
    assert [row["title"] for row in rows] == [title.replace("\x00", "0") for title in titles]


def test_csv_follows_the_standard() -> None:
    columns = (Column("a"), Column("b", "list"))
    rows: list[dict[str, Any]] = [
        {"a": 'say "hi", 亲', "b": ["x", 1]},
        {"a": None, "b": ""},
        {"a": " pad "},
    ]
    assert printed("csv", Table(columns, rows)) == (
        'a,b\r\n"say ""hi"", 亲","[""x"", 1]"\r\n,""\r\n" pad ",\r\n'
    )
    assert printed("csv", Table(columns[:1], [{}])) == 'a\r\n""\r\n'
    assert printed("csv", Card("t", {"a": 1, "due_at": AT})) == (
        "a,due_at\r\n1,2026-11-21T14:03:11+08:00\r\n"
    )


def test_markdown_escapes_what_markdown_acts_on() -> None:
    lines = printed("markdown", table()).splitlines()
    row = next(line for line in lines if "7KQ4" in line)
    assert r"vip, a\|b" in row
    assert len(re.findall(r"(?<!\\)\|", row)) == len(COLUMNS) + 1
    assert all(len(re.findall(r"(?<!\\)\|", line)) == 8 for line in lines if line.startswith("|"))
    hostile = Card("<script>", {"a": "[x](http://evil) *b* a_b\nc"}, (Section("h", "# no\n1. x"),))
    text = printed("markdown", hostile)
    assert text == (
        "# \\<script>\n\n- **a**: \\[x\\](http://evil) \\*b\\* a_b<br>c\n\n## h\n\n"
        "\\# no  \n1\\. x  \n"
    )


def test_an_unknown_format_is_a_usage_problem() -> None:
    with pytest.raises(UsageProblem, match=r"table\.no_such_format"):
        get("xml")


def test_json_of_a_table_is_an_array_of_whole_rows() -> None:
    rows = json.loads(printed("json", table()))
    assert rows[0]["more"] == {"order": "2511"}
    assert rows[0]["due_at"] == "2026-11-21T14:03:11+08:00"
    assert rows[0]["left"] == 7500
    assert rows[1] == ROWS[1]
    assert [json.loads(line) for line in printed("jsonl", table()).splitlines()] == rows
    assert json.loads(printed("json", table([]))) == []


def test_widths_in_plain_do_not_matter_but_in_human_they_do() -> None:
    assert max(map(width, printed("human", table(), Look(width=60)).splitlines())) <= 60
