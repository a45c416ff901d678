"""A service team at work: many ask for the next ticket, two take one, everybody does everything."""

from __future__ import annotations

import json
import random
from typing import TYPE_CHECKING

import pytest

from clones import Clone, World, assert_agree, make_world
from conftest import Runner, start_process
from desks import assert_index_is_right, git, run_by_hand, status
from tkt.domain.ticket import taken_back

if TYPE_CHECKING:
    from pathlib import Path

AGENTS = [f"agent{n}" for n in range(8)]


@pytest.fixture
def world(desk_template: Path, tmp_path: Path) -> World:
    return make_world(desk_template, tmp_path)


# -- next -------------------------------------------------------------------------------------


@pytest.mark.slow
@pytest.mark.parametrize("count", [12, 5])
def test_eight_who_ask_at_once_get_eight_tickets_or_are_told_that_nothing_is_left(
    desk: Path, tkt: Runner, count: int
) -> None:
    for number in range(count):
        tkt.new(f"杯子 {number}")
    asking = [start_process(desk, "next", "--json", said={"TKT_ACTOR": agent}) for agent in AGENTS]
    got: dict[str, str] = {}
    for agent, process in zip(AGENTS, asking, strict=True):
        out, err = process.communicate()
        if process.returncode == 0:
            got[agent] = json.loads(out)["id"]
        else:
            assert process.returncode == 3, err
            assert json.loads(err)["error"] == "not-found"
    assert len(got) == len(set(got.values())) == min(count, 8)
    for agent, ticket in got.items():
        assert tkt("show", ticket, "--json").json["assignee"] == agent
    assert status(desk) == ""
    assert_index_is_right(desk)


def test_the_most_urgent_of_ones_own_teams_comes_first(tkt: Runner, desk: Path) -> None:
    run_by_hand(desk)
    (desk / "team.yaml").write_text(
        "agents:\n  lin: {teams: [b]}\n  wang: {teams: [a]}\nteams: {a: {}, b: {}}\n"
    )
    assert tkt("commit").code == 0
    tkt.new("一", "team=a", "priority=urgent")
    low, high = tkt.new("二", "team=b", "priority=low"), tkt.new("三", "team=b", "priority=high")
    nobodys = tkt.new("四", "priority=normal")
    tkt.new("五", "priority=urgent", "assignee=wang")
    got = [tkt("next", "--json").json["id"] for _ in range(3)]
    assert got == [high, nobodys, low]
    result = tkt("next")
    assert (result.code, "nothing" in result.err or "no ticket" in result.err) == (3, True)


def test_next_can_be_narrowed_down(tkt: Runner) -> None:
    tkt.new("一", "category=logistics", "priority=urgent")
    wanted = tkt.new("二", "category=refund")
    assert tkt("next", "category:refund", "--json").json["id"] == wanted
    assert tkt("next", "category:refund").code == 3


# -- two clones -------------------------------------------------------------------------------


def test_of_two_who_take_one_ticket_on_two_clones_one_has_it_and_both_are_told(
    world: World,
) -> None:
    lin, wang, zhao = world.clones
    ticket = lin.new("杯子碎了")
    world.settle()
    wang.does("take", ticket, minute=5)
    lin.does("next", minute=4)
    assert lin("sync", minute=10).code == 0
    told = wang("sync", minute=11, TKT_LANG="en")
    assert f"{ticket} was taken by lin before you" in told.err
    told = lin("sync", minute=12, TKT_LANG="en")
    assert f"{ticket} is yours; wang took it too" in told.err
    world.settle()
    assert_agree(*world.clones)
    for clone in world.clones:
        assert clone.ticket(ticket).fields["assignee"] == "lin"
        assert "contested" not in clone.ticket(ticket).fields
    reasons = {
        who: [entry["why"] for entry in zhao.does("inbox", "--as", who, minute=20)]
        for who in ("lin", "wang")
    }
    assert reasons == {"lin": ["contender"], "wang": ["too_late"]}
    wang.does("inbox", "--ack", minute=21)
    assert wang.does("inbox", minute=22) == []


def test_circles_that_two_clones_make_together_are_opened(world: World) -> None:
    lin, wang, _ = world.clones
    one, two = lin.new("一"), lin.new("二", minute=1)
    world.settle()
    lin.does("link", one, "child-of", two, minute=5)
    wang.does("link", two, "child-of", one, minute=6)
    world.settle()
    assert_agree(*world.clones)
    assert lin.ticket(one).fields["parent"] == two
    assert "parent" not in lin.ticket(two).fields


def test_two_tickets_merged_into_each_other_on_two_clones_stay_one(world: World) -> None:
    lin, wang, _ = world.clones
    one, two = lin.new("一", "-m", "第一"), lin.new("二", "-m", "第二", minute=1)
    world.settle()
    lin.does("merge", one, "--into", two, minute=5)
    wang.does("merge", two, "--into", one, minute=6)
    world.settle()
    assert_agree(*world.clones)
    live = [ticket for ticket in (one, two) if not lin.ticket(ticket).is_merged]
    assert live == [two]
    assert {event.text for event in lin.ticket(two).events if event.text} == {"第一", "第二"}


def test_what_is_said_on_a_ticket_that_is_merged_elsewhere_goes_along(world: World) -> None:
    lin, wang, _ = world.clones
    one, two = lin.new("一"), lin.new("二", minute=1)
    world.settle()
    lin.does("merge", one, "--into", two, minute=5)
    wang.does("reply", one, "亲,在查", minute=6)
    world.settle()
    assert_agree(*world.clones)
    (carried,) = [event for event in lin.ticket(two).events if event.do == "reply"]
    assert (carried.by, carried.text, carried.data["from"]) == ("wang", "亲,在查", one)
    lin.does("reply", one, "还在查", minute=20)
    assert lin.ticket(two).events[-1].text == "还在查"


def test_after_a_plain_pull_the_check_finds_it_and_the_doctor_mends_it(world: World) -> None:
    lin, wang, _ = world.clones
    one, two = lin.new("一"), lin.new("二", minute=1)
    world.settle()
    lin.does("link", one, "child-of", two, minute=5)
    assert lin("sync").code == 0
    wang.does("link", two, "child-of", one, minute=6)
    wang.git("pull", "-q", "--no-rebase", "--no-edit")
    found = wang("check", "--json")
    assert (found.code, {fault["error"] for fault in found.json}) == (1, {"link.round"})
    assert wang("doctor", "--fix", minute=7).code == 0
    assert wang("check").code == 0
    world.settle()
    assert_agree(*world.clones)


# -- everything at once -----------------------------------------------------------------------


class Day:
    """Random deeds of random people on their own clones."""

    def __init__(self, world: World, seed: int) -> None:
        self.world = world
        self.rng = random.Random(seed)
        self.minute = 0
        self.said: set[str] = set()
        self.done: dict[str, int] = {}

    def act(self) -> None:
        clone = self.rng.choice(self.world.clones)
        self.minute += self.rng.choice((1, 1, 7))
        ids = sorted(path.rpartition("/")[2][:-5] for path in clone.files)
        one, two = self.rng.choice(ids), self.rng.choice(ids)
        text = f"{clone.who} {self.minute}"
        kind, *words = self.rng.choice((
            ("reply", one, text), ("message", one, text), ("reply", one, text, "--to", "resolved"),
            ("take", one), ("next",), ("assign", clone.who, one, "--reason", text),
            ("note", one, f"@lin {text}"),
            ("merge", one, "--into", two), ("split", one, "--from", str(self.rng.randint(1, 6))),
            ("link", one, self.rng.choice(("relates", "blocks", "child-of", "duplicates")), two),
            ("undo", one), ("undo",), ("close", one), ("archive", one), ("reopen", one),
            ("wait", one, "--until", "+2d"), ("escalate", one, "--reason", text),
            ("set", one, "priority=high", "tags+=vip"), ("mute", one),
            ("reply", one, text, "--draft"),
        ))  # fmt: skip
        done = clone(kind, *words, minute=self.minute)
        assert done.code in (0, 1, 3), (kind, words, done.err)
        if done.code == 0:
            self.done[kind] = self.done.get(kind, 0) + 1
            if kind in ("reply", "message") and "--draft" not in words:
                self.said.add(text)

    def lost(self, clone: Clone) -> set[str]:
        """What was said and stands on no ticket that is worked on."""
        standing: set[str | None] = set()
        for path in clone.files:
            ticket = clone.ticket(path.rpartition("/")[2][:-5])
            if not ticket.is_merged:
                gone = taken_back(ticket.events)
                standing |= {event.text for event in ticket.events if event.id not in gone}
        return self.said - standing


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(6))
def test_whatever_everybody_does_all_agree_in_the_end_and_nothing_said_is_lost(
    world: World, seed: int
) -> None:
    for number in range(5):
        world.clones[0].new(f"杯子 {number}", "-m", f"开单 {number}", minute=number)
    world.settle()
    day = Day(world, seed)
    for _ in range(10):
        for _ in range(6):
            day.act()
        order = list(range(3))
        day.rng.shuffle(order)
        world.sync(*order[: day.rng.randint(1, 3)])
    world.settle()
    assert_agree(*world.clones)
    assert sum(day.done.values()) > 15
    assert not day.lost(world.clones[0])
    assert git(world.clones[0].folder, "status", "--porcelain") == ""
