"""One writer at a time: a ``flock`` on a file in the common Git directory, never deleted."""

from __future__ import annotations

import fcntl
import os
import time
from contextlib import ExitStack, contextmanager
from typing import TYPE_CHECKING

from tkt.errors import Busy, Unavailable

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tkt.storage.git import Git

PATIENCE = 60.0
"""Seconds that a command waits for others to finish writing."""


@contextmanager
def held(path: str, *, patience: float = PATIENCE) -> Iterator[tuple[int]]:
    """Hold the lock at ``path``; Busy after ``patience`` seconds, Unavailable if it cannot be made.

    The system lets go of it when the process ends, however it ends, so a killed command leaves no
    lock behind. The open file is given out so that a child process may keep it open too: then the
    lock is let go of when both have ended.
    """
    try:
        os.makedirs(os.path.dirname(path), exist_ok=True)
        handle = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o666)
    except OSError as error:
        raise Unavailable("disk.failed", path=str(path), message=error.strerror) from error
    try:
        _wait(handle, patience)
        yield (handle,)
    finally:
        os.close(handle)


def _wait(handle: int, patience: float) -> None:
    pause, end = 0.001, time.monotonic() + patience
    while True:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            if time.monotonic() >= end:
                raise Busy("lock.busy", seconds=round(patience)) from error
            time.sleep(pause)
            pause = min(pause * 1.5, 0.02)
        else:
            return


@contextmanager
def held_run(git: Git, name: str) -> Iterator[bool]:
    """Whether this is the only run of ``name`` on a desk now; then it stays so until the end.

    For what cron starts again and again: a run that goes on longer than planned is not joined by
    another, which ends at once instead.
    """
    with ExitStack() as stack:
        try:
            stack.enter_context(held(f"{git.common}/tkt/run-{name}{git.mark}.lock", patience=0))
        except Busy:
            alone = False
        else:
            alone = True
        yield alone
