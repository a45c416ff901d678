"""Syncing with a remote: races, refusals, remotes that are not as they should be."""

from __future__ import annotations

import shutil
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from clones import Clone, World, assert_agree, assert_sound, diverged, make_world
from conftest import start_process
from desks import commit_by_hand, git, status

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def two(desk_template: Path, tmp_path: Path) -> World:
    return make_world(desk_template, tmp_path, 2)


def script(path: Path, text: str) -> None:
    path.parent.mkdir(exist_ok=True)
    path.write_text(f"#!/bin/sh\n{text}\n")
    path.chmod(0o755)


def assert_refused(clone: Clone, code: int, *words: str) -> None:
    """One clear line (and perhaps a hint), and nothing has changed."""
    before = clone.head, status(clone.folder)
    done = clone("sync")
    assert done.code == code, done.err + done.out
    assert done.out == ""
    lines = done.err.splitlines()
    assert len(lines) <= 2, done.err
    assert all(word in lines[0] for word in words), done.err
    assert (clone.head, status(clone.folder)) == before
    assert clone("sync", "--json").code == code


# -- races ------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["refs/heads/main.lock", "refs/remotes/origin/main.lock"])
def test_a_lock_that_a_killed_git_left_is_told_by_name(
    two: World, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    one, other = two.clones
    its_id = one.new("杯子碎了")
    two.settle()
    other.does("note", its_id, "一")
    other.does("sync")
    lock = one.folder / ".git" / name
    lock.write_text("0\n")
    monkeypatch.setattr("tkt.storage.git.INDEX_PATIENCE", 0.2)
    done = one("sync")
    assert (done.code, done.out, str(lock) in done.err) == (4, "", True)
    lock.unlink()
    one.does("sync")
    assert one.notes(its_id) == ["一"]


def test_four_clones_that_sync_in_a_loop_all_get_through(
    desk_template: Path, tmp_path: Path
) -> None:
    world = make_world(desk_template, tmp_path, 4)
    its_id = world.clones[0].new("杯子碎了")
    world.settle()
    loop = (
        "import subprocess, sys\n"
        "for n in range(3):\n"
        "    for args in (['note', sys.argv[1], f'{sys.argv[2]} {n}'], ['sync']):\n"
        "        done = subprocess.run([sys.executable, '-m', 'tkt', *args], capture_output=True)\n"
        "        assert done.returncode == 0, done.stderr\n"
    )
    processes = [
        subprocess.Popen([sys.executable, "-c", loop, its_id, clone.who], cwd=clone.folder,
                         stderr=subprocess.PIPE)
        for clone in world.clones
    ]  # fmt: skip
    for process in processes:
        _, errors = process.communicate()
        assert process.returncode == 0, errors.decode()
    world.settle()
    assert_agree(*world.clones)
    said = {f"{clone.who} {n}" for clone in world.clones for n in range(3)}
    assert set(world.clones[0].notes(its_id)) == said


def test_several_syncs_in_one_clone_at_once_all_get_through(two: World) -> None:
    one, other = two.clones
    its_id = one.new("杯子碎了")
    two.settle()
    for minute in range(3):
        one.does("note", its_id, f"一 {minute}", minute=minute)
        one.does("sync")
        other.does("note", its_id, f"二 {minute}", minute=minute)
        processes = [start_process(other.folder, "sync") for _ in range(4)]
        for process in processes:
            _, errors = process.communicate()
            assert process.returncode == 0, errors
    two.settle()
    assert len(one.notes(its_id)) == 6
    assert_agree(*two.clones)


def test_a_person_who_pushes_in_between_only_makes_it_try_again(two: World) -> None:
    one, other = two.clones
    its_id = one.new("杯子碎了")
    two.settle()
    one.does("note", its_id, "一", minute=1)
    other.does("note", its_id, "二", minute=2)
    # The moment between fetch and push: the hook runs once our commits are ready to go.
    script(other.folder / ".git/hooks/pre-push",
           f"[ -e done ] || {{ touch ../done; cd {one.folder} && env -u GIT_DIR git push -q; }}\n"
           "mv ../done .git/done 2>/dev/null; exit 0")  # fmt: skip
    done = other.does("sync")
    assert done["attempts"] == 2
    assert other.notes(its_id) == ["一", "二"]
    two.settle()
    assert_agree(*two.clones)


def test_a_branch_that_may_not_be_moved_is_no_race(two: World) -> None:
    one, other = two.clones
    one.new("杯子碎了")
    one.does("sync")
    hook = other.folder / ".git/hooks/reference-transaction"
    script(hook, 'while read -r _ _ ref; do case "$ref" in refs/heads/*) exit 1 ;; esac; done')
    assert_refused(other, 5, "hook")
    hook.unlink()
    two.settle()
    assert_agree(*two.clones)


def test_a_branch_that_moves_every_time_ends_the_sync(two: World) -> None:
    """A lock that a crashed Git has left looks just like that."""
    its_id = diverged(two)
    other = two.clones[1]
    left = other.folder / ".git/refs/heads/main.lock"
    left.touch()
    assert_refused(other, 4)
    left.unlink()
    two.settle()
    assert other.notes(its_id) == ["一", "二"]
    assert_agree(*two.clones)


def test_who_is_overtaken_every_time_gives_up_and_says_so(two: World) -> None:
    one, other = two.clones
    one.new("杯子碎了")
    other.new("鞋子脱胶")
    script(two.remote / "hooks/update", "echo 'cannot lock ref' >&2; exit 1")
    done = other("sync")
    assert done.code == 4
    assert "30" in done.err
    (two.remote / "hooks/update").unlink()
    two.settle()
    assert_agree(*two.clones)


# -- remotes ----------------------------------------------------------------------------------


def test_no_remote_is_one_clear_line(desk: Path) -> None:
    assert_refused(Clone(desk, "lin"), 1, "no remote")


def test_an_unknown_remote_is_not_found(two: World) -> None:
    done = two.clones[0]("sync", "elsewhere")
    assert done.code == 3
    assert "origin" in done.err


@pytest.mark.parametrize(
    "address",
    ["/nowhere/at/all.git", "file:///nowhere.git", "ext::sh -c true", "git://127.0.0.1:1/x"],
)
def test_a_remote_that_cannot_be_reached_is_one_clear_line(two: World, address: str) -> None:
    one = two.clones[0]
    its_id = one.new("杯子碎了")
    one.git("remote", "set-url", "origin", address)
    assert_refused(one, 5, "origin")
    assert one.ticket(its_id)


def test_an_empty_remote_gets_everything(two: World, tmp_path: Path) -> None:
    one = two.clones[0]
    its_id = one.new("杯子碎了")
    git(tmp_path, "init", "-q", "--bare", "empty.git")
    one.git("remote", "add", "my.new", str(tmp_path / "empty.git"))
    done = one.does("sync", "my.new")
    assert done["went"] == [its_id]
    assert git(tmp_path / "empty.git", "rev-parse", "main") == one.head


def test_an_unrelated_history_is_refused(two: World, tmp_path: Path, desk_template: Path) -> None:
    other = tmp_path / "other"
    git(tmp_path, "init", "-q", str(other))
    commit_by_hand(other, {"a.txt": b"a"})
    one = two.clones[0]
    one.git("remote", "set-url", "origin", str(other))
    assert_refused(one, 1, "history")


def test_a_remote_branch_that_is_gone_is_made_again(two: World) -> None:
    one = two.clones[0]
    git(two.remote, "update-ref", "-d", "refs/heads/main")
    assert one("sync").code == 0
    assert git(two.remote, "rev-parse", "main") == one.head


def test_a_shallow_clone_syncs_or_says_how(two: World, tmp_path: Path) -> None:
    one = two.clones[0]
    its_id = one.new("杯子碎了")
    one.does("sync")
    git(tmp_path, "clone", "-q", "--depth", "1", f"file://{two.remote}", "shallow")
    mine = Clone(tmp_path / "shallow", "zhao")
    one.does("note", its_id, "一", minute=1)
    one.does("sync")
    mine.does("note", its_id, "二", minute=2)
    done = mine("sync")
    assert done.code == 0, done.err
    assert mine.notes(its_id) == ["一", "二"]
    assert_sound(mine)
    two.settle()
    assert one.notes(its_id) == ["一", "二"]


def test_the_branch_that_ours_follows_may_have_another_name(two: World, tmp_path: Path) -> None:
    one, other = two.clones
    for clone in two.clones:
        clone.git("push", "-q", "origin", "main:refs/heads/desk")
        clone.git("fetch", "-q")
        clone.git("branch", "-q", "--set-upstream-to=origin/desk", "main")
    before = git(two.remote, "rev-parse", "main")
    its_id = one.new("杯子碎了")
    assert one.does("sync")["branch"] == "desk"
    other.does("sync")
    assert other.ticket(its_id)
    assert git(two.remote, "rev-parse", "main") == before


def test_a_single_branch_clone_on_another_branch_syncs(two: World) -> None:
    one, other = two.clones
    for clone in two.clones:
        clone.git("checkout", "-q", "-b", "late")
        clone.git("config", "remote.origin.fetch", "+refs/heads/main:refs/remotes/origin/main")
    its_id = one.new("杯子碎了")
    one.does("sync")
    other.new("鞋子脱胶")
    other.does("sync")
    assert other.ticket(its_id)


def test_a_linked_work_tree_syncs(two: World, tmp_path: Path) -> None:
    one = two.clones[0]
    one.git("worktree", "add", "-q", "-b", "side", str(tmp_path / "side"))
    side = Clone(tmp_path / "side", "lin")
    side.new("杯子碎了")
    assert side.does("sync")["branch"] == "side"
    assert git(two.remote, "rev-parse", "side") == side.head
    assert one.head == git(two.remote, "rev-parse", "main")


def test_variables_of_a_hook_lead_nowhere_else(
    two: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    git(tmp_path, "init", "-q", "decoy")
    monkeypatch.setenv("GIT_DIR", str(tmp_path / "decoy/.git"))
    its_id = two.clones[0].new("杯子碎了")
    done = two.clones[0]("sync")
    monkeypatch.delenv("GIT_DIR")
    assert done.code == 0, done.err
    two.settle()
    assert two.clones[1].ticket(its_id)


# -- hooks and signatures ---------------------------------------------------------------------


@pytest.mark.parametrize("hook", ["pre-receive", "update"])
def test_a_remote_that_refuses_says_why_and_nothing_is_lost(two: World, hook: str) -> None:
    one = two.clones[0]
    its_id = one.new("杯子碎了")
    script(two.remote / "hooks" / hook, "echo 'the audit says no' >&2; exit 1")
    assert_refused(one, 5, "push", "the audit says no")
    (two.remote / "hooks" / hook).unlink()
    assert one.does("sync")["went"] == [its_id]


def test_our_own_pre_push_hook_is_heard(two: World) -> None:
    one = two.clones[0]
    one.new("杯子碎了")
    script(one.folder / ".git/hooks/pre-push", "echo 'not on a Friday' >&2; exit 1")
    assert_refused(one, 5, "not on a Friday")


def test_fetching_only_pushes_nothing(two: World) -> None:
    one, other = two.clones
    its_id = one.new("杯子碎了")
    one.does("sync")
    other.new("鞋子脱胶")
    before = git(two.remote, "rev-parse", "main")
    done = other.does("sync", "--no-push")
    assert done["came"] == [its_id]
    assert done["went"] == []
    assert git(two.remote, "rev-parse", "main") == before


def test_a_merge_is_signed_where_commits_are(two: World, tmp_path: Path) -> None:
    if not shutil.which("ssh-keygen"):
        pytest.skip("needs ssh-keygen to sign with")
    one, other = two.clones
    its_id = one.new("杯子碎了")
    two.settle()
    key = tmp_path / "key"
    subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", key], check=True)
    (tmp_path / "signers").write_text(f"* {(tmp_path / 'key.pub').read_text()}")
    for name, value in (("gpg.format", "ssh"), ("user.signingkey", key), ("commit.gpgsign", "true"),
                        ("gpg.ssh.allowedSignersFile", tmp_path / "signers")):  # fmt: skip
        other.git("config", name, str(value))
    one.does("note", its_id, "一", minute=1)
    one.does("sync")
    other.does("note", its_id, "二", minute=2)
    other.does("sync")
    assert other.git("log", "-1", "--format=%G? %an %cI %s").startswith(
        "G wang 2026-11-21T15:00:00+08:00 sync with"
    )
    assert len(other.git("log", "-1", "--format=%P").split()) == 2
    two.settle()
    assert_agree(*two.clones)


def test_a_signature_that_fails_changes_nothing(two: World) -> None:
    diverged(two)
    other = two.clones[1]
    other.git("config", "commit.gpgsign", "true")
    other.git("config", "gpg.program", "false")
    assert_refused(other, 5)


# -- broken tickets ---------------------------------------------------------------------------


def test_a_broken_ticket_that_came_is_named_and_hinders_no_other(two: World) -> None:
    one, other = two.clones
    bad, good = one.new("杯子碎了"), one.new("鞋子脱胶")
    two.settle()
    commit_by_hand(one.folder, {one.path_of(bad): b"id: [\n"})
    one.git("push", "-q")
    other.does("note", good, "好", minute=1)
    done = other("sync")
    assert done.code == 0, done.err
    assert len(done.err.splitlines()) == 1
    assert bad in done.err
    other.does("note", good, "好了", minute=2)
    assert other("sync").code == 0
    assert status(other.folder) == ""


def test_a_ticket_broken_on_one_side_and_changed_on_the_other_is_left_to_a_person(
    two: World,
) -> None:
    one, other = two.clones
    bad = one.new("杯子碎了")
    two.settle()
    commit_by_hand(one.folder, {one.path_of(bad): b"id: [\n"})
    one.git("push", "-q")
    other.does("note", bad, "好", minute=1)
    assert_refused(other, 1, bad)
    # The way out that the hint names: Git stops as well, loudly.
    assert "CONFLICT" in other.git("pull", "--no-rebase", "--no-edit", fine=False)
    done = other("resolve")
    assert done.code == 1
    assert bad in done.err
    path = other.folder / one.path_of(bad)
    path.write_bytes(other.git("show", f"HEAD:{one.path_of(bad)}").encode() + b"\n")
    other.git("add", "-A")
    other.git("commit", "-q", "--no-edit")
    assert other("sync").code == 0
    assert other.notes(bad) == ["好"]
    two.settle()
    assert_agree(*two.clones)


def test_what_we_broke_ourselves_is_not_pushed(two: World) -> None:
    one, other = two.clones
    bad = one.new("杯子碎了")
    two.settle()
    text = one.files[one.path_of(bad)].replace(b"status: new\n", b"status: closed\n", 1)
    commit_by_hand(one.folder, {one.path_of(bad): text})
    assert_refused(one, 1, bad)
    assert other.does("sync")["came"] == []


def test_a_fault_that_the_remote_has_already_does_not_stop_us(two: World) -> None:
    one, other = two.clones
    bad = one.new("杯子碎了")
    two.settle()
    text = one.files[one.path_of(bad)].replace(b"status: new\n", b"status: closed\n", 1)
    commit_by_hand(one.folder, {one.path_of(bad): text})
    one.git("push", "-q")
    other.does("note", bad, "好", minute=1)
    assert other("sync").code == 0
    assert other.notes(bad) == ["好"]


@pytest.mark.parametrize("deleter", [0, 1])
def test_what_was_said_outlives_a_deletion_by_hand(two: World, deleter: int) -> None:
    its_id = two.clones[0].new("杯子碎了")
    two.settle()
    gone, talking = two.clones[deleter], two.clones[1 - deleter]
    commit_by_hand(gone.folder, {gone.path_of(its_id): None})
    talking.does("note", its_id, "还没完", minute=1)
    two.settle()
    for clone in two.clones:
        assert clone.notes(its_id) == ["还没完"]
    assert_agree(*two.clones)


def test_nothing_to_do_says_so(two: World) -> None:
    done = two.clones[0]("sync")
    assert done.code == 0
    assert "nothing" in done.out
