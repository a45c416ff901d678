"""``kill -9`` of a run that delivers: nothing is forgotten, and next to nothing comes twice."""

from __future__ import annotations

import os
import random
import time
from collections import Counter
from typing import TYPE_CHECKING

import pytest

from conftest import Runner, start_process
from desks import commit_by_hand, run_by_hand
from peers import receiver

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = [pytest.mark.slow, pytest.mark.network]

KILLS = int(os.environ.get("TKT_TEST_KILLS", "24"))
TEAM = b"""\
agents:
  zhao: {name: Zhao, notify: {via: hook}}
deliveries:
  hook: {kind: webhook, url: $TKT_HOOK}
"""


def test_kills_at_random_moments_forget_no_notice(desk: Path, tkt: Runner) -> None:
    """The moments are drawn anew in every run; the seed is said when one is found to hurt."""
    seed = random.randrange(1 << 32)
    draw = random.Random(seed)
    run_by_hand(desk)
    commit_by_hand(desk, {"team.yaml": TEAM})
    with receiver() as peer:
        said = {"TKT_HOOK": peer.url}
        tkt("notify", **said)
        ticket = tkt.new("杯子碎了")
        peer.hangs = 0.01
        notes = 0
        for _ in range(KILLS):
            for _ in range(draw.randrange(3)):
                notes += 1
                assert tkt("note", ticket, f"@zhao 第 {notes} 件").code == 0
            process = start_process(desk, "notify", said=said)
            time.sleep(draw.random() * 0.5)
            process.kill()
            process.communicate()
        peer.hangs = 0
        done = tkt("notify", "--json", **said)
        assert (done.code, done.json["waiting"], done.json["failed"]) == (0, 0, 0), (seed, done.err)
        heard = Counter(got.json["text"] for got in peer.got)
        assert set(heard) == {f"@zhao 第 {number} 件" for number in range(1, notes + 1)}, seed
        assert len(set(peer.keys)) == notes, seed
        twice = sum(count - 1 for count in heard.values())
        assert twice <= KILLS, "a kill may repeat what was just taken, and nothing else"
    print(f"{KILLS} kills, {notes} notices, {twice} came twice")
