from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta, timezone
from typing import Any, get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tkt.domain.plaintext import width
from tkt.domain.table import Card, Column, Kind, Part, Phrase, Section, Table, Tone
from tkt.render.formats import Look, get
from tkt.render.formats.human import cell_text

CST = timezone(timedelta(hours=8))
NOW = datetime(2026, 11, 21, 14, 3, tzinfo=CST)
ESCAPES = re.compile("\x1b\\[[0-9;]*m|\x1b]8;;[!-~]*\x1b\\\\")
TEXT = st.text(
    st.sampled_from("退款，。 ab\x1b\n\t\u202e😀🇨🇳\u200d\ufe0f…") | st.characters(), max_size=60
)
PHRASE = st.lists(st.builds(Part, TEXT, st.none() | TEXT, st.none() | TEXT), max_size=3).map(
    lambda parts: Phrase(*parts)
)
TIME = st.datetimes(datetime(2000, 1, 1), datetime(2100, 1, 1), timezones=st.just(CST))
VALUE = (
    TEXT | PHRASE | TIME | st.integers() | st.none() | st.lists(TEXT, max_size=3) | st.timedeltas()
)
COLUMNS = st.lists(
    st.builds(
        Column, st.sampled_from("abcdefgh"), st.sampled_from(get_args(Kind)), st.integers(0, 5)
    ),
    max_size=14,
    unique_by=lambda column: column.key,
)


def shown(what: Table | Card, **look: Any) -> list[str]:
    human = get("human")
    seen = Look(**look)
    chunks = human.table(what, seen) if isinstance(what, Table) else human.card(what, seen)
    return "".join(chunks).split("\n")[:-1]


SECTIONS = st.lists(
    st.builds(Section, TEXT | PHRASE, TEXT, st.sampled_from(get_args(Tone))), max_size=4
)


@given(COLUMNS, st.lists(st.dictionaries(st.sampled_from("abcdefgh"), VALUE)), SECTIONS, st.data())
def test_no_line_is_wider_than_the_terminal_and_no_text_steers_it(
    columns: list[Column], rows: list[dict[str, Any]], sections: list[Section], data: st.DataObject
) -> None:
    cells, text = data.draw(st.integers(40, 200)), data.draw(TEXT)
    table = Table(tuple(columns), rows, title=text, notes=(text,))
    fields = data.draw(st.dictionaries(TEXT, VALUE, max_size=8))
    title = data.draw(TEXT | PHRASE)
    card = Card(title, {"b": rows, **fields}, (*sections, Section("t", table)))
    style = data.draw(st.sampled_from([None, "31", "evil\x1b"]))
    link = data.draw(st.sampled_from([None, "file:///x", "evil\x1b", "\x07", ""]))
    for what in (table, card):
        lines = shown(
            what, width=cells, now=NOW, colour=True, style=lambda _: style, link=lambda _: link
        )
        for line in lines:
            bare = ESCAPES.sub("", line)
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


def test_colour_is_of_what_a_part_means_and_only_when_wanted() -> None:
    mark = Phrase(Part("✎ ", "mark"), "y")
    table = Table((Column("a"), Column("b")), [{"a": "x", "b": mark}])
    style = {"mark": "33"}.get
    assert shown(table, colour=True, style=style)[1] == "x  \x1b[33m✎ \x1b[0my"
    assert shown(table, colour=False, style=style) == ["a  b", "x  ✎ y"]


def test_what_is_cut_off_keeps_the_colour_of_the_rest() -> None:
    table = Table((Column("a"),), [{"a": Phrase("收到", Part("的杯子碎了" * 9, "found"))}])
    line = shown(table, width=20, colour=True, style={"found": "33"}.get)[1]
    assert line == "收到\x1b[33m的杯子碎了的杯\x1b[0m\x1b[33m…\x1b[0m"


def test_a_link_stands_around_its_text_and_takes_no_room() -> None:
    row = {"id": Phrase(Part("7KQ4", "id", "tickets/7KQ4.yaml")), "title": "杯子"}
    table = Table((Column("id", "id"), Column("title")), [row])
    line = shown(table, link=lambda path: f"file://host/{path}")[1]
    assert line == "\x1b]8;;file://host/tickets/7KQ4.yaml\x1b\\7KQ4\x1b]8;;\x1b\\  杯子"
    assert shown(table)[1] == "7KQ4  杯子"


def test_times_are_told_by_what_the_column_is_about() -> None:
    columns = (Column("until", "due"), Column("since", "since"), Column("at", "time"))
    row = dict.fromkeys(("until", "since", "at"), NOW - timedelta(hours=2))
    look: dict[str, Any] = {"now": NOW, "due": lambda at: "逾期", "moment": lambda at: "当时"}
    assert shown(Table(columns, [row]), **look)[1].split() == ["逾期", "2h", "00m", "当时"]
    painted = shown(
        Table(columns, [row]), **look, colour=True, style={"late": "31", "waiting": "33"}.get
    )[1]
    assert "\x1b[31m逾期" in painted
    assert "\x1b[33m2h 00m" in painted


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


FIELDS = {
    "status": "处理中",
    "priority": "高",
    "customer": "小王",
    "team": "售后",
    "note": "长" * 40,
}


def test_fields_stand_in_two_columns_where_there_is_room() -> None:
    fields = {**FIELDS, "note": "长" * 40}
    assert shown(Card("", fields), width=80) == [
        "status    处理中    priority  高",
        "customer  小王      team      售后",
        "note      " + "长" * 35,
        "          " + "长" * 5,
    ]
    assert len(shown(Card("", fields), width=60)) == 4 + 2
    assert len(shown(Card("", FIELDS), width=80)) == 4


def test_a_conversation_shows_without_colour_whose_a_text_is() -> None:
    card = Card(
        "",
        {},
        (
            Section("今天", "", "day"),
            Section("#1  客户", "杯子碎了\n怎么办?", "theirs"),
            Section("#2  林小满", "马上补发", "ours"),
            Section("", "状态 处理中", "quiet"),
            Section("#2  林小满 归档", "", "quiet"),
            Section("#3  王强", "有货", "aside"),
            Section("#4  王强", "没货", "gone"),
            Section("#5  王强 设置", "优先级 高", "quiet"),
            Section("#6  王强 归档", "", "quiet"),
        ),
    )
    assert shown(card, width=80) == [
        "",
        "今天",
        "",
        "#1 客户",
        "    │ 杯子碎了",
        "    │ 怎么办?",
        "",
        "#2 林小满",
        "        ┃ 马上补发",
        "        状态 处理中",
        "",
        "#2 林小满 归档",
        "",
        "#3 王强",
        "        ┊ 有货",
        "",
        "#4 王强",
        "        × 没货",
        "",
        "#5 王强 设置  优先级 高",
        "#6 王强 归档",
    ]


@pytest.mark.parametrize("cells", [60, 80, 200])
def test_long_texts_of_a_conversation_wrap_at_a_width_that_can_be_read(cells: int) -> None:
    text = "亲，非常抱歉给您带来不便，马上为您补发。" * 20
    for tone in ("theirs", "ours", "aside", "gone", "quiet"):
        section = Section("#1  林小满", text, tone)
        lines = shown(Card("", {}, (section,)), width=cells)[2:]
        assert "".join(re.sub("^[ │┃┊×]+", "", line) for line in lines).endswith(text[40:])
        assert max(map(width, lines)) <= min(cells, 90)


def test_a_few_words_stand_beside_their_heading_and_many_below_it() -> None:
    def lines(heading: str, text: str, cells: int) -> list[str]:
        return shown(Card("", {}, (Section(heading, text, "quiet"),)), width=cells)[1:]

    assert lines("#1 设置", "优先级 高", 40) == ["#1 设置  优先级 高"]
    assert lines("#1 设置", "状态 处理中 " * 4, 40) == [
        "#1 设置  状态 处理中 状态 处理中 状态 处",
        "         理中 状态 处理中",
    ]
    assert lines("#1 林小满 设置（已撤回，见 #12）", "优先级 高", 40) == [
        "#1 林小满 设置（已撤回，见 #12）",
        "    优先级 高",
    ]
