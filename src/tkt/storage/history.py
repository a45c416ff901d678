"""The history that Git keeps: commits with their trailers, read without any index of ours.

Every field of a commit is ended by a NUL, which no commit can contain, so nothing that a message
says can pass for another field.
"""

from __future__ import annotations

import os
from datetime import UTC, datetime
from typing import IO, TYPE_CHECKING

from tkt.named import NamedTuple
from tkt.storage.git import failure

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from tkt.storage.git import Git

TRAILERS = ("Ticket", "Action", "Actor", "Rule", "Event")
_PLAIN = ("%H", "%P", "%an", "%ae", "%at", "%s", "%b")
_FORMAT = "%x00".join(
    (*_PLAIN, *(f"%(trailers:key={name},valueonly=true,unfold=true)" for name in TRAILERS))
)
_FIELDS = len(_PLAIN) + len(TRAILERS)
_PIECE = 1 << 16
_AT_ONCE = 200


class Commit(NamedTuple):
    """One commit; ``authored`` is when the deed was done, ``trailers`` name to values."""

    name: str
    parents: tuple[str, ...]
    author: str
    email: str
    authored: datetime
    subject: str
    body: str
    trailers: dict[str, list[str]]

    def trailer(self, name: str) -> str | None:
        """The first value of a trailer."""
        return next(iter(self.trailers[name]), None)

    @property
    def reason(self) -> str:
        """The reason given, where tkt made the commit: what stands behind ``>``."""
        lines = self.body.splitlines()
        return " ".join(line[2:].strip() for line in lines if line.startswith("> "))


def commits(git: Git, paths: Sequence[str] = (), *, span: str = "HEAD") -> Iterator[Commit]:
    """The commits of HEAD's history, or of a ``span`` of it, newest first.

    They are read as far as they are asked for.
    With ``paths`` (relative to the desk) only those that changed one of these files, on whatever
    side of a merge; in a desk that is part of a larger repository, only those that touched it.
    Merges are included; :func:`touched` tells which of them changed anything themselves.
    """
    where = git.spec(paths) if paths else git.spec(("",)) if git.prefix else []
    args = [
        "log",
        "-z",
        f"--format=tformat:{_FORMAT}",
        "--encoding=UTF-8",
        "--full-history",
        "--date-order",
    ]
    process = git.start(*args, span, "--", *where)
    assert process.stdin
    assert process.stdout
    assert process.stderr
    process.stdin.close()
    ended = False
    try:
        record: list[bytes] = []
        for field in _fields(process.stdout):
            record.append(field)
            if len(record) == _FIELDS:
                yield _commit([part.decode(errors="replace") for part in record])
                record = []
        ended = True
    finally:
        if not ended:
            process.kill()
        errors = process.stderr.read()
        process.stdout.close()
        process.stderr.close()
        if process.wait() and ended:
            raise failure(args, errors)


def _fields(stream: IO[bytes]) -> Iterator[bytes]:
    rest = b""
    while piece := stream.read(_PIECE):
        *whole, rest = (rest + piece).split(b"\0")
        yield from whole


def _commit(fields: list[str]) -> Commit:
    name, parents, author, email, at, subject, body = fields[: len(_PLAIN)]
    values = [[v.strip() for v in f.splitlines() if v.strip()] for f in fields[len(_PLAIN) :]]
    trailers = dict(zip(TRAILERS, values, strict=True))
    authored = moment(at)
    return Commit(name, tuple(parents.split()), author, email, authored, subject, body, trailers)


def moment(seconds: str) -> datetime:
    """Seconds since 1970 as Git prints them; the beginning of time for what no calendar has."""
    try:
        return datetime.fromtimestamp(int(seconds or 0), UTC)
    except (ValueError, OverflowError, OSError):
        return datetime.fromtimestamp(0, UTC)


def touched(git: Git, names: Iterable[str], paths: Sequence[str] = ()) -> dict[str, list[str]]:
    """Which files (relative to the desk) each of these commits changed.

    Of a merge only those that are like in none of its parents: what it merely brings together is
    told by the commits that it brings.
    """
    wanted = "".join(f"{name}\n" for name in names)
    if not wanted:
        return {}
    where = git.spec(paths) if paths else git.spec(("",)) if git.prefix else []
    args = ("diff-tree", "--stdin", "--root", "-c", "-r", "-z", "--name-only", "--no-renames")
    raw = git.run(*args, "--", *where, stdin=wanted.encode())
    found: dict[str, list[str]] = {}
    sort: list[str] = []
    asked = set(wanted.split())
    for part in raw.split(b"\0"):
        text = os.fsdecode(part)
        if text in asked:
            sort = found.setdefault(text, [])
        elif text:
            sort.append(text.removeprefix(git.prefix))
    return {name: files for name, files in found.items() if files}


def boundary(git: Git) -> frozenset[str]:
    """The commits at which a shallow clone's history breaks off; empty where all of it is there."""
    try:
        with open(f"{git.common}/shallow", encoding="ascii") as stream:
            return frozenset(stream.read().split())
    except FileNotFoundError:
        return frozenset()


def in_batches(found: Iterable[Commit], size: int = _AT_ONCE) -> Iterator[list[Commit]]:
    """The same commits, some at a time."""
    batch: list[Commit] = []
    for commit in found:
        batch.append(commit)
        if len(batch) == size:
            yield batch
            batch = []
    if batch:
        yield batch
