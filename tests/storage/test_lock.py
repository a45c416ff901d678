from __future__ import annotations

import os
import signal
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from conftest import Runner, start_process
from tkt.errors import Busy, Unavailable
from tkt.storage.git import Git
from tkt.storage.lock import held, held_run

if TYPE_CHECKING:
    from pathlib import Path

HOLD = """
import sys, time
from tkt.storage.git import Git
from tkt.storage.lock import held, held_run
with held(sys.argv[1]):
    print("held", flush=True)
    sys.stdin.read()
"""


def holder(path: Path) -> subprocess.Popen[bytes]:
    """A process that holds the lock until its standard input ends."""
    process = subprocess.Popen(
        [sys.executable, "-c", HOLD, str(path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    )
    assert process.stdout
    assert process.stdout.readline() == b"held\n"
    return process


def test_only_one_holds_the_lock(tmp_path: Path) -> None:
    path = tmp_path / "tkt/lock"
    with holder(path) as other:
        with pytest.raises(Busy), held(str(path), patience=0.05):
            raise AssertionError
        other.communicate()
    with held(str(path), patience=0):
        assert path.exists()
    assert path.exists(), "deleting it would let two in"


def test_a_killed_holder_leaves_no_lock_behind(tmp_path: Path) -> None:
    with holder(tmp_path / "lock") as other:
        other.send_signal(signal.SIGKILL)
        other.wait()
        with held(str(tmp_path / "lock"), patience=0):
            pass


def test_a_child_that_goes_on_keeps_the_lock_of_its_killed_parent(tmp_path: Path) -> None:
    path = str(tmp_path / "lock")
    child = "import sys; print('up', flush=True); sys.stdin.read()"
    with held(path) as lent:
        process = subprocess.Popen(
            [sys.executable, "-c", child], pass_fds=lent,
            stdin=subprocess.PIPE, stdout=subprocess.PIPE,
        )  # fmt: skip
        assert process.stdout
        process.stdout.readline()
    with pytest.raises(Busy), held(path, patience=0):
        raise AssertionError
    process.communicate()
    with held(path, patience=0):
        pass


def test_a_lock_that_cannot_be_made_is_unavailable(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(Unavailable), held(str(tmp_path / "file/lock")):
        raise AssertionError


def test_readers_wait_for_nobody(desk: Path, tkt: Runner) -> None:
    tkt.new()
    with holder(desk / ".git/tkt/lock") as other:
        assert len(tkt("list", "--json").json) == 1
        other.communicate()


def test_a_writer_waits_until_it_is_its_turn(desk: Path) -> None:
    with holder(desk / ".git/tkt/lock") as other:
        process = start_process(desk, "new", "x")
        with pytest.raises(subprocess.TimeoutExpired):
            process.wait(0.5)
        other.communicate()
        _, err = process.communicate()
        assert process.returncode == 0, err
    assert os.path.exists(desk / ".git/tkt/lock")


def test_a_run_is_alone_or_knows_that_it_is_not(desk: Path) -> None:
    git = Git.at(str(desk))
    with held_run(git, "sweep") as first, held_run(git, "sweep") as second:
        assert (first, second) == (True, False)
        with held_run(git, "notify") as other:
            assert other
        with held_run(Git(git.top, git.gitdir, git.common, "shop/"), "sweep") as elsewhere:
            assert elsewhere, "another desk of the same repository"
    with held_run(git, "sweep") as again:
        assert again


def test_busy_inside_a_run_is_not_taken_for_another_run(desk: Path) -> None:
    with pytest.raises(Busy), held_run(Git.at(str(desk)), "sweep"):
        raise Busy("lock.busy", seconds=1)
