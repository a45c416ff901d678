"""Git's own lock files, which a killed Git leaves behind: who holds them, and when they may go.

Git never removes such a file by itself, and nothing in it says whose it is. One that stands for
long while no Git is at work in the repository is nobody's: whoever had made it would still be seen.
"""

from __future__ import annotations

import contextlib
import os
import re
import time
from typing import TYPE_CHECKING

from tkt.errors import Busy, TktError
from tkt.named import NamedTuple
from tkt.storage import files
from tkt.storage import git as gits

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from tkt.storage.git import Git

SAFE_AGE = 10.0
"""Seconds that a lock has stood when it may be nobody's; a Git at work needs it for far less."""
OWN_AGE = 1.0
"""The same for a lock that is younger than a write of ours which was cut short."""
PAUSE = 0.02

_NAMED = r"Unable to create '(?P<path>.+?\.lock)': File exists"
_COMMON = ("packed-refs.lock", "config.lock", "reftable/tables.list.lock")
_NEVER_LOCK = (
    "cat-file", "ls-tree", "ls-files", "diff-tree", "rev-parse", "rev-list", "log", "show",
    "check-attr", "fsmonitor--daemon", "credential-cache--daemon",
)  # fmt: skip
"""Commands of Git that make no lock, but may go on for long."""


class Lock(NamedTuple):
    """One lock file as it was found: another that takes its place is not the same."""

    path: str
    inode: int
    made: int

    @property
    def is_there(self) -> bool:
        """Whether it still stands."""
        return _found(self.path) == self


def named(said: str) -> str | None:
    """The lock file on which Git says that it failed."""
    found = re.search(_NAMED, said)
    return found and found["path"]


def busy(path: str) -> Busy:
    """What is told to whoever has waited for a lock in vain."""
    return Busy("git.ref_locked", path=path, seconds=round(gits.INDEX_PATIENCE))


def wait_for_branch(git: Git, ref: str) -> None:
    """Wait until a branch can be moved, before anything is written; Busy if it cannot for long."""
    end = gits.patience()
    while standing := next(_of_branch(git, ref), None):
        if time.monotonic() > end:
            raise busy(standing.path)
        time.sleep(PAUSE)


def move_branch(git: Git, ref: str, new: str, old: str | None, why: str) -> bytes | None:
    """Have a branch name ``new`` instead of ``old``; what Git says against it, None for nothing.

    A lock on the way is waited for.
    """
    end = gits.patience()
    while True:
        done = git.attempt("update-ref", "-m", why, ref, new, old or "0" * len(new))
        if done.returncode == 0:
            return None
        if named(done.stderr.decode(errors="replace")) is None or time.monotonic() > end:
            return done.stderr
        time.sleep(PAUSE)


def clear_own(git: Git, ref: str | None, since: str) -> None:
    """Remove the locks of a branch that a killed write of ours has left. Needs our lock.

    That write noted itself in the file ``since`` before its Git could make any. That Git has ended
    with it: it kept our lock too. So a lock which is younger, and which no Git seen here can have
    made, is that one's. Busy if it can not be told in time.
    """
    noted = _found(since)
    if ref is None or noted is None:
        return
    end = gits.patience()
    for lock in _of_branch(git, ref):
        while lock.made >= noted.made and lock.is_there:
            if _age(git, lock) >= OWN_AGE and at_work(git) is None and clear(lock):
                break
            if time.monotonic() > end:
                raise busy(lock.path)
            time.sleep(PAUSE)


def clear(lock: Lock) -> bool:
    """Remove a lock; whether it is gone."""
    if lock.is_there:
        files.forget(lock.path)
    return not lock.is_there


def old_ones(git: Git) -> list[Lock]:
    """The locks that have stood for long; younger ones are waited for until they go or are old."""
    end = time.monotonic() + SAFE_AGE
    found = list(_all(git))
    while any(lock.is_there and _age(git, lock) < SAFE_AGE for lock in found):
        if time.monotonic() > end:
            break
        time.sleep(PAUSE)
    return [lock for lock in found if lock.is_there]


def _age(git: Git, lock: Lock) -> float:
    """How many seconds it has stood by the clock of its own disk, 0 where that cannot be told."""
    clock = f"{git.common}/tkt/lock"
    try:
        os.utime(clock)
        return (os.stat(clock).st_mtime_ns - lock.made) / 1e9
    except OSError:
        return 0


# -- where they are ---------------------------------------------------------------------------


def _found(path: str) -> Lock | None:
    try:
        known = os.lstat(path)
    except OSError:
        return None
    return Lock(path, known.st_ino, known.st_mtime_ns)


def _standing(paths: Iterable[str]) -> Iterator[Lock]:
    return (lock for path in paths if (lock := _found(path)))


def _of_branch(git: Git, ref: str) -> Iterator[Lock]:
    """Those that stand in the way of a branch."""
    return _standing((f"{git.common}/{ref}.lock", f"{git.gitdir}/HEAD.lock"))


def _all(git: Git) -> Iterator[Lock]:
    of_refs = (
        f"{folder}/{name}"
        for folder, _, names in os.walk(f"{git.common}/refs")
        for name in names
        if name.endswith(".lock")
    )
    yield from _standing((
        f"{git.gitdir}/index.lock", f"{git.gitdir}/HEAD.lock",
        *(f"{git.common}/{name}" for name in _COMMON), *sorted(of_refs),
    ))  # fmt: skip


# -- who is at work ---------------------------------------------------------------------------


def at_work(git: Git) -> str | None:
    """A Git that may be at work in the repository now, as ``git commit (4711)``; None if none is.

    One of which we may not know where it works counts.
    """
    if not os.path.isdir("/proc/self/fd"):
        return _any_git()
    for process in filter(str.isdigit, os.listdir("/proc")):
        with contextlib.suppress(FileNotFoundError, ProcessLookupError):
            if _is_git(process) and (told := _at_work_here(git, process)):
                return told
    return None


def _is_git(process: str) -> bool:
    with open(f"/proc/{process}/comm", "rb") as stream:
        return re.match(rb"git(-|$)", stream.read().strip()) is not None


def _at_work_here(git: Git, process: str) -> str | None:
    with open(f"/proc/{process}/cmdline", "rb") as stream:
        words = stream.read().split(b"\0")
    command = _command(words)
    if command in _NEVER_LOCK:
        return None
    told = f"git {command} ({process})"
    try:
        folder = os.readlink(f"/proc/{process}/cwd")
        with open(f"/proc/{process}/environ", "rb") as stream:
            said = stream.read() + b"\0".join(words)
    except PermissionError:
        return told
    is_named = os.fsencode(git.common) in said or os.fsencode(git.gitdir) in said
    return told if is_named or _is_inside(git, folder) else None


def _command(words: list[bytes]) -> str:
    """What Git was told to do, behind its options."""
    left = iter(words[1:])
    for word in left:
        if word in (b"-c", b"-C"):
            next(left, None)
        elif not word.startswith(b"-"):
            return word.decode(errors="replace")
    return ""


def _is_inside(git: Git, folder: str) -> bool:
    if f"{folder}/".startswith(f"{git.common}/"):
        return True
    try:
        return gits.Git.at(folder).common == git.common
    except TktError:
        return False


def _any_git() -> str | None:
    """Where nothing tells in which folder a process works: any Git on the machine."""
    import subprocess

    try:
        listed = subprocess.run(
            ["ps", "-A", "-o", "pid=,comm="], capture_output=True, check=True, text=True
        ).stdout
    except (OSError, subprocess.CalledProcessError):
        return "git (?)"
    for line in listed.splitlines():
        process, _, name = line.strip().partition(" ")
        if re.match(r"git(-|$)", os.path.basename(name.strip())):
            return f"git ({process})"
    return None
