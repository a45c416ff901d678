"""Many processes on one clone at the same time: they queue up, and nothing of anybody is lost."""

from __future__ import annotations

import subprocess
import sys
import threading
from collections import Counter
from typing import TYPE_CHECKING

import pytest

from conftest import Runner, settings_for, start_process
from desks import ME, assert_index_is_right, git, log, notes_in, status

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.slow

AGENTS = [f"agent{n}" for n in range(8)]
LOOP = """
import sys
from tkt.cli.main import run
for n in range(int(sys.argv[1])):
    assert run([word.replace("%n", str(n)) for word in sys.argv[2:]]) == 0, n
"""


def in_a_loop(desk: Path, times: int, *args: str, actor: str) -> subprocess.Popen[bytes]:
    """A process that runs a command so often, ``%n`` being the number of the round."""
    return subprocess.Popen(
        [sys.executable, "-c", LOOP, str(times), *args],
        cwd=desk, env=settings_for({"TKT_ACTOR": actor}),
        stdout=subprocess.PIPE, stderr=subprocess.PIPE,
    )  # fmt: skip


def all_well(processes: list[subprocess.Popen[bytes]]) -> None:
    for process in processes:
        _, err = process.communicate()
        assert process.returncode == 0, err.decode()


def test_forty_notes_of_eight_processes_on_one_ticket_are_all_kept(desk: Path, tkt: Runner) -> None:
    ticket = tkt.new()
    all_well([in_a_loop(desk, 5, "note", ticket, f"{a} %n", actor=a) for a in AGENTS])
    said = notes_in(desk, ticket)
    assert sorted(said) == sorted(f"{a} {n}" for a in AGENTS for n in range(5))
    for agent in AGENTS:
        mine = [text for text in said if text.startswith(f"{agent} ")]
        assert mine == [f"{agent} {n}" for n in range(5)], "each in the order it was said"
    notes = log(desk, "%an", "--grep=^Action: note$")
    assert Counter(notes) == dict.fromkeys(AGENTS, 5)
    timeline = tkt("show", ticket, "--json").json["timeline"]
    assert Counter(e["by"] for e in timeline if e["do"] == "note") == dict.fromkeys(AGENTS, 5)
    assert len({e["id"] for e in timeline}) == 41
    assert status(desk) == ""
    assert_index_is_right(desk)


def test_twenty_tickets_opened_at_once_are_twenty_tickets(desk: Path, tkt: Runner) -> None:
    processes = [start_process(desk, "new", f"t{n}", "--json") for n in range(20)]
    for process in processes:
        _, err = process.communicate()
        assert process.returncode == 0, err
    tickets = tkt("list", "--json", "--limit", "0").json
    assert sorted(t["title"] for t in tickets) == sorted(f"t{n}" for n in range(20))
    assert len({t["id"] for t in tickets}) == 20
    assert status(desk) == ""
    assert_index_is_right(desk)


@pytest.mark.parametrize("way", ["stream", "plain"])
def test_a_person_who_commits_with_git_at_the_same_time_loses_nothing(
    desk: Path, tkt: Runner, way: str
) -> None:
    if way == "plain":
        (desk / ".git/hooks").mkdir(exist_ok=True)
        (desk / ".git/hooks/post-commit").write_text("#!/bin/sh\n")
        (desk / ".git/hooks/post-commit").chmod(0o755)
    ticket = tkt.new()
    done: list[str] = []
    finished = threading.Event()

    def person() -> None:
        number = 0
        while not finished.is_set():
            number += 1
            (desk / f"mine{number % 3}.txt").write_text(f"{number}\n")
            add = ["git", "add", f"mine{number % 3}.txt"]
            commit = ["git", *ME, "commit", "-q", "-m", f"mine {number}"]
            if not any(
                subprocess.run(c, cwd=desk, capture_output=True, check=False).returncode
                for c in (add, commit)
            ):
                done.append(f"mine {number}")
            finished.wait(0.02)

    hand = threading.Thread(target=person)
    hand.start()
    try:
        all_well([in_a_loop(desk, 8, "note", ticket, f"{a} %n", actor=a) for a in AGENTS[:2]])
    finally:
        finished.set()
        hand.join()
    assert len(notes_in(desk, ticket)) == 16
    assert log(desk, "%s", "--reverse", "--grep=^mine ") == done
    assert done, "the person got through as well"
    tkt("list")
    left = {line[3:] for line in status(desk).splitlines()}
    assert all(name.startswith("mine") for name in left), left
    for line in log(desk, "%h", "--grep=^mine "):
        names = git(desk, "show", "--name-only", "--format=", line).splitlines()
        assert all(name.startswith("mine") for name in names), names
    assert_index_is_right(desk)
