"""A stretch of time summed up from a desk's index."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from conftest import Runner, run_here
from desks import run_by_hand
from tkt.domain.change import Person
from tkt.domain.summary import BALANCE, DEEDS, Line, Summary
from tkt.errors import NotFound, UsageProblem
from tkt.services import setup, summarising
from tkt.services.summarising import Whose
from tkt.storage.desk import Desk

if TYPE_CHECKING:
    from pathlib import Path

DAY = datetime.fromisoformat("2026-11-21T00:00:00+08:00")
NOW = datetime.fromisoformat("2026-11-21T18:00:00+08:00")
DESK = Whose()
TEAM = """\
agents:
  lin: {name: 林小满, email: [lin@shop.example], teams: [aftersales]}
  wang: {name: 王强, email: [wang@shop.example], teams: [presale]}
teams:
  presale: {name: A组售前, lead: wang}
  aftersales: {name: B组售后, lead: lin}
"""


@pytest.fixture
def tkt(tmp_path: Path) -> Runner:
    lin = Person("lin", "林小满", "lin@shop.example")
    folder = tmp_path / "shop"
    setup.init(str(folder), name="shop", language="zh", person=lin, now=DAY, team=TEAM)
    run_by_hand(folder)
    return Runner(folder, run_here)


def at(hour: int, *, day: int = 21) -> str:
    """A time of the days around the one that is summed up, for TKT_NOW."""
    return f"2026-11-{day}T{hour:02}:00:00+08:00"


def summary(tkt: Runner, who: Whose = DESK, *, day: int = 0, days: int = 1) -> Summary:
    since = DAY + timedelta(days=day)
    desk = Desk(str(tkt.folder))
    try:
        return summarising.summarise(desk, (since, since + timedelta(days=days)), who, now=NOW)
    finally:
        desk.index.close()


def only(counts: dict[str, int]) -> dict[str, int]:
    return {name: count for name, count in counts.items() if count}


def of(lines: tuple[Line, ...], name: str | None) -> dict[str, int]:
    line = next(line for line in lines if line.name == name)
    return only({**line.counts, "unfinished": line.unfinished})


@pytest.fixture
def worked(tkt: Runner) -> Runner:
    """Yesterday: a cup opened and resolved. Today it is reopened; a bill is answered and resolved
    by another; a parcel waits; a note of ours is merged into it."""
    cup = tkt.new("杯子碎了", "--customer", "小王", "--team", "aftersales", TKT_NOW=at(9, day=20))
    tkt("resolve", cup, TKT_NOW=at(10, day=20))
    tkt("reopen", cup, "--reason", "还是坏的", TKT_NOW=at(9))
    tkt("assign", "lin", cup, TKT_NOW=at(10))
    tkt("assign", "wang", cup, "--reason", "林去吃饭了", TKT_NOW=at(11))
    tkt("escalate", cup, "--to", "lin", "--reason", "客户急", TKT_NOW=at(12))
    bill = tkt.new("发票", "--customer", "小李", "--team", "presale", "category=tax",
                   TKT_NOW=at(9))  # fmt: skip
    tkt("reply", bill, "亲,马上开", TKT_NOW=at(10), TKT_ACTOR="wang")
    tkt("reply", bill, "亲,开好了", TKT_NOW=at(11), TKT_ACTOR="wang")
    tkt("resolve", bill, TKT_NOW=at(12), TKT_ACTOR="lin")
    parcel = tkt.new("没收到", "--customer", "小赵", "--team", "aftersales", TKT_NOW=at(13))
    note = tkt.new("快递的事", "--team", "aftersales", TKT_NOW=at(14))
    assert tkt("merge", note, "--into", parcel, "--yes", TKT_NOW=at(15)).code == 0
    return tkt


def test_a_day_reckoned_by_hand(worked: Runner) -> None:
    found = summary(worked)
    assert found.counts == {
        "opened": 3, "answered": 1, "replies": 2, "resolved": 1, "reopened": 1, "merged": 1,
        "escalated": 1, "transferred": 2,
    }  # fmt: skip
    assert (found.backlog_start, found.backlog_end) == (0, 2)
    assert of(found.by_agent, "wang") == {"answered": 1, "replies": 2}
    assert of(found.by_agent, "lin") == {
        "resolved": 1, "escalated": 1, "transferred": 2, "unfinished": 1
    }  # fmt: skip
    assert of(found.by_team, "presale") == {
        "opened": 1, "answered": 1, "replies": 2, "resolved": 1
    }  # fmt: skip
    assert of(found.by_team, "aftersales")["reopened"] == 1
    assert [line.name for line in found.by_category] == ["tax", None]
    assert found.oldest is not None
    assert found.oldest.title == "没收到"
    assert found.oldest.at == datetime.fromisoformat(at(13))


def test_the_day_before(worked: Runner) -> None:
    found = summary(worked, day=-1)
    assert only(found.counts) == {"opened": 1, "resolved": 1}
    assert (found.backlog_start, found.backlog_end) == (0, 0)


def test_every_stretch_balances(worked: Runner) -> None:
    for day, days in ((-2, 1), (-1, 1), (0, 1), (1, 1), (-3, 9)):
        found = summary(worked, day=day, days=days)
        growth = sum(way * found.counts[deed] for deed, way in BALANCE.items())
        assert found.backlog_start + growth == found.backlog_end


def test_teams_and_those_without_one_add_up_to_the_desk(worked: Runner) -> None:
    worked.new("没有团队")
    found = summary(worked)
    for deed in DEEDS:
        assert sum(line.counts[deed] for line in found.by_team) == found.counts[deed]
        assert sum(line.counts[deed] for line in found.by_category) == found.counts[deed]
    assert sum(line.unfinished for line in found.by_team) == found.backlog_end


def test_of_a_team_its_tickets_count(worked: Runner) -> None:
    found = summary(worked, Whose(team="presale"))
    assert only(found.counts) == {"opened": 1, "answered": 1, "replies": 2, "resolved": 1}
    assert (found.backlog_start, found.backlog_end) == (0, 0)
    assert found.oldest is None


def test_of_an_agent_what_they_did_and_have(worked: Runner) -> None:
    wang = summary(worked, Whose(agent="wang"))
    assert only(wang.counts) == {"answered": 1, "replies": 2}
    lin = summary(worked, Whose(agent="lin"))
    assert only(lin.counts) == {"resolved": 1, "reopened": 1, "escalated": 1, "transferred": 2}
    assert lin.backlog_end == 1


def test_equally_busy_categories_stand_in_a_steady_order(tkt: Runner) -> None:
    for words in ((), ("category=b",), ("category=a",)):
        tkt.new("杯子", *words)
    assert [line.name for line in summary(tkt).by_category] == ["a", "b", None]


def test_an_empty_desk_has_a_line_for_everybody(tkt: Runner) -> None:
    found = summary(tkt)
    assert not only(found.counts)
    assert [line.name for line in found.by_agent] == ["lin", "wang"]
    assert [line.name for line in found.by_team] == ["presale", "aftersales"]
    assert found.by_category == ()
    assert {need.total for need in found.needs.values()} == {0}


def test_archiving_changes_nothing(worked: Runner) -> None:
    before = summary(worked)
    worked("archive", "--where", "state:resolved,merged", "--yes", TKT_NOW=at(17))
    after = summary(worked)
    assert after.counts == before.counts
    assert (after.backlog_start, after.backlog_end) == (before.backlog_start, before.backlog_end)


def test_what_needs_a_person(tkt: Runner) -> None:
    cup = tkt.new("杯子", "--customer", "小王", "--assignee", "lin", TKT_NOW=at(9))
    box = tkt.new("箱子", "--assignee", "lin", TKT_NOW=at(10))
    bag = tkt.new("袋子", TKT_NOW=at(11))
    tkt("reply", cup, "亲", "--draft", TKT_NOW=at(12))
    tkt("wait", box, "--until", at(13), TKT_NOW=at(12))
    path = next(tkt.folder.glob(f"tickets/**/{bag}.yaml"))
    path.write_text(path.read_text(encoding="utf-8").replace("袋子", "袋子破了", 1))
    needs = summary(tkt).needs
    told = {name: [each.id for each in need.tickets] for name, need in needs.items()}
    assert told == {
        "late": [cup], "waiting": [cup], "unassigned": [bag], "drafts": [cup], "contested": [],
        "edited": [bag], "until": [box], "left": [],
    }  # fmt: skip
    assert [need.total for need in needs.values()] == [1, 1, 1, 1, 0, 1, 1, 0]
    assert needs["waiting"].tickets[0].at == datetime.fromisoformat(at(9))
    assert needs["until"].tickets[0].at == datetime.fromisoformat(at(13))
    theirs = summary(tkt, Whose(agent="wang")).needs
    assert {need.total for need in theirs.values()} == {0}


def test_late_tickets_are_those_past_their_due_time(tkt: Runner) -> None:
    cup, box = tkt.new("杯子"), tkt.new("箱子")
    desk = Desk(str(tkt.folder))
    for ticket, due in ((cup, -60), (box, 60)):
        seconds = int(NOW.timestamp()) + due
        desk.index.db.execute("UPDATE tickets SET late_from = ? WHERE id = ?", (seconds, ticket))
    desk.index.close()
    found = summary(tkt)
    assert (found.late, [each.id for each in found.needs["late"].tickets]) == (1, [cup])


def test_somebody_who_is_not_in_the_team_has_a_line_once_they_did_something(tkt: Runner) -> None:
    ticket = tkt.new()
    tkt("resolve", ticket, TKT_ACTOR="guest")
    assert "guest" in [line.name for line in summary(tkt).by_agent]


def test_people_are_named_as_elsewhere(tkt: Runner) -> None:
    settings = Desk(str(tkt.folder)).settings

    def whose(team: str | None = None, agent: str | None = None) -> Whose:
        return summarising.whose(settings, team=team, agent=agent, me="lin", now=NOW)

    assert whose() == Whose()
    assert whose(team="B组售后") == Whose(team="aftersales")
    assert (whose(agent="王强"), whose(agent="me")) == (Whose(agent="wang"), Whose(agent="lin"))
    with pytest.raises(NotFound):
        whose(agent="nobody")
    with pytest.raises(UsageProblem):
        whose(team="presale", agent="lin")


def test_a_period_may_be_named_or_bounded(tkt: Runner) -> None:
    settings = Desk(str(tkt.folder)).settings

    def period(text: str = "", since: str | None = None, until: str | None = None) -> list[str]:
        span = summarising.period(settings, text, since=since, until=until, now=NOW)
        return [f"{moment:%m-%d %H:%M}" for moment in span]

    assert period() == ["11-21 00:00", "11-22 00:00"]
    assert period("昨天") == ["11-20 00:00", "11-21 00:00"]
    assert period(since="11-01", until="11-11") == ["11-01 00:00", "11-12 00:00"]
    assert period(since="9:00")[0] == "11-21 09:00"
    for text, since, until in (
        ("gibberish", None, None), ("today", "11-01", None), ("", None, "11-01"),
        ("", "11-11", "11-01"),
    ):  # fmt: skip
        with pytest.raises(UsageProblem):
            period(text, since, until)
