"""Two clones write on one roster: shifts and leave of both stand in it after a sync."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from clones import World, make_world
from desks import commit_by_hand
from tkt.storage import yaml
from tkt.storage.rosters_merging import united

if TYPE_CHECKING:
    from pathlib import Path

TEAM = """\
agents:
  lin: {name: 林小满, email: [lin@shop.example]}
  wang: {name: 王强, email: [wang@shop.example]}
"""
PATH = "rosters/november.yaml"
BASE = '# 十一月\nshifts:\n  - {agents: [lin], hours: ["09:00-18:00"]}\n'
WANG = '  - {agents: [wang], hours: ["10:00-19:00"]}\n'
ZHAO = '  - {agents: [zhao], hours: ["08:00-17:00"]}\n'
LEAVE = 'leave:\n  - {agent: lin, since: "2026-12-01"}\n'


def both(base: str, ours: str, theirs: str) -> str | None:
    """What two sides make, which is the same on either."""
    raws = [text.encode() for text in (base, ours, theirs)]
    made = united(PATH, (raws[0], raws[1], raws[2]))
    assert made == united(PATH, (raws[0], raws[2], raws[1]))
    return made.decode() if made is not None else None


@pytest.fixture
def two(desk_template: Path, tmp_path: Path) -> World:
    world = make_world(desk_template, tmp_path, 2)
    commit_by_hand(world.clones[0].folder, {"team.yaml": TEAM.encode()})
    world.settle()
    return world


def test_shifts_and_leave_that_two_clones_recorded_both_stand(two: World) -> None:
    one, other = two.clones
    one.does("roster", "set", "lin", "mon-fri", "09:00-18:00", "--roster", "november")
    two.settle()
    one.does("roster", "set", "lin", "sat", "10:00-12:00")
    one.does("roster", "leave", "lin", "2026-12-01", "--reason", "年假")
    other.does("roster", "set", "wang", "sat", "09:00-12:00")
    other.does("roster", "leave", "wang", "2026-12-02")
    two.settle()
    said = [(clone.folder / PATH).read_bytes() for clone in two.clones]
    assert said[0] == said[1]
    doc = yaml.load(said[0], path=PATH)
    assert sorted(item["agents"][0] for item in doc["shifts"]) == ["lin", "lin", "wang"]
    assert sorted(item["agent"] for item in doc["leave"]) == ["lin", "wang"]
    assert one("check").code == 0


def test_a_roster_that_two_clones_began_is_one(two: World) -> None:
    one, other = two.clones
    one.does("roster", "set", "lin", "mon", "09:00-18:00", "--roster", "november")
    other.does("roster", "set", "wang", "mon", "09:00-18:00", "--roster", "november")
    two.settle()
    for clone in two.clones:
        doc = yaml.load((clone.folder / PATH).read_bytes(), path=PATH)
        assert sorted(item["agents"][0] for item in doc["shifts"]) == ["lin", "wang"]


def test_what_both_changed_otherwise_is_for_a_person(two: World) -> None:
    one, other = two.clones
    one.does("roster", "set", "lin", "mon", "09:00-18:00", "--roster", "november")
    two.settle()
    for clone, end in ((one, "17:00"), (other, "16:00")):
        text = (clone.folder / PATH).read_text().replace("18:00", end)
        commit_by_hand(clone.folder, {PATH: text.encode()})
    one.does("sync")
    done = other("sync")
    assert done.code == 1
    assert PATH in done.err


def test_every_clone_makes_the_same_file_and_remarks_stay() -> None:
    assert both(BASE, BASE + WANG, BASE + ZHAO + LEAVE) in (
        BASE + WANG + ZHAO + LEAVE,
        BASE + ZHAO + WANG + LEAVE,
    )


def test_what_was_put_in_goes_into_a_roster_that_the_other_side_has_edited() -> None:
    edited = BASE.replace("09:00", "08:30").replace("}\n", "}  # 改早\n")
    assert both(BASE, edited, BASE + ZHAO) == edited + ZHAO


def test_what_both_put_in_alike_stands_once() -> None:
    assert both(BASE, BASE + WANG, BASE + WANG + ZHAO) == BASE + WANG + ZHAO


@pytest.mark.parametrize(
    "text", ["- a\n", "shifts: [\n", "shifts: 3\n", BASE.replace("18:", "17:")]
)
def test_a_roster_that_both_sides_edited_is_left_to_git(text: str) -> None:
    assert both(BASE, text, BASE.replace("09:00", "08:30")) is None


def test_a_roster_that_is_gone_on_one_side_is_left_to_git() -> None:
    assert united(PATH, (BASE.encode(), BASE.encode(), None)) is None
