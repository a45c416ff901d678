"""Locks that a killed Git leaves: named to whoever waits, removed when they are nobody's."""

from __future__ import annotations

import os
import subprocess
import time
from typing import TYPE_CHECKING

import pytest

from desks import git, notes_in, status
from tkt.storage import git as git_module
from tkt.storage import gitlocks
from tkt.storage.commits import Stream
from tkt.storage.desk import Desk

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from conftest import Runner

OF_GIT = ("refs/heads/main.lock", "HEAD.lock", "index.lock", "packed-refs.lock", "config.lock")


@pytest.fixture(autouse=True)
def _impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(git_module, "INDEX_PATIENCE", 0.3)
    monkeypatch.setattr(gitlocks, "OWN_AGE", 0.0)


def left(desk: Path, name: str, *, young: bool = False) -> Path:
    """A lock that was made long ago, or just now."""
    lock = desk / ".git" / name
    lock.write_text("0\n")
    if not young:
        os.utime(lock, (1e9, 1e9))
    return lock


def objects(desk: Path) -> int:
    return sum(len(names) for _, _, names in os.walk(desk / ".git/objects"))


@pytest.fixture
def at_work(desk: Path) -> Iterator[subprocess.Popen[bytes]]:
    """A person's Git that goes on in the desk."""
    command = ["git", "hash-object", "--stdin"]
    with subprocess.Popen(command, cwd=desk, stdin=subprocess.PIPE) as process:
        yield process
        process.kill()


@pytest.mark.parametrize("name", ["refs/heads/main.lock", "HEAD.lock"])
def test_a_branch_that_stays_locked_is_busy_by_name_and_nothing_is_written(
    desk: Path, tkt: Runner, name: str
) -> None:
    ticket = tkt.new()
    lock = left(desk, name)
    before = objects(desk)
    result = tkt("note", ticket, "一")
    assert (result.code, result.out) == (4, "")
    assert str(lock) in result.err
    assert "tkt doctor --fix" in result.err
    assert (objects(desk), notes_in(desk, ticket), status(desk)) == (before, [], "")
    lock.unlink()
    assert tkt("note", ticket, "一").code == 0


def test_a_lock_that_comes_while_a_run_is_written_costs_its_objects_once(
    desk: Path, tkt: Runner, monkeypatch: pytest.MonkeyPatch
) -> None:
    ticket = tkt.new()
    begun = []
    begin = Stream._begin

    def late(self: Stream) -> subprocess.Popen[bytes]:
        if self._process is None:
            begun.append(left(desk, "refs/heads/main.lock"))
        return begin(self)

    monkeypatch.setattr(Stream, "_begin", late)
    result = tkt("note", ticket, "一")
    assert (result.code, len(begun)) == (4, 1)
    assert str(begun[0]) in result.err
    assert (notes_in(desk, ticket), status(desk)) == ([], "")


def test_a_lock_that_goes_in_time_stops_no_run(
    desk: Path, tkt: Runner, monkeypatch: pytest.MonkeyPatch
) -> None:
    ticket = tkt.new()
    monkeypatch.setattr(git_module, "INDEX_PATIENCE", 60.0)
    begin, move = Stream._begin, gitlocks.move_branch

    def locked(self: Stream) -> subprocess.Popen[bytes]:
        left(desk, "refs/heads/main.lock")
        return begin(self)

    def freed(*args: object) -> bytes | None:
        (desk / ".git/refs/heads/main.lock").unlink()
        return move(*args)  # type: ignore[arg-type]

    monkeypatch.setattr(Stream, "_begin", locked)
    monkeypatch.setattr(gitlocks, "move_branch", freed)
    assert tkt("note", ticket, "一").code == 0
    assert (notes_in(desk, ticket), status(desk)) == (["一"], "")


def test_where_git_commits_itself_a_locked_branch_is_told_by_name_too(
    desk: Path, tkt: Runner
) -> None:
    (desk / ".git/hooks").mkdir()
    (desk / ".git/hooks/post-commit").write_text("#!/bin/sh\n")
    (desk / ".git/hooks/post-commit").chmod(0o755)
    ticket = tkt.new()
    lock = left(desk, "refs/heads/main.lock")
    result = tkt("note", ticket, "一")
    assert (result.code, result.out) == (4, "")
    assert str(lock) in result.err
    assert (notes_in(desk, ticket), status(desk)) == ([], "")


@pytest.mark.parametrize("name", ["refs/heads/main.lock", "HEAD.lock"])
def test_the_next_command_removes_what_its_killed_one_has_left(
    desk: Path, tkt: Runner, name: str
) -> None:
    ticket = tkt.new()
    Desk(str(desk)).tree.begin(git(desk, "rev-parse", "HEAD"))
    lock = left(desk, name, young=True)
    assert tkt("note", ticket, "一").code == 0
    assert not lock.exists()
    assert (notes_in(desk, ticket), status(desk)) == (["一"], "")


def test_a_lock_from_before_a_killed_command_is_somebody_elses(desk: Path, tkt: Runner) -> None:
    ticket = tkt.new()
    Desk(str(desk)).tree.begin(git(desk, "rev-parse", "HEAD"))
    lock = left(desk, "refs/heads/main.lock")
    assert tkt("note", ticket, "一").code == 4
    assert lock.exists()


def test_a_lock_stays_while_somebodys_git_is_at_work(
    desk: Path, tkt: Runner, at_work: subprocess.Popen[bytes]
) -> None:
    ticket = tkt.new()
    Desk(str(desk)).tree.begin(git(desk, "rev-parse", "HEAD"))
    lock = left(desk, "refs/heads/main.lock", young=True)
    assert tkt("note", ticket, "一").code == 4
    os.utime(lock, (0, 0))
    result = tkt("doctor", "--fix")
    assert (result.code, lock.exists()) == (1, True)
    assert f"git hash-object ({at_work.pid})" in result.out
    at_work.kill()
    at_work.wait()
    assert tkt("doctor", "--fix").code == 0
    assert not lock.exists()
    assert tkt("note", ticket, "一").code == 0


@pytest.mark.parametrize("name", OF_GIT)
def test_the_doctor_finds_a_lock_that_nobody_holds_and_removes_it(
    desk: Path, tkt: Runner, name: str
) -> None:
    lock = left(desk, name)
    (row,) = tkt("doctor", "--json").json
    assert (row["check"], row["path"], row["fixable"]) == ("lock", str(lock), True)
    assert lock.exists()
    assert tkt("doctor", "--fix").code == 0
    assert not lock.exists()
    assert tkt("new", "杯子碎了").code == 0


def test_a_young_lock_is_given_time_to_go(
    desk: Path, tkt: Runner, monkeypatch: pytest.MonkeyPatch
) -> None:
    lock = left(desk, "index.lock", young=True)
    monkeypatch.setattr(time, "sleep", lambda _: lock.unlink(missing_ok=True))
    assert tkt("doctor", "--json").json == []


def test_a_git_elsewhere_and_one_that_only_reads_are_not_at_work_here(
    desk: Path, tmp_path: Path
) -> None:
    here = Desk(str(desk)).git
    assert gitlocks.at_work(here) is None
    reading = ["git", "cat-file", "--batch"]
    other = ["git", "-c", "x.y=z", "hash-object", "--stdin"]
    (tmp_path / "elsewhere").mkdir()
    with (
        subprocess.Popen(reading, cwd=desk, stdin=subprocess.PIPE),
        subprocess.Popen(other, cwd=tmp_path / "elsewhere", stdin=subprocess.PIPE),
    ):
        assert gitlocks.at_work(here) is None
    with subprocess.Popen(other, cwd=desk / "workflows", stdin=subprocess.PIPE) as process:
        # A process that has just begun is not told by name at once.
        waited = time.monotonic() + 60
        while (found := gitlocks.at_work(here)) is None and time.monotonic() < waited:
            time.sleep(0.01)
        assert found == f"git hash-object ({process.pid})"


def test_without_a_folder_of_processes_any_git_may_be_at_work(
    desk: Path, monkeypatch: pytest.MonkeyPatch, at_work: subprocess.Popen[bytes]
) -> None:
    assert gitlocks._any_git() is not None
    monkeypatch.setenv("PATH", "/nowhere")
    assert gitlocks._any_git() == "git (?)"
