"""``kill -9`` at any moment: an accepted action stays, nothing half done does."""

from __future__ import annotations

import contextlib
import os
import random
import re
import signal
import subprocess
import sys
import time
from glob import glob
from typing import TYPE_CHECKING

import pytest

from conftest import Runner, settings_for
from desks import assert_index_is_right, git, log, notes_in, status
from tkt.storage.lock import held

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.slow

KILLS = int(os.environ.get("TKT_TEST_KILLS", "24"))

LOOP = """
import sys
from tkt.cli.main import run
ticket, start = sys.argv[1], int(sys.argv[2])
for n in range(start, start + 1000):
    assert run(["note", ticket, f"n{n}"]) == 0
    print(f"accepted n{n}", flush=True)
"""

AT = """
import os, signal, subprocess, sys
from tkt.storage import commits, files, git, indexing, transaction, worktree
from tkt.storage.desk import Desk

def die(*args, **kwargs):
    os.kill(os.getpid(), signal.SIGKILL)

def before(owner, name):
    setattr(owner, name, die)

def after(owner, name):
    real = getattr(owner, name)
    def run(*args, **kwargs):
        real(*args, **kwargs)
        die()
    setattr(owner, name, run)

def mid_stream():
    commits.Stream.group = commits.Stream.finish = die

def sent_and_not_awaited():
    # Everything is told to Git, "done" as well; it goes on although nobody waits for it.
    def finish(self):
        self._process.stdin.write(b"done\\n")
        self._process.stdin.flush()
        die()
    commits.Stream.finish = finish

def between_write_and_rename():
    real = os.replace
    def replace(old, new):
        if new.endswith(".yaml"):
            die()
        real(old, new)
    os.replace = replace

def git_goes_on():
    # A commit with a slow hook is under way when we are killed.
    real = git.Git.run
    def run(self, *args, **kwargs):
        if "commit" in args:
            subprocess.Popen(["git", *args], cwd=self.top, env={**self.environment,
                **(kwargs.get("env") or {})}, stdin=subprocess.PIPE).stdin.write(kwargs["stdin"])
            import time
            while not os.path.exists(f"{self.gitdir}/hook-runs"):
                time.sleep(0.01)
            die()
        return real(self, *args, **kwargs)
    git.Git.run = run

exec(sys.argv[1])
from tkt.cli.main import run
sys.exit(run(sys.argv[2:]))
"""

STREAM = [
    "before(worktree.Worktree, 'begin')",
    "after(worktree.Worktree, 'begin')",
    "after(worktree.Worktree, 'hold_index')",
    "mid_stream()",
    "sent_and_not_awaited()",
    "after(commits.Stream, 'finish')",
    "before(indexing, 'end')",
    "after(indexing, 'end')",
    "before(worktree.Worktree, 'place')",
    "between_write_and_rename()",
    "before(worktree.Worktree, 'stage')",
    "after(worktree.Worktree, 'stage')",
    "before(worktree.Worktree, 'end')",
    "after(files, 'copy')",
    "before(worktree.Worktree, 'let_go')",
    "after(worktree.Worktree, 'let_go')",
    "after(worktree.Worktree, 'end')",
    "after(Desk, 'follow')",
]
PLAIN = [
    "after(worktree.Worktree, 'begin')",
    "between_write_and_rename()",
    "after(files, 'keep')",
    "after(files, 'write')",
    "before(commits.Plain, '_commit')",
    "after(commits.Plain, '_commit')",
    "after(commits.Plain, 'add')",
    "before(commits.Plain, 'group')",
    "after(commits.Plain, 'group')",
    "after(commits.Plain, 'finish')",
    "before(worktree.Worktree, 'end')",
    "after(Desk, 'follow')",
]


def killed_at(desk: Path, where: str, *args: str) -> None:
    """Run a command that really kills itself at a point; it must have got there."""
    done = subprocess.run(
        [sys.executable, "-c", AT, where, *args],
        cwd=desk, env=settings_for({}), capture_output=True, check=False,
    )  # fmt: skip
    assert done.returncode == -signal.SIGKILL, (where, done.returncode, done.stderr.decode())
    while is_at_work_in(desk):
        time.sleep(0.01)  # what was told to Git goes on, and what comes next is asked after it


def is_at_work_in(folder: Path) -> bool:
    """Whether any process has its place in a folder."""
    for place in glob("/proc/[0-9]*/cwd"):
        with contextlib.suppress(OSError):
            if os.readlink(place) == str(folder):
                return True
    return False


def all_is_whole(desk: Path, tkt: Runner, ticket: str, accepted: list[str]) -> list[str]:
    """The next commands just work, every accepted note is there, once; the notes."""
    listed = tkt("list", "--json")
    assert listed.code == 0, listed.err
    assert status(desk) == ""
    assert tkt("note", ticket, "next").code == 0
    said = notes_in(desk, ticket)
    assert said[-1] == "next"
    assert [n for n in said if n in accepted] == accepted
    assert len(log(desk, "%h", "--grep=^Action: note$")) == len(said)
    timeline = tkt("show", ticket, "--json").json["timeline"]
    assert [event["text"] for event in timeline if event["do"] == "note"] == said
    assert status(desk) == ""
    assert_index_is_right(desk)
    assert git(desk, "fsck", "--strict", "--no-dangling") == ""
    assert not list((desk / "tickets").rglob(".tkt-writing-*"))
    assert not list((desk / ".git").glob("index.lock"))
    assert not list((desk / ".git/tkt").glob("stage-*"))
    return said


@pytest.mark.parametrize("where", STREAM)
@pytest.mark.parametrize("command", ["note", "new"])
def test_a_kill_at_each_step_leaves_all_or_nothing(
    desk: Path, tkt: Runner, where: str, command: str
) -> None:
    ticket = tkt.new()
    tkt("note", ticket, "first")
    args = ("note", ticket, "killed") if command == "note" else ("new", "killed")
    killed_at(desk, where, *args)
    said = all_is_whole(desk, tkt, ticket, ["first"])
    assert said in (["first", "next"], ["first", "killed", "next"])
    titles = [t["title"] for t in tkt("list", "--json").json]
    assert len(titles) == len(list((desk / "tickets").rglob("*.yaml")))


@pytest.mark.parametrize("where", [w for w in STREAM if "sent" not in w])
def test_a_kill_in_a_run_of_many_leaves_all_or_nothing(desk: Path, tkt: Runner, where: str) -> None:
    tickets = [tkt.new(f"t{n}") for n in range(3)]
    killed_at(desk, where, "set", *tickets, "priority=high")
    tkt("list")
    assert status(desk) == ""
    high = {t["priority"] for t in tkt("list", "--json").json}
    assert len(high) == 1, "all of them or none"
    all_is_whole(desk, tkt, tickets[0], [])


@pytest.mark.parametrize("where", PLAIN)
def test_a_kill_at_each_step_of_the_plain_way_leaves_each_action_whole(
    desk: Path, tkt: Runner, where: str
) -> None:
    hook(desk, "post-commit", "exit 0")
    tickets = [tkt.new("a"), tkt.new("b")]
    tkt("note", tickets[0], "first")
    killed_at(desk, where, "set", *tickets, "priority=high")
    all_is_whole(desk, tkt, tickets[0], ["first"])


def hook(desk: Path, name: str, script: str) -> None:
    path = desk / ".git/hooks" / name
    path.parent.mkdir(exist_ok=True)
    path.write_text(f"#!/bin/sh\n{script}\n")
    path.chmod(0o755)


def test_a_commit_that_goes_on_after_its_command_was_killed_is_waited_for(
    desk: Path, tkt: Runner
) -> None:
    ticket = tkt.new()
    hook(desk, "pre-commit", "test -e .git/once || { touch .git/once .git/hook-runs; sleep 0.7; }")
    killed_at(desk, "git_goes_on()", "note", ticket, "killed")
    said = all_is_whole(desk, tkt, ticket, [])
    assert said in (["killed", "next"], ["next"])


def test_kills_at_random_moments_lose_nothing(desk: Path, tkt: Runner) -> None:
    """The moments are drawn anew in every run; the seed is said when one is found to hurt."""
    seed = random.randrange(1 << 32)
    draw = random.Random(seed)
    ticket = tkt.new()
    accepted: list[str] = []
    ways = []
    for round_ in range(KILLS):
        process = subprocess.Popen(
            [sys.executable, "-c", LOOP, ticket, str(round_ * 1000)],
            cwd=desk, env=settings_for({}), stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
            text=True,
        )  # fmt: skip
        assert process.stdout
        heard = process.stdout.readline() if draw.random() < 0.9 else ""
        time.sleep(draw.random() * 0.12)
        process.kill()
        heard += process.stdout.read()
        process.wait()
        process.stdout.close()
        accepted += re.findall(r"^accepted (\w+)$", heard, re.MULTILINE)
        with held(str(desk / ".git/tkt/lock")):
            pass  # what Git was told to do before the kill is done, or given up
        before = status(desk)
        ways.append("dirty" if before else "clean")
        if draw.random() < 0.5:
            assert tkt("list", "--json").code == 0, seed
        else:
            assert tkt("note", ticket, f"after {round_}").code == 0, seed
            accepted.append(f"after {round_}")
        assert status(desk) == "", (seed, before)
        said = notes_in(desk, ticket)
        assert [note for note in said if note in set(accepted)] == accepted, seed
    all_is_whole(desk, tkt, ticket, accepted)
    print(
        f"{KILLS} kills, {ways.count('dirty')} in the middle of a write, {len(accepted)} accepted"
    )
