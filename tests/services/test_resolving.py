"""The merge driver and ``tkt resolve``, and two tickets that were given one id."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from clones import Clone, World, assert_agree, assert_sound, make_world, open_as
from desks import commit_by_hand, git, status

if TYPE_CHECKING:
    from pathlib import Path

ID = "261121-7KQ4"
WAYS = ("sync", "driver", "plain")


@pytest.fixture
def two(desk_template: Path, tmp_path: Path) -> World:
    return make_world(desk_template, tmp_path, 2)


@pytest.fixture
def three(desk_template: Path, tmp_path: Path) -> World:
    return make_world(desk_template, tmp_path, 3)


def take_in(clone: Clone, way: str) -> str:
    """Bring in what the remote has, with ``tkt resolve`` where Git stops; what Git said."""
    if way == "sync":
        done = clone("sync")
        assert done.code == 0, done.err
        return done.err
    if way == "plain":
        clone.git("config", "--remove-section", "merge.tkt", fine=False)
    said = clone.git("pull", "--no-rebase", "--no-edit", fine=False)
    if (clone.folder / ".git/MERGE_HEAD").exists():
        assert "CONFLICT" in said
        done = clone("resolve")
        assert done.code == 0, done.err
    return said


def titles(clone: Clone) -> dict[str, str]:
    names = (path.rpartition("/")[2][:-5] for path in clone.files)
    return {name: clone.ticket(name).title for name in names}


# -- two tickets of one id --------------------------------------------------------------------


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("pushes_first", [0, 1])
def test_of_two_tickets_with_one_id_the_later_is_renumbered(
    two: World, way: str, pushes_first: int
) -> None:
    one, other = two.clones
    open_as(one, ID, "早", 1)
    open_as(other, ID, "晚", 2)
    two.clones[pushes_first].does("sync")
    take_in(two.clones[1 - pushes_first], way)
    two.settle()
    assert_agree(*two.clones)
    found = titles(one)
    assert found.pop(ID) == "早"
    ((new_id, title),) = found.items()
    assert title == "晚"
    assert one.ticket(new_id).fields["formerly"] == [ID]
    assert one("show", ID).code == 0
    assert new_id in one("show", ID).out + one("show", ID).err


def test_both_sides_merging_a_clash_make_the_same_of_it(two: World) -> None:
    one, other = two.clones
    open_as(one, ID, "早", 1)
    open_as(other, ID, "晚  # 备注", 2)
    heads = one.head, other.head
    for clone, source in ((one, other), (other, one)):
        clone.git("fetch", "-q", str(source.folder))
    for clone, head in ((one, heads[1]), (other, heads[0])):
        said = clone.git("merge", "--no-edit", head, fine=False)
        assert "CONFLICT" in said
        assert clone("resolve").code == 0
    assert one.files == other.files
    assert any(b"# " in raw for raw in one.files.values())
    two.settle()
    assert_agree(*two.clones)


def test_three_tickets_with_one_id_all_stay(three: World) -> None:
    for number, clone in enumerate(three.clones):
        open_as(clone, ID, clone.who, 3 - number)
    three.sync(0, 1, 2, 1, 0)
    three.settle()
    assert_agree(*three.clones)
    assert sorted(titles(three.clones[0]).values()) == ["lin", "wang", "zhao"]
    assert titles(three.clones[0])[ID] == "zhao"


@pytest.mark.parametrize("way", WAYS)
def test_who_went_on_under_the_old_number_finds_it_under_the_new_one(
    three: World, way: str
) -> None:
    one, other, third = three.clones
    open_as(other, ID, "晚", 2)
    other.does("sync")
    third.does("sync")
    open_as(one, ID, "早", 1)
    one.does("sync")  # renumbers
    third.does("note", ID, "说的是晚的那张", minute=5)
    take_in(third, way)
    three.settle()
    assert_agree(*three.clones)
    found = titles(one)
    assert found.pop(ID) == "早"
    ((new_id, title),) = found.items()
    assert title == "晚"
    assert one.notes(new_id) == ["说的是晚的那张"]
    assert one.notes(ID) == []


def test_who_renumbers_while_another_goes_on_keeps_what_was_said(three: World) -> None:
    one, other, third = three.clones
    open_as(other, ID, "晚", 2)
    other.does("sync")
    third.does("sync")
    third.does("note", ID, "说的是晚的那张", minute=5)
    third.does("sync")
    open_as(one, ID, "早", 1)
    one.git("fetch", "-q")
    # One merges what it was before the note, then the note comes in.
    one.git("merge", "-q", "--no-edit", "origin/main~1", fine=False)
    assert one("resolve").code == 0
    one.does("note", ID, "说的是早的那张", minute=6)
    three.settle()
    assert_agree(*three.clones)
    (new_id,) = set(titles(one)) - {ID}
    assert one.notes(new_id) == ["说的是晚的那张"]
    assert one.notes(ID) == ["说的是早的那张"]


def test_a_clash_that_git_did_not_see_is_told_apart_at_the_next_merge(two: World) -> None:
    one, other = two.clones
    open_as(one, ID, "早", 1)
    one.does("sync")
    open_as(other, ID, "晚", 2)
    other.archive(ID, minute=3)
    other.git("pull", "-q", "--no-rebase", "--no-edit")  # two places, so no conflict
    assert other("check").code == 1
    other.git("push", "-q")
    one.does("note", ID, "说的是早的那张", minute=4)
    assert one.does("sync")["renumbered"]
    two.settle()
    assert_agree(*two.clones)
    assert sorted(titles(one).values()) == ["早", "晚"]
    assert one.notes(ID) == ["说的是早的那张"]


# -- resolve ----------------------------------------------------------------------------------


def conflict(world: World, **files: bytes) -> str:
    """A pull without the driver that has stopped at a ticket, and at other files; the id."""
    one, other = world.clones[:2]
    its_id = one.new("杯子碎了")
    world.settle()
    one.does("note", its_id, "一", minute=1)
    other.does("note", its_id, "二", minute=2)
    for clone in (one, other):
        for name, content in files.items():
            commit_by_hand(clone.folder, {name: content + clone.who.encode() + b"\n"})
    one.git("push", "-q")
    other.git("config", "--remove-section", "merge.tkt")
    other.git("pull", "-q", "--no-rebase", "--no-edit", fine=False)
    return its_id


def test_nothing_to_resolve_is_said(two: World) -> None:
    assert two.clones[0]("resolve").code == 1


def test_other_files_in_conflict_are_left_to_a_person(two: World) -> None:
    its_id, other = conflict(two, notes=b"x"), two.clones[1]
    done = other("resolve")
    assert done.code == 1
    assert "notes" in done.err
    assert f"M  {other.path_of(its_id)}" in status(other.folder)
    assert "AA notes" in status(other.folder)
    (other.folder / "notes").write_text("settled\n")
    other.git("add", "notes")
    done = other("resolve")
    assert done.code == 0
    assert other.notes(its_id) == ["一", "二"]
    assert_sound(other)
    two.settle()
    assert_agree(*two.clones)


def test_what_a_person_had_staged_goes_along_with_the_merge(two: World) -> None:
    its_id, other = conflict(two), two.clones[1]
    (other.folder / "draft.txt").write_text("x")
    assert other("resolve").code == 0
    assert status(other.folder) == "?? draft.txt"
    assert other.notes(its_id) == ["一", "二"]
    assert other.git("log", "-1", "--format=%an").strip() == "wang"


def test_one_unreadable_ticket_hinders_no_other(two: World) -> None:
    one, other = two.clones
    bad, good = one.new("杯子碎了"), one.new("鞋子脱胶")
    two.settle()
    commit_by_hand(one.folder, {one.path_of(bad): b"id: [\n"})
    one.does("note", good, "一", minute=1)
    one.git("push", "-q")
    for ticket_id in (bad, good):
        other.does("note", ticket_id, "二", minute=2)
    other.git("config", "--remove-section", "merge.tkt")
    other.git("pull", "-q", "--no-rebase", "--no-edit", fine=False)
    done = other("resolve")
    assert done.code == 1
    assert bad in done.err
    assert [line for line in status(other.folder).splitlines() if line.startswith("U")] == [
        f"UU {other.path_of(bad)}"
    ]


@pytest.mark.parametrize("deleter", [0, 1])
def test_a_ticket_deleted_on_one_side_is_brought_back(two: World, deleter: int) -> None:
    one, other = two.clones
    its_id = one.new("杯子碎了")
    two.settle()
    for number, clone in enumerate(two.clones):
        if number == deleter:
            commit_by_hand(clone.folder, {clone.path_of(its_id): None})
        else:
            clone.does("note", its_id, "还没完", minute=1)
    one.git("push", "-q")
    assert "CONFLICT" in other.git("pull", "--no-rebase", "--no-edit", fine=False)
    assert other("resolve").code == 0
    assert other.notes(its_id) == ["还没完"]
    assert_sound(other)
    two.settle()
    assert_agree(*two.clones)


def test_the_driver_works_for_a_desk_in_a_subfolder(tmp_path: Path) -> None:
    whole = tmp_path / "whole"
    git(tmp_path, "init", "-q", str(whole))
    commit_by_hand(whole, {"a.c": b"x\n", "tickets/2026/x": b"not ours", "客服 台/.keep": b""})
    first = Clone(whole / "客服 台", "lin")
    assert first("init", ".", "--lang", "en").code == 0
    git(tmp_path, "clone", "-q", str(whole), "copy")
    second = Clone(tmp_path / "copy" / "客服 台", "wang")
    assert second("doctor", "--fix").code == 0
    its_id = first.new("杯子碎了")
    second.git("pull", "-q", "--no-rebase")
    first.does("note", its_id, "一", minute=1)
    second.does("note", its_id, "二", minute=2)
    second.git("pull", "-q", "--no-rebase", "--no-edit")
    assert second.notes(its_id) == ["一", "二"]
    assert_sound(second)
