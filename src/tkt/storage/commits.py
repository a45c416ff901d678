"""Making commits from the parent's tree, never from the user's index.

Two ways, one contract. :class:`Stream` feeds ``git fast-import``: it touches only the trees on the
path of what changed, refuses to move a branch that has moved meanwhile, and does thousands a
second. :class:`Plain` calls ``git commit -- PATHS`` for repositories that sign commits, run commit
hooks or filter files, so that all of these are respected.
"""

from __future__ import annotations

import contextlib
import fcntl
import os
import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from tkt.errors import Refused, Stale, Unavailable
from tkt.storage import files
from tkt.storage.git import failure

if TYPE_CHECKING:
    import subprocess
    from collections.abc import Mapping
    from datetime import datetime

    from tkt.domain.change import Person
    from tkt.storage.git import Git

QUIET = ("-c", "gc.auto=0", "-c", "maintenance.auto=false", "-c", "core.fsync=all")
"""Housekeeping is for ``tkt maintain``; what is committed has reached the disk."""

_DISK_SAYS = ("Permission denied", "Read-only file system", "No space left", "quota exceeded")
_PATIENCE = 10.0
"""Seconds to wait for somebody else's Git to be done with its index."""

_PIPE = 1 << 20

_PROBES = (
    "tickets/2000/01/01/2/000101-2222.yaml", "archive/2000/01/01/2/000101-2222.yaml",
    "kb/2222.md", "tkt.yaml", "team.yaml", "workflows/2222.yaml",
)  # fmt: skip
"""One file of each kind that we write: what filters apply to."""

HOOKS = ("pre-commit", "prepare-commit-msg", "commit-msg", "post-commit")


@dataclass(slots=True)
class Entry:
    """One commit to make: message, who and when, and files (relative to the desk; None deletes)."""

    message: str
    author: Person
    authored: datetime
    committed: datetime
    files: Mapping[str, bytes | None] = field(default_factory=dict)


def writer(git: Git, parent: str | None) -> Stream | Plain:
    """The way of committing that this repository needs."""
    ref = git.branch_ref()
    if ref is None:
        raise Refused("git.detached")
    if wants_plain(git):
        return Plain(git, ref, parent)
    return Stream(git, ref, parent)


def wants_plain(git: Git) -> bool:
    """Whether commits are signed, hooked or filtered here."""
    if git.is_true("commit.gpgsign"):
        return True
    hooks = git.config.get("core.hookspath")
    folder = os.path.join(git.top, os.path.expanduser(hooks)) if hooks else f"{git.common}/hooks"
    if any(os.access(f"{folder}/{hook}", os.X_OK) for hook in HOOKS):
        return True
    if any(key.startswith("filter.") for key in git.config):
        probes = [git.prefix + path for path in _PROBES]
        said = git.run("check-attr", "-z", "filter", "--", *probes).split(b"\0")
        return any(value not in (b"unspecified", b"unset") for value in said[2::3])
    return False


def _is_disk(said: str) -> bool:
    return any(reason in said for reason in _DISK_SAYS)


def identity(person: Person) -> bytes:
    """``Name <email>`` as Git wants it, whatever the name holds."""
    strip = str.maketrans(dict.fromkeys("<>\n\r\0", ""))
    name = " ".join(person.name.translate(strip).split()) or person.by
    email = "".join(person.email.translate(strip).split())
    return f"{name} <{email}>".encode(errors="replace")


def stamp(moment: datetime) -> bytes:
    """Seconds since 1970 and the offset, as Git writes a time; it knows none before that."""
    return f"{max(int(moment.timestamp()), 0)} {moment:%z}"[:32].encode()


def quoted(path: str) -> bytes:
    """A path as fast-import reads it, in quotes: there may be spaces, quotes and newlines in it."""
    raw = os.fsencode(path).replace(b"\\", b"\\\\").replace(b'"', b'\\"').replace(b"\n", b"\\n")
    return b'"' + raw + b'"'


class Stream:
    """Commits through one ``git fast-import``; nothing is on the branch before :meth:`finish`."""

    def __init__(self, git: Git, ref: str, parent: str | None) -> None:
        self.git = git
        self.ref = ref
        self.parent = parent
        self.count = 0
        self.final: dict[str, str | None] = {}
        self._process: subprocess.Popen[bytes] | None = None

    def _begin(self) -> subprocess.Popen[bytes]:
        if self._process is None:
            self._process = self.git.start(
                *QUIET, "fast-import", "--quiet", "--done", "--date-format=raw"
            )
            assert self._process.stdin
            with contextlib.suppress(OSError, AttributeError):
                # Room for many commits, so that neither side waits for the other at each.
                fcntl.fcntl(self._process.stdin, fcntl.F_SETPIPE_SZ, _PIPE)
        return self._process

    def add(self, entry: Entry) -> None:
        """One more commit on top of the last."""
        self.count += 1
        start = self.parent if self.count == 1 else None
        parts = self._header(entry, self.count, start)
        for path, content in entry.files.items():
            name = quoted(self.git.prefix + path)
            if content is None:
                parts.append(b"D %b\n" % name)
            else:
                parts.append(b"M 100644 inline %b\ndata %d\n%b\n" % (name, len(content), content))
            self.final[path] = (
                None if content is None else files.blob_name(content, like=self.parent or "")
            )
        self._send(parts)

    def group(self, entry: Entry) -> None:
        """A merge commit that gathers the commits so far behind the parent."""
        last = b":%d" % self.count
        self.count += 1
        parts = self._header(entry, self.count, self.parent)
        parts.append(b"merge %b\n" % last)
        for path, blob in self.final.items():
            name = quoted(self.git.prefix + path)
            parts.append(b"M 100644 %b %b\n" % (blob.encode(), name) if blob else b"D %b\n" % name)
        self._send(parts)

    def _header(self, entry: Entry, mark: int, start: str | None) -> list[bytes]:
        message = entry.message.encode(errors="replace")
        who = identity(entry.author)
        parts = [
            b"commit %b\nmark :%d\n" % (self.ref.encode(), mark),
            b"author %b %b\n" % (who, stamp(entry.authored)),
            b"committer %b %b\n" % (who, stamp(entry.committed)),
            b"data %d\n%b\n" % (len(message), message),
        ]
        if start:
            parts.append(b"from %b\n" % start.encode())
        return parts

    def _send(self, parts: list[bytes]) -> None:
        process = self._begin()
        assert process.stdin
        try:
            process.stdin.write(b"".join(parts))
        except OSError:
            self._fail(process)

    def finish(self) -> list[str]:
        """Put the commits on the branch; their names in the order in which they were added.

        Stale if the branch has moved since ``parent``; Unavailable if Git or the disk failed. In
        both cases the branch is as it was.
        """
        if self._process is None:
            return []
        process = self._process
        try:
            # The names are told before the branch moves: once it has, nothing is left to fail.
            asked = b"".join(b"get-mark :%d\n" % number for number in range(1, self.count + 1))
            names, errors = process.communicate(asked + b"done\n")
        except OSError:
            self._fail(process)
        try:
            if process.returncode:
                self._explain(errors)
            return names.decode().split()
        finally:
            self._clean()

    def _fail(self, process: subprocess.Popen[bytes]) -> None:
        assert process.stdin
        assert process.stderr
        with contextlib.suppress(OSError, ValueError):
            process.stdin.close()  # it waits for no more
        errors = b""
        with contextlib.suppress(OSError, ValueError):
            errors = process.stderr.read()
        process.wait()
        self._clean()
        self._explain(errors)

    def _explain(self, errors: bytes) -> None:
        said = errors.decode(errors="replace")
        if "does not contain" in said or ("cannot lock ref" in said and not _is_disk(said)):
            raise Stale("git.moved")
        raise failure(["fast-import"], errors)

    def abandon(self) -> None:
        """Forget the commits added so far."""
        if self._process is not None:
            self._process.kill()
            with contextlib.suppress(OSError, ValueError):
                self._process.communicate()
            self._process.wait()
            self._clean()

    def _clean(self) -> None:
        assert self._process
        files.forget(f"{self.git.gitdir}/fast_import_crash_{self._process.pid}")
        for stream in (self._process.stdin, self._process.stdout, self._process.stderr):
            # What Git has not taken any more is flushed into a broken pipe, and fails again.
            with contextlib.suppress(OSError, ValueError):
                if stream:
                    stream.close()
        self._process = None


class Plain:
    """Commits one by one with ``git commit``: signed, hooked and filtered as configured.

    Each is on the branch at once. Git takes its own locks only while it commits, so a person's
    commit to the same file that comes between our look at the branch and ours is followed by ours
    with the file as we wrote it: theirs stays in the history, not in the file.
    """

    def __init__(self, git: Git, ref: str, parent: str | None) -> None:
        self.git = git
        self.ref = ref
        self.parent = parent
        self.made: list[str] = []

    def add(self, entry: Entry) -> None:
        """Commit now; the files are written to the work tree first, and put back if Git says no.

        Stale if the branch has moved since ``parent``.
        """
        kept = {path: files.keep(self._root, path) for path in entry.files}
        try:
            for path, content in entry.files.items():
                if content is None:
                    files.remove(self._root, path)
                else:
                    files.write(self._root, path, content)
            self._commit(entry, [path for path, held in kept.items() if held is None])
        except (Unavailable, Stale) as error:
            self._undo(kept)
            said = str(error.params.get("message"))
            if isinstance(error, Stale) or error.key != "git.failed" or _is_disk(said):
                raise
            raise Refused("git.commit_refused", message=said) from error
        for held in kept.values():
            files.forget(held or "")
        head = self.git.head()
        assert head
        self.made.append(head)
        self._believe(list(entry.files))

    def _believe(self, paths: list[str]) -> None:
        """Bring Git's index after a hook that has changed our files while they were committed.

        Should Git be busy for long, they stay staged as they were: what is recorded is recorded.
        """
        where = self.git.spec(paths)
        if self.git.attempt("diff-index", "--cached", "--quiet", "HEAD", "--", *where).returncode:
            self._reset(where)

    @property
    def _root(self) -> str:
        return f"{self.git.top}/{self.git.prefix}".rstrip("/")

    def _commit(self, entry: Entry, new: list[str]) -> None:
        """Have Git commit what lies there; a person's own Git at work is waited for."""
        git = self.git
        options = ("-q", "--no-edit", "--cleanup=verbatim", "-F", "-", "--only")
        end = time.monotonic() + _PATIENCE
        while True:
            if not self.made and git.head() != self.parent:
                raise Stale("git.moved")
            try:
                if new:
                    git.run("add", "--force", "--sparse", "--", *git.spec(new))
                git.run(
                    *QUIET, "commit", *options, "--", *git.spec(entry.files),
                    stdin=entry.message.encode(errors="replace"), env=self._who(entry),
                )  # fmt: skip
            except Unavailable as error:
                said = str(error.params.get("message"))
                in_use = "index.lock" in said or "cannot lock ref" in said
                if not in_use or _is_disk(said) or time.monotonic() > end:
                    raise
                time.sleep(0.02)
            else:
                return

    def _undo(self, kept: Mapping[str, str | None]) -> None:
        """Put the files back, and Git's index; Unavailable leaves the rest to the next command."""
        for path, held in kept.items():
            files.give_back(self._root, path, held)
        done = self._reset(self.git.spec(kept))
        if done.returncode:
            raise failure(["reset"], done.stderr)

    def _reset(self, where: list[str]) -> subprocess.CompletedProcess[bytes]:
        """Make Git's index say of some files what HEAD says, once it can be had."""
        end = time.monotonic() + _PATIENCE
        reset = ["reset", "-q", "--", *where]
        done = self.git.attempt(*reset)
        while (
            done.returncode
            and b"index.lock': File exists" in done.stderr
            and time.monotonic() < end
        ):
            time.sleep(0.02)
            done = self.git.attempt(*reset)
        return done

    def _who(self, entry: Entry) -> dict[str, str]:
        name, _, email = identity(entry.author).decode().rpartition(" <")
        return {
            "GIT_AUTHOR_NAME": name, "GIT_AUTHOR_EMAIL": email[:-1],
            "GIT_AUTHOR_DATE": stamp(entry.authored).decode(),
            "GIT_COMMITTER_NAME": name, "GIT_COMMITTER_EMAIL": email[:-1],
            "GIT_COMMITTER_DATE": stamp(entry.committed).decode(),
        }  # fmt: skip

    def group(self, entry: Entry) -> None:
        """A merge commit that gathers what was committed since the parent."""
        git = self.git
        tip = self.made[-1]
        sign = ["-S"] if git.is_true("commit.gpgsign") else []
        parents = ["-p", self.parent or tip, "-p", tip]
        merge = git.run(
            "commit-tree",
            *sign,
            *parents,
            "-F",
            "-",
            f"{self.made[-1]}^{{tree}}",
            stdin=entry.message.encode(errors="replace"),
            env=self._who(entry),
        )
        name = merge.decode().strip()
        git.run("update-ref", self.ref, name, self.made[-1])
        self.made.append(name)

    def finish(self) -> list[str]:
        """The names of the commits made."""
        return self.made

    def abandon(self) -> None:
        """What was committed stays: each commit was whole."""
