from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta, timezone
from typing import Any, get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tkt.domain.plaintext import width
from tkt.domain.table import Card, Column, Kind, Section, Table
from tkt.render.formats import Look, get
from tkt.render.formats.human import cell_text

CST = timezone(timedelta(hours=8))
NOW = datetime(2026, 11, 21, 14, 3, tzinfo=CST)
SGR = re.compile("\x1b\\[[0-9;]*m")
TEXT = st.text(
    st.sampled_from("退款，。 ab\x1b\n\t\u202e😀🇨🇳\u200d\ufe0f…") | st.characters(), max_size=60
)
VALUE = TEXT | st.integers() | st.none() | st.lists(TEXT, max_size=3) | st.timedeltas()
COLUMNS = st.lists(
    st.builds(Column, st.sampled_from("abcdefgh"), st.sampled_from(get_args(Kind))),
    max_size=14,
    unique_by=lambda column: column.key,
)


def shown(what: Table | Card, **look: Any) -> list[str]:
    human = get("human")
    seen = Look(**look)
    chunks = human.table(what, seen) if isinstance(what, Table) else human.card(what, seen)
    return "".join(chunks).split("\n")[:-1]


@given(COLUMNS, st.lists(st.dictionaries(st.sampled_from("abcdefgh"), VALUE)), TEXT, st.data())
def test_no_line_is_wider_than_the_terminal(
    columns: list[Column], rows: list[dict[str, Any]], text: str, data: st.DataObject
) -> None:
    cells = data.draw(st.integers(40, 200))
    table = Table(tuple(columns), rows, title=text, notes=(text,))
    card = Card(text, {text: text, "b": rows}, (Section(text, text), Section("t", table)))
    style = data.draw(st.sampled_from([None, "31", "evil\x1b"]))
    for what in (table, card):
        lines = shown(what, width=cells, colour=True, style=lambda key, value: style)
        for line in lines:
            bare = SGR.sub("", line)
            assert width(bare) <= cells
            assert not re.search("[\x00-\x1f\x7f-\x9f\u202e]", bare)


def test_columns_line_up_with_chinese() -> None:
    columns = (Column("title"), Column("who", "name"), Column("n", "number"))
    rows = [{"title": "退款", "who": "小林", "n": 3}, {"title": "abc", "who": "wang", "n": 120}]
    assert shown(Table(columns, rows)) == [
        "title  who     n",
        "退款   小林    3",
        "abc    wang  120",
    ]


def test_text_gives_way_before_ids_and_numbers() -> None:
    columns = (Column("id", "id"), Column("title"), Column("n", "number"))
    row = {"id": "261121-7KQ4", "title": "收到的杯子碎了要求退款" * 3, "n": 1234567}
    line = shown(Table(columns, [row]), width=40)[1]
    assert line.startswith("261121-7KQ4  收到")
    assert line.endswith("1234567")
    assert "…" in line
    assert width(line) == 40


def test_columns_without_room_go_and_the_header_says_so() -> None:
    columns = tuple(Column(f"number_{i}", "number") for i in range(9))
    row = {column.key: 123456789012 for column in columns}
    header, line = shown(Table(columns, [row]), width=40)
    assert header.endswith(" …")
    assert line.split() == ["123456789012"] * 2


def test_a_text_that_looks_like_a_number_stays_as_it_is() -> None:
    assert shown(Table((Column("order"),), [{"order": "1e5"}]))[1] == "1e5"


def test_colour_is_the_callers_and_only_when_wanted() -> None:
    table = Table((Column("a"), Column("b")), [{"a": "x", "b": "y"}])

    def style(key: str, value: object) -> str | None:
        return "31" if value == "y" else None

    assert shown(table, colour=True, style=style)[1] == "x  \x1b[31my\x1b[0m"
    assert shown(table, colour=False, style=style) == ["a  b", "x  y"]


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (NOW.replace(hour=9), "09:03"),
        (NOW.replace(day=1), "11-01 14:03"),
        (NOW.replace(year=2025), "2025-11-21 14:03"),
        (NOW.astimezone(UTC), "14:03"),
        (date(2026, 11, 21), "2026-11-21"),
        (timedelta(days=3, hours=4), "3d 4h"),
        (timedelta(hours=2, minutes=5), "2h 05m"),
        (-timedelta(minutes=7), "-7m"),
        (timedelta(seconds=30), "30s"),
        (True, "✓"),
        (False, "-"),
        (None, ""),
        (["a", None, 1], "a, , 1"),
        ({"k": timedelta(minutes=1)}, "k: 1m"),
        (frozenset({"b", "a"}), "a, b"),
        ("a\n  b", "a b"),
    ],
)
def test_values_are_worded_for_people(value: object, text: str) -> None:
    assert cell_text(value, Look(now=NOW, tz=CST)) == text


def test_times_are_worded_by_the_caller_when_it_wants_to() -> None:
    look = Look(moment=lambda at: "刚刚", span=lambda span: "两小时")
    assert cell_text([NOW, timedelta(hours=2)], look) == "刚刚, 两小时"
    assert cell_text(NOW, Look()) == "2026-11-21 14:03"


def test_a_card_aligns_its_fields_and_wraps_its_text() -> None:
    fields = {"status": "处理中", "title": "收到的杯子碎了要求退款", "none": None}
    labels = {"status": "状态", "title": "标题内容", "none": "无"}
    card = Card("7KQ4", fields, (Section("对话", "亲，您好！\n非常抱歉给您带来不便，马上补发。"),))
    assert shown(card, width=26, label=labels.__getitem__) == [
        "7KQ4",
        "状态      处理中",
        "标题内容  收到的杯子碎了要",
        "          求退款",
        "无        -",
        "",
        "对话",
        "亲，您好！",
        "非常抱歉给您带来不便，马上",
        "补发。",
    ]
