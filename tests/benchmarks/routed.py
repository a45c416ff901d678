"""Finding agents: for ten thousand tickets at once, and by sweeps that find nobody."""

from __future__ import annotations

import os
import shutil
import time
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from measure import CLICK, TKT, against, run
from sample import FIRST_DAY, git, make_desk

from tkt.services.routing import reading
from tkt.storage.desk import Desk

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_TEAMS = ("presale", "aftersales", "complaint")
_ALL = 10_000
_PEOPLE = 200
_FLOW = """\
states: {new: {category: new}, open: {category: open}, done: {category: resolved}}
routing: {strategy: least_loaded, returning: 24h}
"""


def routing(bench: Any) -> Iterator[tuple[str, str, str]]:
    """Ten thousand waiting among two hundred agents; and all of them with nobody there."""
    folder = bench.home / "desk-routed"
    shutil.rmtree(folder, ignore_errors=True)
    make_desk(folder, _ALL, waiting=True)
    _staff(folder, there=False)
    now = FIRST_DAY + timedelta(days=70)
    os.environ["TKT_NOW"] = now.isoformat()
    try:
        run((*TKT, "list", "--limit", "1"), folder)
        pair = against((*TKT, "sweep"), CLICK, folder)
        told = f"{pair.ratio:.2f} x ({pair.lowest:.2f}-{pair.highest:.2f})"
        yield f"idle sweep, {_ALL:,} waiting and nobody on shift", told, "<= 2 x"
        pair = against((*TKT, "list", "unassigned", "--limit", "20", "--json"), CLICK, folder)
        told = f"{pair.ratio:.2f} x ({pair.lowest:.2f}-{pair.highest:.2f})"
        yield "list of 20 of them with why nobody has them", told, "<= 3 x"
        _staff(folder, there=True)
        run((*TKT, "list", "--limit", "1"), folder)
        yield _decisions(folder, now)
        before = int(git(folder, "rev-list", "--count", "--no-merges", "HEAD"))
        done = run((*TKT, "assign", "--auto"), folder)
        made = int(git(folder, "rev-list", "--count", "--no-merges", "HEAD")) - before
        assert made == _ALL, made
        seen = f"{done.wall:.1f} s, peak {done.peak:.0f} MiB"
        yield f"assign --auto of {made:,} among {_PEOPLE}, each its own commit", seen, "<= 30 s"
    finally:
        del os.environ["TKT_NOW"]


def _decisions(folder: Path, now: Any) -> tuple[str, str, str]:
    desk = Desk(str(folder))
    begin = time.perf_counter()
    waiting = reading.waiting_for(desk, [need for need, _ in reading.needs(desk)])
    decider = reading.decider(desk, now=now)
    given = 0
    for ticket in waiting:
        decision = decider.decide(ticket)
        if decision is not None and decision.agent is not None:
            decider.take(ticket, decision)
            given += 1
    seen = time.perf_counter() - begin
    desk.index.close()
    assert given == _ALL, given
    return f"deciding alone on {given:,}", f"{seen:.2f} s", "<= 2 s"


def _staff(folder: Path, *, there: bool) -> None:
    """Two hundred people in three teams; all of them there, or nobody."""
    agents = [
        f"  p{number:03}: {{name: 客服{number:03}, email: [p{number:03}@shop.example],"
        f" teams: [{_TEAMS[number % 3]}], capacity: 200}}\n"
        for number in range(_PEOPLE)
    ]
    teams = [f"  {name}: {{name: {name}, lead: p{at:03}}}\n" for at, name in enumerate(_TEAMS)]
    said = f"agents:\n{''.join(agents)}teams:\n{''.join(teams)}"
    (folder / "team.yaml").write_text(said, encoding="utf-8")
    (folder / "workflows/simple.yaml").write_text(_FLOW, encoding="utf-8")
    (folder / "availability").mkdir(exist_ok=True)
    status = "active" if there else "away"
    for number in range(_PEOPLE):
        path = folder / f"availability/p{number:03}.yaml"
        path.write_text(f"status: {status}\n", encoding="utf-8")
    git(folder, "add", "-A")
    git(folder, "-c", "user.name=b", "-c", "user.email=b@localhost", "commit", "-qm", "people")
