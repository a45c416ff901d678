"""A sweep killed at any moment and run again ends the same as one that was not."""

from __future__ import annotations

import os
import random
import shutil
import signal
import time
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from conftest import Runner, run_here, start_process
from desks import assert_index_is_right, commit_by_hand, git, status
from tkt.storage.desk import Desk

if TYPE_CHECKING:
    from tkt.domain.ticket import Ticket

pytestmark = pytest.mark.slow

KILLS = int(os.environ.get("TKT_TEST_KILLS", "12"))
LATE = {"TKT_NOW": "2026-11-21T18:00:00+08:00"}
TIMES = """
sla: [{name: all, default: true, targets: {"*": {first_response: 10m, solution: 1h}}}]
escalation:
  - {at: 80%, tell: assignee}
  - {at: 100%, tell: assignee, priority: up}
  - {at: +30m, level: up, tell: assignee}
"""


@pytest.fixture
def overdue(tkt: Runner, desk: Path) -> Path:
    """Sixty tickets with some six things each to catch up with."""
    text = (desk / "workflows/simple.yaml").read_text(encoding="utf-8").partition("\nsla:")[0]
    commit_by_hand(desk, {"workflows/simple.yaml": f"{text}\n{TIMES}".encode()})
    (desk.parent / "new.jsonl").write_text(
        "".join(f'["new", "杯子 {n}", "--customer", "小王"]\n' for n in range(60)),
        encoding="utf-8",
    )
    assert tkt("batch", "../new.jsonl").code == 0
    return desk


def tickets(folder: Path) -> dict[str, Ticket]:
    desk = Desk(str(folder))
    ids = [row[0] for row in desk.index.select("SELECT id FROM tickets")]
    found = {ticket_id: desk.ticket(ticket_id) for ticket_id in ids}
    desk.index.close()
    return found


def test_it_ends_the_same(overdue: Path, tmp_path: Path) -> None:
    whole = Path(shutil.copytree(overdue, tmp_path / "whole"))
    begin = time.monotonic()
    assert run_here(whole, "sweep", **LATE).code == 0
    length = 2 * (time.monotonic() - begin) + 0.3
    draw = random.Random(11)
    for _ in range(KILLS):
        process = start_process(overdue, "sweep", said=LATE)
        time.sleep(draw.uniform(0.05, length))
        process.send_signal(signal.SIGKILL)
        process.communicate()
    assert run_here(overdue, "sweep", **LATE).code == 0
    assert status(overdue) == ""
    assert run_here(overdue, "check").code == 0
    assert_index_is_right(overdue)
    assert tickets(overdue) == tickets(whole)
    head = git(overdue, "rev-parse", "HEAD")
    assert run_here(overdue, "sweep", **LATE).code == 0
    assert git(overdue, "rev-parse", "HEAD") == head


def test_two_at_once_do_everything_once(overdue: Path, tmp_path: Path) -> None:
    whole = Path(shutil.copytree(overdue, tmp_path / "whole"))
    assert run_here(whole, "sweep", **LATE).code == 0
    processes = [start_process(overdue, "sweep", "--json", said=LATE) for _ in range(4)]
    for process in processes:
        _, err = process.communicate()
        assert process.returncode == 0, err
    assert tickets(overdue) == tickets(whole)
    assert len(git(overdue, "log", "--format=%H", "--merges", "--grep=^sweep").split()) == 1
