"""A list of tickets as people see it, on terminals of any width."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from typing import Any

import pytest

from tkt import texts
from tkt.domain.plaintext import width
from tkt.domain.settings import Agent, Settings, Team
from tkt.render.formats import Look, get
from tkt.render.styles import style_of
from tkt.render.views import tickets
from tkt.render.wording import due_text, moment_text, span_text

NOW = datetime.fromisoformat("2026-11-21T14:03:11+08:00")
SETTINGS = Settings(
    agents=(Agent("lin", "林小满"), Agent("zhao", "赵敏")),
    teams=(Team("aftersales", "B组售后"), Team("complaint", "C组客诉")),
)


def row(ticket: str, title: str, **fields: Any) -> dict[str, Any]:
    """A ticket as a list is given it; ``ago`` are the minutes since it was opened."""
    opened = NOW - timedelta(minutes=fields.pop("ago"))
    waiting = fields.pop("waiting", None)
    return {
        "id": f"261121-{ticket}",
        "title": title,
        "status": "open",
        "priority": "normal",
        "opened": opened.isoformat(),
        "path": f"tickets/2026/11/21/{ticket[0]}/261121-{ticket}.yaml",
        "edited": False,
        "contested": [],
        "claim": None,
        "waiting_since": (NOW - timedelta(minutes=waiting)).isoformat() if waiting else None,
        **fields,
    }


ROWS = [
    row("7KQ4", "差评:客服不理人", priority="urgent", status="new", team="complaint",
        customer="暴躁的猫", channel="app", tags=["差评", "vip"], ago=283, waiting=283,
        contested=["status"]),
    row("M3WX", "双十一买的保温杯三件套少发一个杯盖,而且蓝色发成了粉色", priority="high",
        assignee="lin", team="aftersales", customer="爱喝茶的小周", channel="wechat",
        category="quality", tags=["双十一"], ago=1009, waiting=125,
        claim={"by": "zhao", "since": NOW.isoformat(), "until": NOW.isoformat()}),
    row("P2QX", "Parcel shows delivered, nothing arrived", status="pending", assignee="zhao",
        customer="Mrs. Anderson", channel="mail", ago=3, edited=True,
        until=(NOW - timedelta(hours=3)).isoformat()),
    row("HP5R", "问发票", status="resolved", priority="low", ago=60 * 24 * 45,
        until=(NOW + timedelta(hours=2, minutes=10)).isoformat()),
]  # fmt: skip


@pytest.fixture(params=texts.LANGUAGES)
def language(request: pytest.FixtureRequest) -> str:
    texts.use(request.param)
    return str(request.param)


def label(key: str) -> str:
    return texts.say(f"label.{key}")


def shown(cells: int, *, colour: bool = False, look: str = "human") -> list[str]:
    table = tickets.table(ROWS, SETTINGS, look)
    tz = NOW.tzinfo
    seen = Look(
        cells, NOW, tz, colour, label=label, style=style_of, span=span_text,
        moment=lambda at: moment_text(at, now=NOW, tz=tz),
        due=lambda at: due_text(at, now=NOW, tz=tz),
    )  # fmt: skip
    return "".join(get("human").table(table, seen)).splitlines()


def test_a_narrow_terminal_shows_what_matters_most() -> None:
    texts.use("zh")
    assert shown(40) == [
        "单号         优先级  标题",
        "261121-7KQ4  紧急    ⚡ 差评:客服不理人",
        "261121-M3WX  高      双十一买的保温杯三…",
        "261121-P2QX  普通    ✎ Parcel shows del…",
        "261121-HP5R  低      问发票",
    ]


def test_eighty_cells_show_whose_it_is_and_how_long_a_customer_waits() -> None:
    texts.use("zh")
    assert shown(80) == [
        "单号         优先级  状态    负责人         等回复        标题",
        "261121-7KQ4  紧急    新建                   4 小时 43 分  ⚡ 差评:客服不理人",
        "261121-M3WX  高      处理中  林小满 ▸ 赵敏  2 小时 5 分   双十一买的保温杯三件…",
        "261121-P2QX  普通    等待中  赵敏                         ✎ Parcel shows delive…",
        "261121-HP5R  低      已解决                               问发票",
    ]


def test_a_wide_terminal_shows_the_times_and_whom_it_is_about() -> None:
    texts.use("zh")
    head, *rows = (re.split(" {2,}", line) for line in shown(120))
    assert head == ["单号", "优先级", "状态", "负责人", "等回复", "等到", "开单", "标题"]
    assert rows[1] == [
        "261121-M3WX", "高", "处理中", "林小满 ▸ 赵敏", "2 小时 5 分", "16 小时前",
        "双十一买的保温杯三件套少发一个杯盖,…",
    ]  # fmt: skip
    assert [row[4] for row in rows[2:]] == ["逾期 3 小时", "2026-10-07"]
    texts.use("en")
    lines = shown(200)
    assert lines[0].split() == [
        "id", "priority", "status", "assignee", "waiting", "until", "opened", "customer", "channel",
        "team", "category", "tags", "title",
    ]  # fmt: skip
    for words in ("3 h overdue", "in 2 h", "2026-10-07", "Mrs. Anderson", "WeChat", "B组售后"):
        assert words in "\n".join(lines)


@pytest.mark.parametrize("cells", [40, 57, 80, 120, 200, 300])
def test_rows_are_lines_and_columns_line_up(language: str, cells: int) -> None:
    lines = shown(cells)
    assert len(lines) == len(ROWS) + 1
    assert max(map(width, lines)) <= cells
    names = re.split(" {2,}", lines[0])
    starts = [width(lines[0][: lines[0].index(name)]) for name in names]
    for line in lines[1:]:
        for start in starts[1:]:
            assert _cell_before(line, start) == " "


def _cell_before(line: str, start: int) -> str:
    """What stands in the cell before a column; a space where the line has ended."""
    taken = 0
    for character in line:
        taken += width(character)
        if taken >= start:
            return character if taken == start else "no border"
    return " "


def test_colour_looks_at_what_values_mean_in_any_language(language: str) -> None:
    plain, painted = shown(80), shown(80, colour=True)
    assert [re.sub("\x1b\\[[0-9;]*m", "", line) for line in painted] == plain
    codes = [set(re.findall("\x1b\\[([0-9;]+)m", line)) for line in painted]
    assert codes[1] >= {"1;31", "1", "36", "33"}  # urgent, new, its id, waiting and marked
    assert codes[2] >= {"31", "32", "36"}  # high, somebody at work
    assert "31" not in codes[4]
    assert codes[4] >= {"2", "32"}  # low, resolved


def test_markdown_has_the_same_columns_everywhere(language: str) -> None:
    table = tickets.table(ROWS, SETTINGS, "markdown")
    text = "".join(get("markdown").table(table, Look(40)))
    assert "\x1b" not in text
    assert text.splitlines()[0].count("|") == len(tickets.LIST) + 1


def test_what_a_search_found_stands_out_beside_the_title() -> None:
    found = tickets.found("要求退款,退款", "退款")
    assert found == "要求退款,退款"
    assert [part.text for part in found.parts if part.meaning == "found"] == ["退款", "退款"]
    rows = [{**each, "excerpt": found} for each in ROWS]
    table = tickets.table(rows, SETTINGS, "human")
    lines = "".join(get("human").table(table, Look(80, NOW))).splitlines()
    assert lines[0].endswith("excerpt")
    assert all(line.endswith("要求退款,退款") for line in lines[1:])
    assert max(map(width, lines)) <= 80


def test_every_meaning_that_is_given_a_value_is_known_or_plain() -> None:
    for each in map(tickets.for_people, ROWS, [SETTINGS] * len(ROWS)):
        for name in ("id", "status", "priority"):
            (part,) = each[name].parts
            assert re.fullmatch("id|state:[a-z]+|priority:[a-z]+", part.meaning)
