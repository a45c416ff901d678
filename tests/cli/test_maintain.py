from __future__ import annotations

from typing import TYPE_CHECKING

from desks import commit_by_hand, git, staged, status
from tkt.domain.ids import path_of
from upkeep import T1, a_doc, an_archived, lay, text

if TYPE_CHECKING:
    from pathlib import Path

    from conftest import Runner

OLD = "261121-3333"
HERE, ARCHIVED = path_of(T1), path_of(OLD, archived=True)


def assert_all_works(folder: Path, tkt: Runner) -> None:
    """Everything that a desk is for, on an active and on an archived ticket."""
    assert status(folder) == ""
    assert tkt.at(folder, "note", T1, "hello").code == 0
    assert tkt.at(folder, "show", OLD).code == 0
    assert tkt.at(folder, "set", OLD, "priority=high").code == 0
    assert status(folder) == ""
    assert git(folder, "diff", "--cached", "--name-only") == ""
    assert tkt.at(folder, "note", OLD, "back").code == 0  # wakes it: out of the archive
    assert status(folder) == ""
    assert (folder / path_of(OLD)).exists()
    assert tkt.at(folder, "new", "乙").code == 0
    assert status(folder) == ""
    assert tkt.at(folder, "check").code == 0
    assert tkt.at(folder, "doctor", "--deep").code == 0
    assert len(tkt.at(folder, "log", OLD, "--json").json) == 3


def a_desk(folder: Path) -> None:
    lay(folder, a_doc())
    lay(folder, an_archived(OLD))


def test_a_small_desk_is_packed_and_no_more(desk: Path, tkt: Runner) -> None:
    a_desk(desk)
    result = tkt("maintain", "--json")
    assert [(s["step"], s["done"]) for s in result.json["steps"]] == [
        ("pack", True), ("split", False), ("sparse", False)
    ]  # fmt: skip
    assert result.json["after"]["loose_objects"] < result.json["before"]["loose_objects"]
    assert (desk / ".git/objects/info/commit-graph").exists() or (
        desk / ".git/objects/info/commit-graphs"
    ).exists()
    assert_all_works(desk, tkt)


def test_a_preview_changes_nothing(desk: Path, tkt: Runner) -> None:
    a_desk(desk)
    result = tkt("maintain", "--dry-run", "--sparse", "--split-index", "--json")
    assert [s["planned"] for s in result.json["steps"]] == [True] * 3
    assert not any(s["done"] for s in result.json["steps"])
    assert result.json["before"] == result.json["after"]
    assert (desk / ARCHIVED).exists()


def test_with_the_archive_left_out_everything_works(desk: Path, tkt: Runner) -> None:
    a_desk(desk)
    assert tkt("maintain", "--sparse").code == 0
    assert not (desk / "archive").exists()
    assert (desk / HERE).exists()
    assert_all_works(desk, tkt)
    assert tkt("maintain", "--no-sparse").code == 0
    assert status(desk) == ""


def test_with_a_split_index_everything_works(desk: Path, tkt: Runner) -> None:
    a_desk(desk)
    assert tkt("maintain", "--split-index").code == 0
    assert git(desk, "config", "core.splitIndex") == "true"
    assert_all_works(desk, tkt)
    assert tkt("maintain", "--no-split-index").code == 0
    assert status(desk) == ""


def test_split_and_sparse_never_meet_in_gits_index(desk: Path, tkt: Runner) -> None:
    a_desk(desk)
    for wish in (["--sparse"], ["--split-index", "--sparse"], ["--split-index"], []):
        assert tkt("maintain", *wish).code == 0
        both = [git(desk, "config", key, fine=False) for key in ("index.sparse", "core.splitIndex")]
        assert both != ["true", "true"]
        assert HERE in staged(desk)
        assert not (desk / "archive").exists()
    assert_all_works(desk, tkt)
    assert tkt("maintain", "--no-split-index", "--no-sparse").code == 0
    assert status(desk) == ""


def test_folders_that_come_later_are_checked_out(desk: Path, tkt: Runner) -> None:
    a_desk(desk)
    tkt("maintain", "--sparse")
    clone = desk.parent / "clone"
    git(desk.parent, "clone", "-q", str(desk), str(clone))
    commit_by_hand(clone, {"customers/c-1.yaml": b"id: c-1\n"})
    git(desk, "pull", "-q", str(clone), "main")
    assert (desk / "customers/c-1.yaml").exists()


def test_in_a_larger_repository_everything_else_stays(tmp_path: Path, tkt: Runner) -> None:
    repo = tmp_path / "big"
    git(tmp_path, "init", "-q", "-b", "main", str(repo))
    commit_by_hand(
        repo,
        {
            "src/a.c": b"a",
            "teams/x/b.c": b"b",
            "teams/top": b"t",
            "archive/c": b"c",
            "我 的/d": b"d",
        },
    )
    shop = repo / "teams" / "shop"
    assert tkt.at(repo, "init", "teams/shop").code == 0
    commit_by_hand(shop, {"extra/e": b"e"})
    a_desk(shop)
    assert tkt.at(shop, "maintain", "--sparse").code == 0
    assert not (shop / "archive").exists()
    for path in ("src/a.c", "teams/x/b.c", "teams/top", "archive/c", "我 的/d"):
        assert (repo / path).exists()
    assert (shop / "extra/e").exists()
    assert_all_works(shop, tkt)


def test_edits_in_the_archive_keep_it_checked_out(desk: Path, tkt: Runner) -> None:
    a_desk(desk)
    edit = text(an_archived(OLD)) + b"# mine\n"
    (desk / ARCHIVED).write_bytes(edit)
    steps = tkt("maintain", "--sparse", "--json").json["steps"]
    assert ("sparse", False) in [(s["step"], s["done"]) for s in steps]
    assert (desk / ARCHIVED).read_bytes() == edit


def test_a_sparse_checkout_of_ones_own_is_left_alone(desk: Path, tkt: Runner) -> None:
    a_desk(desk)
    git(desk, "sparse-checkout", "set", "tickets", "archive")
    for wish in ("--sparse", "--no-sparse"):
        assert tkt("maintain", wish).code == 0
        assert git(desk, "sparse-checkout", "list").splitlines() == ["archive", "tickets"]
