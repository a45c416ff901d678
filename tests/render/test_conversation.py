"""One ticket as people read it."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import pytest

from tkt import texts
from tkt.domain.plaintext import width
from tkt.domain.settings import Agent, Settings
from tkt.domain.table import Phrase
from tkt.render.formats import Look, get
from tkt.render.styles import style_of
from tkt.render.views import conversation, tickets

NOW = datetime.fromisoformat("2026-11-21T14:03:11+08:00")
SETTINGS = Settings(agents=(Agent("lin", "林小满"), Agent("wang", "王强")))
NIGHT, DAY = "2026-11-20T21:{}:00+08:00", "2026-11-21T09:{}:00+08:00"


def event(number: int, at: str, by: str, do: str, **rest: Any) -> dict[str, Any]:
    """An event; its id is ``e`` and its number."""
    return {"id": f"e{number:02}", "at": at, "by": by, "do": do, **rest}


TALK = [
    event(1, NIGHT.format(14), "customer", "open", via="wechat", entered_by="lin",
          set={"title": "少发一个杯盖", "status": "new"}, text="亲,杯盖少一个。\n怎么办?"),
    event(2, NIGHT.format(15), "lin", "take", set={"assignee": "lin", "status": "open"}),
    event(3, NIGHT.format(16), "lin", "reply", via="wechat", text="非常抱歉,马上补发。"),
    event(4, NIGHT.format(17), "lin", "set", set={"priority": "high"}, add={"tags": ["vip"]},
          why="老顾客"),
    event(5, DAY.format("05"), "lin", "note", text="@王强 有货吗?", add={"watchers": ["wang"]}),
    event(6, DAY.format(20), "wang", "note", text="没有了"),
    event(7, DAY.format(21), "wang", "undo", undoes=["e06"]),
    event(8, DAY.format(30), "lin", "draft", text="亲,查到了"),
    event(9, DAY.format(31), "lin", "draft", replaces=["e08"], text="亲,今天发出"),
    event(10, DAY.format(33), "lin", "reply", draft="e09", text="亲,今天发出"),
    event(11, DAY.format(34), "lin", "wait", why="等单号",
          set={"status": "pending", "until": "2026-11-21T12:00:00+08:00"}),
    event(12, DAY.format(40), "customer", "message", text="顺便开发票", **{"from": "261119-M3WX"}),
    event(13, DAY.format(41), "lin", "split", into="261121-P2QX", moved=["e12"]),
    event(14, DAY.format(50), "wang", "draft", text="亲,单号是"),
    event(15, DAY.format(51), "wang", "set", set={"category": "x"}, **{"if": {"status": "closed"}}),
]  # fmt: skip
ROW: dict[str, Any] = {
    "id": "261120-7KQ4", "title": "少发一个杯盖", "status": "pending", "priority": "high",
    "channel": "wechat", "assignee": "lin", "opened": NIGHT.format(14),
    "until": "2026-11-21T12:00:00+08:00", "timeline": TALK,
    "path": "tickets/2026/11/20/7/261120-7KQ4.yaml", "state_category": "pending",
    "edited": False, "contested": [], "claim": None, "waiting_since": None, "linked": [],
}  # fmt: skip
CHINESE = """\
昨天 11月20日 周五

#1   21:14  客户 开单（林小满 录入） · 微信
    │ 亲,杯盖少一个。
    │ 怎么办?

#2   21:15  林小满 接手  负责人 林小满 · 状态 处理中

#3   21:16  林小满 回复 · 微信
        ┃ 非常抱歉,马上补发。

#4   21:17  林小满 设置  优先级 高 · 标签 +vip · 原因：老顾客

今天 11月21日 周六

#5   09:05  林小满 备注
        ┊ @王强 有货吗?
        关注人 +王强

#6   09:20  王强 备注（已撤回，见 #7）
        × 没有了

#7   09:21  王强 撤回  #6
#8   09:30  林小满 草稿（已改写，见 #9）
#9   09:31  林小满 草稿（已发出，见 #10）

#10  09:33  林小满 回复
        ┃ 亲,今天发出

#11  09:34  林小满 等待  状态 等待中 · 等到 今天 12:00 · 原因：等单号

#12  09:40  客户 来信（原在 261119-M3WX）（已移到 261121-P2QX）
        × 顺便开发票

#13  09:41  林小满 拆分  → 261121-P2QX

#14  09:50  王强 草稿（未发出）
        ┊ 亲,单号是

#15  09:51  王强 设置（晚了一步，没有生效）  类别 x
"""


@pytest.fixture(params=texts.LANGUAGES)
def language(request: pytest.FixtureRequest) -> str:
    texts.use(request.param)
    return str(request.param)


def shown(cells: int = 80, **fields: Any) -> str:
    """The card as a person sees it."""
    card = conversation.card({**ROW, **fields}, SETTINGS, now=NOW)
    look = Look(cells, NOW, NOW.tzinfo, label=lambda key: texts.say(f"label.{key}"))
    return "".join(get("human").card(card, look))


def test_it_reads_as_a_conversation_day_by_day() -> None:
    texts.use("zh")
    assert shown().split("\n\n", 1)[1] == CHINESE


@pytest.mark.parametrize("cells", [40, 80, 200])
def test_it_fits_any_terminal_and_is_told_in_any_language(language: str, cells: int) -> None:
    lines = shown(cells).splitlines()
    assert max(map(width, lines)) <= cells
    words = " ".join("\n".join(lines).split())
    assert ("customer opened (entered by 林小满)" in words) == (language == "en")
    numbers = [line.split()[0] for line in lines if line.startswith("#")]
    assert [n for n in numbers if n[1:].isdigit()] == [f"#{n}" for n in range(1, 16)]


def test_numbers_are_those_of_the_timeline() -> None:
    for number, data in enumerate(TALK, 1):
        assert data["id"] == f"e{number:02}"


def test_times_on_top_are_told_with_how_long_that_is() -> None:
    texts.use("zh")
    head = shown().split("\n\n", 1)[0]
    assert "昨天 21:14（16 小时前）" in head
    assert "今天 12:00（逾期 2 小时）" in head
    assert "微信" in head


def test_what_wants_to_be_looked_at_is_marked_and_coloured() -> None:
    texts.use("zh")
    since = NIGHT.format(14)
    claim = {"by": "wang", "since": DAY.format(50), "until": DAY.format(59)}
    row = {**ROW, "edited": True, "contested": ["status"], "claim": claim, "waiting_since": since}
    card = conversation.card(row, SETTINGS, now=NOW)

    def means(name: str) -> str | None:
        value = card.fields[name]
        assert isinstance(value, Phrase)
        return value.parts[0].meaning

    assert {name: means(name) for name in ("priority", "status", "until", "claim")} == {
        "priority": "priority:high", "status": "state:pending", "until": "late", "claim": "working",
    }  # fmt: skip
    assert {means("contested"), means("edited")} == {"mark"}
    assert means("waiting_since") == "waiting"
    assert "⚡ 状态" in shown(contested=["status"])
    assert "王强 正在处理（到 09:59）" in shown(claim=claim)


def test_who_spoke_can_be_told_by_colour() -> None:
    card = conversation.card(ROW, SETTINGS, now=NOW)
    tones = [section.tone for section in card.body if section.tone not in ("quiet", "day")]
    assert tones == ["theirs", "ours", "aside", "gone", "ours", "gone", "aside"]
    assert len({style_of(tone) for tone in ("theirs", "ours", "aside", "gone")}) == 4
    for section in card.body:
        if section.tone in tones:
            assert isinstance(section.heading, Phrase)
            assert section.heading.parts[1].meaning == section.tone


def test_the_title_and_the_path_lead_to_the_file() -> None:
    card = conversation.card(ROW, SETTINGS, now=NOW)
    for phrase in (card.title, card.fields["path"]):
        assert isinstance(phrase, Phrase)
        assert phrase.parts[0].link == ROW["path"]


def test_programs_get_the_file_and_plain_text_what_it_always_was(language: str) -> None:
    assert NOW.tzinfo
    plain = tickets.card(ROW, tz=NOW.tzinfo)
    assert plain.data is ROW
    assert conversation.card(ROW, SETTINGS, now=NOW).data is ROW
    text = "".join(get("plain").card(plain, Look()))
    assert "\n2026-11-20 21:15  lin  take\nassignee: lin\nstatus: open\n" in text
    assert "\n2026-11-20 21:14  customer  open  (wechat)\n亲,杯盖少一个。\n怎么办?\n" in text
    assert "\npriority: high\ntags +vip\nwhy: 老顾客\n" in text
