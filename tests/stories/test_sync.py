"""Several people on several machines: whoever syncs when and how, all end up with the same desk."""

from __future__ import annotations

import random
from itertools import permutations
from typing import TYPE_CHECKING

import pytest

from clones import (
    Clone,
    World,
    assert_agree,
    assert_sound,
    diverged,
    events_of,
    make_world,
    open_as,
)
from desks import status

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def world(desk_template: Path, tmp_path: Path) -> World:
    return make_world(desk_template, tmp_path)


# -- random days ------------------------------------------------------------------------------

FIELDS = ("priority=high", "priority=low", "priority=", "team=aftersales", "team=presale",
          "assignee=lin", "assignee=", "tags+=vip", "tags+=双11", "tags-=vip")  # fmt: skip


SAME = "261121-7KQ4"
"""The id that everybody draws at some time."""


class Day:
    """Random deeds of random people; what each of them said must be there in the end."""

    def __init__(self, clones: tuple[Clone, ...], seed: int, *, clashes: bool = False) -> None:
        self.clones = clones
        self.rng = random.Random(seed)
        self.minute = 0
        self.clashes = clashes
        self.said: set[str] = set()

    def act(self) -> None:
        clone = self.rng.choice(self.clones)
        self.minute += self.rng.choice((1, 1, 7))
        ids = sorted(path.rpartition("/")[2][:-5] for path in clone.files)
        kind = self.rng.choice(("new", "same", "note", "note", "set", "set", "edit", "archive"))
        if kind == "same" and self.clashes and SAME not in ids:
            open_as(clone, SAME, f"同号 {self.minute}", self.minute)
            return
        if kind == "new" or not ids:
            clone.new(f"单 {self.minute} ({clone.who})", minute=self.minute)
        elif kind == "note":
            text = f"{clone.who} {self.rng.randrange(1 << 30)}: 好的 # 亲"
            self.said.add(text)
            clone.does("note", self.rng.choice(ids), text, minute=self.minute)
        elif kind == "set":
            clone("set", self.rng.choice(ids), self.rng.choice(FIELDS), minute=self.minute)
        elif kind == "edit":
            remark = f"# {clone.who} {self.rng.randrange(1 << 30)}"
            self.said.add(remark)
            chosen = self.rng.choice(ids)
            inline = f"\nmark-{self.minute}: {clone.who}  {remark}\nstatus:"
            above = f"\n{remark}\nmark-{self.minute}: {clone.who}\nstatus:"
            clone.edit(chosen, "\nstatus:", self.rng.choice((inline, above)))
            clone.does("commit", minute=self.minute)
        elif clone.path_of(chosen := self.rng.choice(ids)).startswith("tickets/"):
            clone.archive(chosen, minute=self.minute)

    def assert_nothing_lost(self, before: set[str]) -> None:
        files = self.clones[0].files
        assert before <= events_of(files.items())
        everything = "\n".join(raw.decode() for raw in files.values())
        assert [text for text in self.said if text not in everything] == []


def everything(clones: tuple[Clone, ...]) -> set[str]:
    return {event for clone in clones for event in events_of(clone.files.items())}


@pytest.mark.parametrize("seed", range(6))
def test_clones_that_sync_in_any_order_converge(world: World, seed: int) -> None:
    day = Day(world.clones, seed, clashes=True)
    world.clones[0].new("第一张")
    world.sync()
    before: set[str] = set()
    for _ in range(3):
        for _ in range(8):
            day.act()
        before |= everything(world.clones)
        world.sync(day.rng.randrange(3), day.rng.randrange(3))
    world.settle()
    assert len({clone.head for clone in world.clones}) == 1
    assert_agree(*world.clones)
    day.assert_nothing_lost(before)


def pull(clone: Clone, *options: str) -> bool:
    """A plain ``git pull``, mended with ``tkt resolve`` where Git stops; whether it stopped."""
    clone.git("pull", "-q", "--no-rebase", "--no-edit", *options, fine=False)
    stopped = "MERGE_HEAD" in git_state(clone)
    if stopped:
        done = clone("resolve")
        assert done.code == 0, done.out + done.err
    assert git_state(clone) == set()
    return stopped


def git_state(clone: Clone) -> set[str]:
    names = {"MERGE_HEAD", "rebase-merge", "rebase-apply", "CHERRY_PICK_HEAD"}
    return {path.name for path in (clone.folder / ".git").iterdir()} & names


@pytest.mark.parametrize("seed", range(10, 14))
def test_clones_that_pull_with_plain_git_converge(world: World, seed: int) -> None:
    day = Day(world.clones, seed)
    world.clones[0].new("第一张")
    world.sync()
    before: set[str] = set()
    for _ in range(3):
        for _ in range(6):
            day.act()
        before |= everything(world.clones)
        one, other = day.rng.sample(world.clones, 2)
        pull(one)
        one.git("push", "-q", "origin", "main")
        if day.rng.random() < 0.5:
            done = other("sync")
            assert done.code == 0, done.err
    for clone in (*world.clones, *world.clones):
        pull(clone)
        clone.git("push", "-q", "origin", "main")
    assert_agree(*world.clones)
    day.assert_nothing_lost(before)


@pytest.mark.parametrize("seed", range(20, 23))
def test_clones_that_pull_from_each_other_converge(world: World, seed: int) -> None:
    one, other, third = world.clones
    day = Day(world.clones, seed)
    one.new("第一张")
    world.sync()
    before: set[str] = set()
    for _ in range(2):
        for _ in range(7):
            day.act()
        before |= everything(world.clones)
        heads = {clone.who: clone.head for clone in world.clones}
        for clone in world.clones:
            for source in world.clones:
                clone.git("fetch", "-q", str(source.folder), heads[source.who])
        # Criss-cross: each merges what the other was at before it merged.
        merge(one, heads["wang"])
        merge(other, heads["lin"])
        assert one.files == other.files
    pull(one, str(other.folder), "main")
    pull(other, str(one.folder), "main")
    pull(third, str(other.folder), "main")
    world.settle()
    assert_agree(*world.clones)
    day.assert_nothing_lost(before)


def merge(clone: Clone, commit: str) -> None:
    clone.git("merge", "-q", "--no-edit", commit, fine=False)
    if "MERGE_HEAD" in git_state(clone):
        done = clone("resolve")
        assert done.code == 0, done.out + done.err
    assert git_state(clone) == set()


def clash(world: World) -> str:
    """Everybody does something else to one ticket; its id."""
    one, other, third = world.clones
    its_id = one.new("杯子碎了", "tags=新")
    world.sync()
    one.does("set", its_id, "priority=high", "tags+=vip", minute=10)
    one.does("note", its_id, "照片收到了", minute=10)
    other.does("set", its_id, "priority=low", "assignee=wang", minute=11)
    other.does("note", its_id, "照片收到了", minute=12)
    third.edit(its_id, "priority: normal", "priority: urgent  # 赵:老顾客")
    third.does("commit", minute=11)
    third.does("note", its_id, "已补发", minute=13)
    return its_id


@pytest.mark.parametrize("order", list(permutations(range(3))))
def test_whoever_syncs_first_the_ticket_says_the_same(world: World, order: tuple[int, ...]) -> None:
    its_id = clash(world)
    world.sync(*order)
    world.settle()
    assert_agree(*world.clones)
    ticket = world.clones[0].ticket(its_id)
    assert world.clones[0].notes(its_id) == ["照片收到了", "照片收到了", "已补发"]
    assert ticket.fields["assignee"] == "wang"
    assert ticket.fields["tags"] == ["新", "vip"]
    assert ticket.fields["contested"] == ["priority"]
    assert {
        e.data["set"]["priority"] for e in ticket.events if "priority" in e.data.get("set", {})
    } == {"normal", "high", "low", "urgent"}
    assert "# 赵:老顾客" in world.clones[0].files[world.clones[0].path_of(its_id)].decode()


@pytest.mark.parametrize("order", list(permutations(range(3))))
def test_whoever_pulls_first_the_ticket_says_the_same(world: World, order: tuple[int, ...]) -> None:
    its_id = clash(world)
    for number in (*order, *order):
        assert not pull(world.clones[number])
        world.clones[number].git("push", "-q", "origin", "main")
    assert_agree(*world.clones)
    ticket = world.clones[0].ticket(its_id)
    assert world.clones[0].notes(its_id) == ["照片收到了", "照片收到了", "已补发"]
    assert ticket.fields["contested"] == ["priority"]


# -- Git without the driver -------------------------------------------------------------------


@pytest.fixture
def two(desk_template: Path, tmp_path: Path) -> World:
    return make_world(desk_template, tmp_path, 2)


def test_a_pull_without_the_driver_conflicts_loudly_and_resolve_finishes_it(two: World) -> None:
    its_id, other = diverged(two), two.clones[1]
    other.git("config", "--remove-section", "merge.tkt")
    said = other.git("pull", "--no-rebase", "--no-edit", fine=False)
    assert "CONFLICT" in said
    assert other("note", its_id, "三").code == 1
    done = other("resolve", "--json")
    assert done.code == 0, done.err
    assert done.json["finished"]
    assert other.notes(its_id) == ["一", "二"]
    assert_sound(other)
    two.settle()
    assert_agree(*two.clones)


def test_a_rebase_with_the_driver_just_works(two: World) -> None:
    its_id, other = diverged(two), two.clones[1]
    other.git("pull", "-q", "--rebase")
    assert other.notes(its_id) == ["一", "二"]
    assert_sound(other)
    assert other("sync").code == 0


def test_a_rebase_without_the_driver_is_mended_step_by_step(two: World) -> None:
    its_id, other = diverged(two), two.clones[1]
    other.does("note", its_id, "三", minute=3)
    other.git("config", "--remove-section", "merge.tkt")
    other.git("pull", "-q", "--rebase", fine=False)
    steps = 0
    while git_state(other):
        steps += 1
        done = other("resolve")
        assert done.code == 0, done.err
        other.git("-c", "core.editor=true", "rebase", "--continue", fine=False)
    assert steps
    assert other.notes(its_id) == ["一", "二", "三"]
    assert_sound(other)


def test_a_stash_that_conflicts_is_mended(two: World) -> None:
    one, other = two.clones
    its_id = diverged(two)
    other("sync")
    other.edit(its_id, "status: new", "status: new\nown: mine")
    other.git("stash", "-q")
    one("sync")
    one.does("set", its_id, "priority=high", "--reason", "急", minute=5)
    one("sync")
    other("sync")
    other.git("config", "--remove-section", "merge.tkt")
    other.git("stash", "pop", fine=False)
    if status(other.folder).startswith("UU"):
        done = other("resolve")
        assert done.code == 0, done.err
    other.does("commit", minute=6)
    assert other.ticket(its_id).fields["own"] == "mine"
    assert other.ticket(its_id).fields["priority"] == "high"
    assert_sound(other)


def test_a_cherry_pick_that_conflicts_is_mended(two: World) -> None:
    its_id, other = diverged(two), two.clones[1]
    other.git("fetch", "-q")
    other.git("config", "--remove-section", "merge.tkt")
    other.git("cherry-pick", "origin/main", fine=False)
    assert git_state(other) == {"CHERRY_PICK_HEAD"}
    assert other("resolve").code == 0
    other.git("-c", "core.editor=true", "cherry-pick", "--continue")
    assert other.notes(its_id) == ["一", "二"]
    assert_sound(other)
    two.settle()
    assert_agree(*two.clones)


# -- the archive ------------------------------------------------------------------------------

WAYS = ("sync", "driver", "plain")


def take_in(clone: Clone, way: str) -> None:
    """Bring in what the others did: by ``tkt sync``, by ``git pull`` with or without the driver."""
    if way == "sync":
        done = clone("sync")
        assert done.code == 0, done.err
        return
    if way == "plain":
        clone.git("config", "--remove-section", "merge.tkt")
    pull(clone)


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("archives_first", [True, False])
def test_a_ticket_archived_here_and_noted_there_comes_back(
    two: World, way: str, archives_first: bool
) -> None:
    one, other = two.clones if archives_first else two.clones[::-1]
    its_id = one.new("杯子碎了", "-m", "你好" * 99)
    one("sync")
    two.settle()
    for clone in (one, other):
        if (clone is one) == archives_first:
            clone.archive(its_id, minute=5)
        else:
            clone.does("note", its_id, "还有一事", minute=4)
    one("sync")
    take_in(other, way)
    for clone in two.clones:
        two.settle()
        assert clone.path_of(its_id).startswith("tickets/")
        assert clone.notes(its_id) == ["还有一事"]
    assert_agree(*two.clones)


@pytest.mark.parametrize("way", WAYS)
def test_a_ticket_archived_on_both_sides_stays_there(two: World, way: str) -> None:
    one, other = two.clones
    its_id = one.new("杯子碎了")
    two.settle()
    one.archive(its_id, minute=5)
    other.archive(its_id, minute=6)
    one("sync")
    take_in(other, way)
    two.settle()
    assert other.path_of(its_id).startswith("archive/")
    assert_agree(*two.clones)


@pytest.mark.parametrize("way", WAYS)
def test_a_new_ticket_is_not_drawn_into_the_archive_with_its_neighbours(
    two: World, way: str
) -> None:
    one, other = two.clones
    old = one.new("旧")
    two.settle()
    one.archive(old, minute=5)
    one("sync")
    # Same folder as the one that one side has emptied: Git guesses that the folder has moved.
    text = other.files[other.path_of(old)].decode()
    new = old[:-1] + ("2" if old[-1] != "2" else "3")
    (other.folder / other.path_of(old).replace(old, new)).write_text(text.replace(old, new))
    other.does("commit", minute=6)
    take_in(other, way)
    two.settle()
    assert other.path_of(new).startswith("tickets/")
    assert_agree(*two.clones)
