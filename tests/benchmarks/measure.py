"""Whole processes timed against a floor in the same run, in turn, so that drift hits both."""

from __future__ import annotations

import os
import statistics
import sys
import time
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from pathlib import Path

TKT = (sys.executable, "-m", "tkt")
CLICK = (sys.executable, "-c", "import click")


class Run(NamedTuple):
    """One finished process: wall and processor seconds, peak memory in MiB."""

    wall: float
    cpu: float
    peak: float


def run(
    command: tuple[str, ...], folder: Path, *, terminal: bool = False, fine: bool = True
) -> Run:
    """Run a command to its end; its output is thrown away, or goes to a terminal of its own.

    It must succeed, unless not ``fine``.
    """
    leader, follower = os.openpty() if terminal else (-1, -1)
    begin = time.perf_counter()
    child = os.fork()
    if child == 0:
        os.chdir(folder)
        sink = follower if terminal else os.open(os.devnull, os.O_RDWR)
        for stream in range(3):
            os.dup2(sink, stream)
        os.execvp(command[0], command)
    if terminal:
        os.close(follower)
        _drain(leader)
    _, status, usage = os.wait4(child, 0)
    wall = time.perf_counter() - begin
    if terminal:
        os.close(leader)
    if status and fine:
        raise SystemExit(f"{' '.join(command)} ended with {os.waitstatus_to_exitcode(status)}")
    return Run(wall, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024)


def _drain(leader: int) -> None:
    try:
        while os.read(leader, 65536):
            pass
    except OSError:
        return  # the other end is closed


class Pair(NamedTuple):
    """A command and its floor: medians in seconds, the ratio of the medians, its spread, memory."""

    seconds: float
    floor: float
    ratio: float
    lowest: float
    highest: float
    peak: float


def against(
    command: tuple[str, ...],
    floor: tuple[str, ...],
    folder: Path,
    *,
    other: Path | None = None,
    times: int = 11,
    terminal: bool = False,
) -> Pair:
    """Run a command and its floor in turn, once to warm up and then ``times`` times."""
    runs, floors = [], []
    for _ in range(times + 1):
        runs.append(run(command, folder, terminal=terminal))
        floors.append(run(floor, other or folder, terminal=terminal))
    walls, bases = [r.wall for r in runs[1:]], [r.wall for r in floors[1:]]
    ratios = [a / b for a, b in zip(walls, bases, strict=True)]
    mine, base = statistics.median(walls), statistics.median(bases)
    return Pair(mine, base, mine / base, min(ratios), max(ratios), max(r.peak for r in runs))
