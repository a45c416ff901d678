"""A day's figures, counted from a desk."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from conftest import Runner, run_here
from tkt.domain.change import Person
from tkt.domain.summary import Summary, Tally
from tkt.services import setup
from tkt.services.summarising import summarise
from tkt.storage.desk import Desk

if TYPE_CHECKING:
    from pathlib import Path

DAY = datetime.fromisoformat("2026-11-21T00:00:00+08:00")
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
    return Runner(folder, run_here)


def figures(tkt: Runner, *, days: int = 0) -> Summary:
    since = DAY + timedelta(days=days)
    desk = Desk(str(tkt.folder))
    found = summarise(desk, since=since, until=since + timedelta(days=1))
    desk.index.close()
    return found


def of(tallies: tuple[Tally, ...], name: str | None) -> Tally:
    return next(tally for tally in tallies if tally.name == name)


def test_an_empty_desk_has_a_line_for_everybody(tkt: Runner) -> None:
    found = figures(tkt)
    assert found.total == Tally(None)
    assert found.agents == (Tally("lin"), Tally("wang"))
    assert found.teams == (Tally("presale"), Tally("aftersales"))


def test_a_ticket_counts_for_its_agents_and_its_team(tkt: Runner) -> None:
    cup = tkt.new("杯子碎了", "--customer", "小王", "--team", "B组售后", TKT_ACTOR="wang")
    tkt("take", cup)
    tkt("reply", cup, "亲,马上处理")
    tkt("reply", cup, "亲,已退款", "--to", "已解决")
    found = figures(tkt)
    assert found.total == Tally(None, opened=1, answered=1, resolved=1)
    assert of(found.agents, "wang") == Tally("wang", opened=1)
    assert of(found.agents, "lin") == Tally("lin", answered=1, resolved=1)
    assert of(found.teams, "aftersales") == Tally("aftersales", opened=1, answered=1, resolved=1)
    assert of(found.teams, "presale") == Tally("presale")


def test_each_who_answered_has_the_ticket_and_the_desk_has_it_once(tkt: Runner) -> None:
    cup = tkt.new()
    tkt("reply", cup, "亲")
    tkt("reply", cup, "亲", TKT_ACTOR="wang")
    found = figures(tkt)
    assert [tally.answered for tally in found.agents if tally.name] == [1, 1]
    assert found.total.answered == 1


def test_what_is_left_counts_for_whose_it_is(tkt: Runner) -> None:
    tkt.new("一", "--assignee", "wang", "--team", "presale")
    tkt.new("二", "--team", "presale")
    tkt.new("三")
    found = figures(tkt)
    assert found.total.unfinished == 3
    assert [(t.name, t.unfinished) for t in found.agents] == [("lin", 0), ("wang", 1), (None, 2)]
    assert [(t.name, t.unfinished) for t in found.teams] == [
        ("presale", 2), ("aftersales", 0), (None, 1)
    ]  # fmt: skip


def test_only_what_was_done_that_day_counts(tkt: Runner) -> None:
    cup = tkt.new()
    tkt("resolve", cup, TKT_NOW="2026-11-22T09:00:00+08:00")
    assert figures(tkt).total == Tally(None, opened=1)
    assert figures(tkt, days=1).total == Tally(None, resolved=1)
    assert figures(tkt, days=2).total == Tally(None)


def test_somebody_who_is_not_in_the_team_has_a_line_once_they_did_something(tkt: Runner) -> None:
    tkt.new(TKT_ACTOR="guest")
    assert [tally.name for tally in figures(tkt).agents] == ["lin", "wang", "guest", None]


def test_archived_tickets_are_counted(tkt: Runner) -> None:
    cup = tkt.new()
    tkt("close", cup)
    tkt("archive", cup)
    assert figures(tkt).total == Tally(None, opened=1, resolved=1, closed=1, archived=1)
