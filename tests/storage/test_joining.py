"""Taking another history in: what is in the way is named, and nothing else is touched."""

from __future__ import annotations

import os
import signal
import stat
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from clones import Clone, World, assert_agree, assert_sound, diverged, make_world
from conftest import settings_for
from desks import commit_by_hand, git, status

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def two(desk_template: Path, tmp_path: Path) -> World:
    return make_world(desk_template, tmp_path, 2)


# -- what a person has edited -----------------------------------------------------------------


@pytest.mark.parametrize("staged", [True, False])
def test_edits_in_a_file_that_would_change_refuse_the_sync(two: World, staged: bool) -> None:
    its_id, other = diverged(two), two.clones[1]
    other.edit(its_id, "status: new", "status: new  # 还没写完")
    if staged:
        other.git("add", "-A")
    before = other.head, status(other.folder), other.git("ls-files", "-s")
    done = other("sync")
    assert done.code == 1
    assert its_id in done.err
    assert (other.head, status(other.folder), other.git("ls-files", "-s")) == before
    other.git("reset", "-q", "--hard")
    assert other("sync").code == 0


def test_edits_elsewhere_stay_exactly_as_they_are(two: World) -> None:
    one, other = two.clones
    its_id = diverged(two)
    mine = other.new("我的")
    other.edit(mine, "status: new", "status: new  # 草稿")
    (other.folder / "tkt.yaml").write_text((other.folder / "tkt.yaml").read_text() + "# 草稿\n")
    (other.folder / "draft.txt").write_text("草稿")
    (other.folder / "staged.txt").write_text("草稿")
    other.git("add", "tkt.yaml", "staged.txt")
    before = status(other.folder)
    assert other("sync").code == 0
    assert status(other.folder) == before
    assert other.notes(its_id) == ["一", "二"]
    assert (other.folder / "draft.txt").read_text() == "草稿"
    one("sync")
    assert "草稿" not in "".join(raw.decode() for raw in one.files.values())


def test_an_untracked_file_in_the_way_refuses_the_sync(two: World) -> None:
    one, other = two.clones
    commit_by_hand(one.folder, {"kb/new.md": b"theirs\n"})
    one("sync")
    (other.folder / "kb").mkdir(exist_ok=True)
    (other.folder / "kb/new.md").write_text("mine\n")
    before = other.head
    done = other("sync")
    assert done.code == 1
    assert "kb/new.md" in done.err
    assert other.head == before
    assert (other.folder / "kb/new.md").read_text() == "mine\n"


def test_an_untracked_file_where_a_folder_must_be_refuses_the_sync(two: World) -> None:
    one, other = two.clones
    commit_by_hand(one.folder, {"photos/one.txt": b"theirs\n"})
    one("sync")
    (other.folder / "photos").write_text("mine\n")
    before = other.head
    done = other("sync")
    assert done.code == 1, done.err
    assert "photos" in done.err
    assert other.head == before
    assert (other.folder / "photos").read_text() == "mine\n"


def test_a_conflict_left_by_a_stash_refuses_the_sync(two: World) -> None:
    one, other = two.clones
    commit_by_hand(other.folder, {"a.txt": b"a\n"})
    (other.folder / "a.txt").write_text("b\n")
    other.git("stash", "-q")
    commit_by_hand(other.folder, {"a.txt": b"c\n"})
    other.git("stash", "pop", fine=False)
    assert status(other.folder) == "UU a.txt"
    its_id = one.new("杯子碎了")
    one("sync")
    done = other("sync")
    assert done.code == 1
    assert "a.txt" in done.err
    other.git("checkout", "-q", "--ours", "a.txt")
    other.git("add", "a.txt")
    assert other("sync").code == 0
    assert other.ticket(its_id)


# -- files that are no tickets ----------------------------------------------------------------


def test_different_files_and_different_lines_merge_as_in_git(two: World) -> None:
    one, other = two.clones
    lines = [f"{number}\n" for number in range(20)]
    commit_by_hand(one.folder, {"notes.txt": "".join(lines).encode(), "old.txt": b"old\n" * 9})
    two.settle()
    its_id = diverged(two)
    commit_by_hand(one.folder, {"notes.txt": "".join(["first\n", *lines[1:]]).encode(),
                                "tkt-a.txt": b"a\n"})  # fmt: skip
    one.git("mv", "old.txt", "renamed.txt")
    one.git("commit", "-q", "-m", "rename")
    one("sync")
    commit_by_hand(other.folder, {"notes.txt": "".join([*lines[:-1], "last\n"]).encode(),
                                  "b.txt": b"b\n", "old.txt": b"old\n" * 8 + b"new\n"})  # fmt: skip
    done = other("sync")
    assert done.code == 0, done.err
    assert (other.folder / "notes.txt").read_text() == "".join(["first\n", *lines[1:-1], "last\n"])
    assert (other.folder / "renamed.txt").read_text() == "old\n" * 8 + "new\n"
    assert not (other.folder / "old.txt").exists()
    assert other.notes(its_id) == ["一", "二"]
    assert_sound(other)


def test_the_same_line_refuses_the_sync_and_names_the_file(two: World) -> None:
    its_id = diverged(two)
    for clone in two.clones:
        commit_by_hand(clone.folder, {"stock/老 客.md": f"{clone.who}\n".encode()})
    two.clones[0]("sync")
    other = two.clones[1]
    before = other.head
    done = other("sync")
    assert done.code == 1
    assert "stock/老 客.md" in done.err
    assert other.head == before
    assert status(other.folder) == ""
    assert other.notes(its_id) == ["二"]
    # The way out that the hint names.
    other.git("pull", "-q", "--no-rebase", "--no-edit", fine=False)
    (other.folder / "stock/老 客.md").write_text("both\n")
    other.git("add", "-A")
    other.git("commit", "-q", "--no-edit")
    assert other("sync").code == 0
    two.settle()
    assert_agree(*two.clones)


def test_a_stray_file_beside_the_tickets_is_never_overwritten(two: World) -> None:
    diverged(two)
    for clone in two.clones:
        commit_by_hand(clone.folder, {"tickets/notes.txt": f"{clone.who}\n".encode()})
    two.clones[0]("sync")
    done = two.clones[1]("sync")
    assert done.code == 1
    assert "tickets/notes.txt" in done.err
    assert (two.clones[1].folder / "tickets/notes.txt").read_text() == "wang\n"


def test_links_and_executables_come_as_what_they_are(two: World) -> None:
    one, other = two.clones
    its_id = diverged(two)
    (one.folder / "tool.sh").write_text("#!/bin/sh\n")
    (one.folder / "tool.sh").chmod(0o755)
    (one.folder / "tickets/link").symlink_to("../tool.sh")
    one.git("add", "-A")
    one.git("commit", "-q", "-m", "tools")
    one("sync")
    assert other("sync").code == 0
    assert (other.folder / "tickets/link").is_symlink()
    assert (other.folder / "tool.sh").stat().st_mode & stat.S_IXUSR
    assert status(other.folder) == ""
    assert other.notes(its_id) == ["一", "二"]


# -- a desk inside a larger repository --------------------------------------------------------


@pytest.fixture
def inside(tmp_path: Path) -> tuple[Clone, Clone]:
    """Two clones of a repository with source code and a desk in a folder with a Chinese name."""
    whole = tmp_path / "whole"
    git(tmp_path, "init", "-q", str(whole))
    commit_by_hand(whole, {"src/main.c": b"int main;\n" * 9, "客服 台/.keep": b""})
    first = Clone(whole / "客服 台", "lin")
    made = first("init", ".", "--lang", "en")
    assert made.code == 0, made.err
    git(tmp_path, "clone", "-q", "--bare", str(whole), "remote.git")
    found = []
    for who in ("lin", "wang"):
        git(tmp_path, "clone", "-q", "remote.git", who)
        git(tmp_path / who, "config", "user.email", f"{who}@shop.example")
        git(tmp_path / who, "config", "user.name", who)
        found.append(Clone(tmp_path / who / "客服 台", who))
    return found[0], found[1]


def test_a_desk_in_a_subfolder_syncs_with_the_code_around_it(inside: tuple[Clone, Clone]) -> None:
    one, other = inside
    its_id = one.new("杯子碎了")
    one.does("sync")
    other.does("sync")
    top = one.folder.parent, other.folder.parent
    one.does("note", its_id, "一", minute=1)
    commit_by_hand(top[0], {"src/main.c": b"int main;\n" * 9 + b"int more;\n", "tickets/x": b"x"})
    one.does("sync")
    other.does("note", its_id, "二", minute=2)
    commit_by_hand(top[1], {"src/main.c": b"int less;\n" + b"int main;\n" * 8, "b.c": b"b\n"})
    (top[1] / "draft.c").write_text("draft")
    other.does("sync")
    assert (top[1] / "src/main.c").read_text() == "int less;\n" + "int main;\n" * 8 + "int more;\n"
    assert (top[1] / "tickets/x").exists()
    assert status(top[1]) == "?? draft.c"
    one.does("sync")
    assert one.files == other.files
    assert one.notes(its_id) == ["一", "二"]


# -- a kill at any moment ---------------------------------------------------------------------

STEPS = ("fetch", "merge-base", "diff-tree", "fast-import", "read-tree", "update-ref", "push")


def killing_git(folder: Path, victim: str, when: str) -> Path:
    """A folder with a ``git`` that kills whoever calls it, before or after doing ``victim``."""
    real = subprocess.run(["which", "git"], capture_output=True, text=True, check=True).stdout
    folder.mkdir()
    script = folder / "git"
    script.write_text(f"""#!/bin/sh
for word in "$@"; do case "$word" in -c|-n|*=*) ;; *) break ;; esac; done
dry=; for w in "$@"; do [ "$w" = -n ] && dry=1; done
if [ "$word" = {victim} ] && [ -z "$dry" ]; then
  [ {when} = after ] && {real.strip()} "$@" >/dev/null 2>&1
  [ {when} = meanwhile ] && ( kill -9 $PPID; sleep 0.3; exec {real.strip()} "$@" )
  kill -9 $PPID; exit 1
fi
exec {real.strip()} "$@"
""")
    script.chmod(0o755)
    return folder


@pytest.mark.parametrize("when", ["before", "after", "meanwhile"])
@pytest.mark.parametrize("victim", STEPS)
def test_a_kill_at_any_step_loses_nothing(
    two: World, tmp_path: Path, victim: str, when: str
) -> None:
    its_id = diverged(two)
    one, other = two.clones
    commit_by_hand(one.folder, {"run.sh": b"run\n"})
    (one.folder / "run.sh").chmod(0o755)
    one.git("commit", "-q", "-am", "x")
    one("sync")
    bad = killing_git(tmp_path / "bin", victim, when)
    env = settings_for({"TKT_ACTOR": other.who, "PATH": f"{bad}:{os.environ['PATH']}"})
    process = subprocess.run([sys.executable, "-m", "tkt", "sync"], cwd=other.folder, env=env,
                             capture_output=True, check=False)  # fmt: skip
    assert process.returncode == -signal.SIGKILL, process.stderr
    other.does("note", its_id, "三", minute=3)
    assert status(other.folder) == ""
    assert "二" in other.notes(its_id)
    assert other("sync").code == 0
    assert other.notes(its_id) == ["一", "二", "三"]
    assert_sound(other)
    two.settle()
    assert_agree(*two.clones)


@pytest.mark.parametrize("when", ["before", "meanwhile"])
def test_a_kill_before_the_checkout_leaves_no_code_behind(
    inside: tuple[Clone, Clone], tmp_path: Path, when: str
) -> None:
    one, other = inside
    top = one.folder.parent, other.folder.parent
    (top[0] / "src/run.sh").write_text("run\n")
    (top[0] / "src/run.sh").chmod(0o755)
    (top[0] / "src/link").symlink_to("run.sh")
    (top[0] / "src/main.c").unlink()
    git(top[0], "add", "-A")
    git(top[0], "commit", "-q", "-m", "code")
    its_id = one.new("杯子碎了")
    one.does("sync")
    bad = killing_git(tmp_path / "bin", "read-tree", when)
    env = settings_for({"TKT_ACTOR": "wang", "PATH": f"{bad}:{os.environ['PATH']}"})
    process = subprocess.run([sys.executable, "-m", "tkt", "sync"], cwd=other.folder, env=env,
                             capture_output=True, check=False)  # fmt: skip
    assert process.returncode == -signal.SIGKILL, process.stderr
    other.does("note", its_id, "好", minute=3)
    assert status(top[1]) == ""
    assert (top[1] / "src/link").is_symlink()
