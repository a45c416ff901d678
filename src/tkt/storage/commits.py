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
from typing import TYPE_CHECKING, NoReturn

from tkt.errors import Busy, Refused, Stale, Unavailable
from tkt.storage import files, gitlocks
from tkt.storage.entry import put, refer
from tkt.storage.git import failure, patience

if TYPE_CHECKING:
    import subprocess
    from collections.abc import Iterable, Mapping, Sequence

    from tkt.errors import TktError
    from tkt.storage.entry import Entry
    from tkt.storage.git import Git

QUIET = ("-c", "gc.auto=0", "-c", "maintenance.auto=false", "-c", "core.fsync=all")
"""Housekeeping is for ``tkt maintain``; what is committed has reached the disk."""

_DISK_SAYS = ("Permission denied", "Read-only file system", "No space left", "quota exceeded")

_PIPE = 1 << 20

_PROBES = (
    "tickets/2000/01/01/2/000101-2222.yaml", "archive/2000/01/01/2/000101-2222.yaml",
    "kb/2222.md", "tkt.yaml", "team.yaml", "workflows/2222.yaml",
)  # fmt: skip
"""One file of each kind that we write: what filters apply to."""

HOOKS = ("pre-commit", "prepare-commit-msg", "commit-msg", "post-commit")


def writer(git: Git, parent: str | None) -> Stream | Plain:
    """The way of committing that this repository needs."""
    ref = git.branch_ref()
    if ref is None:
        raise Refused("git.detached")
    if wants_plain(git):
        return Plain(git, ref, parent)
    gitlocks.wait_for_branch(git, ref)
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


def ref_failure(command: str, errors: bytes) -> TktError:
    """Why a branch could not be moved: Busy if it is locked, Stale if it had moved already.

    Else it is Unavailable.
    """
    said = errors.decode(errors="replace")
    if lock := gitlocks.named(said):
        return gitlocks.busy(lock)
    if "does not contain" in said or ("cannot lock ref" in said and not _is_disk(said)):
        return Stale("git.moved")
    return failure([command], errors)


def move_branch(git: Git, ref: str, new: str, old: str | None, *, why: str) -> None:
    """Have a branch name another commit; the errors of :func:`ref_failure` if it cannot."""
    if (said := gitlocks.move_branch(git, ref, new, old, why)) is not None:
        raise ref_failure("update-ref", said)


def commit_tree(git: Git, entry: Entry, like: str, parents: Sequence[str]) -> str:
    """A commit with the tree of another, signed if commits are; on no branch yet."""
    sign = ["-S"] if git.is_true("commit.gpgsign") else []
    onto = [word for parent in parents for word in ("-p", parent)]
    made = git.run(
        "commit-tree", *sign, *onto, "-F", "-", f"{like}^{{tree}}",
        stdin=entry.text, env=entry.environment,
    )  # fmt: skip
    return made.decode().strip()


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
        self._send(entry, self.parent if self.count == 1 else None)
        for path, content in entry.files.items():
            self.final[path] = (
                None if content is None else files.blob_name(content, like=self.parent or "")
            )

    def group(self, entry: Entry) -> None:
        """A merge commit that gathers the commits so far behind the parent."""
        last = f":{self.count}"
        self.count += 1
        prefix = self.git.prefix
        whole = (
            refer(prefix + path, blob) if blob else put(prefix + path, None)
            for path, blob in self.final.items()
        )
        self._send(entry, self.parent, last, whole)

    def merge(self, entry: Entry, theirs: str, others: Iterable[bytes]) -> None:
        """A merge commit of the parent and another; ``others`` are changes beyond the entry's."""
        self.count += 1
        self._send(entry, self.parent, theirs, others)

    def _send(
        self, entry: Entry, start: str | None, merged: str = "", others: Iterable[bytes] = ()
    ) -> None:
        parts = [b"commit %b\nmark :%d\n" % (self.ref.encode(), self.count), entry.heading]
        if start:
            parts.append(b"from %b\n" % start.encode())
        if merged:
            parts.append(b"merge %b\n" % merged.encode())
        parts += (put(self.git.prefix + path, content) for path, content in entry.files.items())
        parts += others
        process = self._begin()
        assert process.stdin
        try:
            process.stdin.write(b"".join(parts))
        except OSError:
            self._fail(process)

    def finish(self) -> list[str]:
        """Put the commits on the branch; their names in the order in which they were added.

        Stale if the branch has moved since ``parent``, Busy if it is locked for long, Unavailable
        if Git or the disk failed. In all these cases the branch is as it was.
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
            made = names.decode().split()
            if process.returncode:
                failed = ref_failure("fast-import", errors)
                if not isinstance(failed, Busy) or len(made) != self.count:
                    raise failed
                # All is written but for the branch, which is tried again by itself.
                old = self.parent if self.git.read_ref(self.ref) else None
                move_branch(self.git, self.ref, made[-1], old, why="fast-import")
            return made
        finally:
            self._clean()

    def _fail(self, process: subprocess.Popen[bytes]) -> NoReturn:
        assert process.stdin
        assert process.stderr
        with contextlib.suppress(OSError, ValueError):
            process.stdin.close()  # it waits for no more
        errors = b""
        with contextlib.suppress(OSError, ValueError):
            errors = process.stderr.read()
        process.wait()
        self._clean()
        raise ref_failure("fast-import", errors)

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
        except (Unavailable, Stale, Busy) as error:
            self._undo(kept)
            said = str(error.params.get("message"))
            if not isinstance(error, Unavailable) or error.key != "git.failed" or _is_disk(said):
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
        end = patience()
        while True:
            if not self.made and git.head() != self.parent:
                raise Stale("git.moved")
            try:
                if new:
                    git.run("add", "--force", "--sparse", "--", *git.spec(new))
                git.run(
                    *QUIET, "commit", *options, "--", *git.spec(entry.files),
                    stdin=entry.text, env=entry.environment,
                )  # fmt: skip
            except Unavailable as error:
                said = str(error.params.get("message"))
                in_use = "index.lock" in said or "cannot lock ref" in said
                if not in_use or _is_disk(said):
                    raise
                if time.monotonic() > end:
                    lock = gitlocks.named(said)
                    raise gitlocks.busy(lock) if lock else error from error
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
        return self.git.attempt_on_index("reset", "-q", "--", *where)

    def group(self, entry: Entry) -> None:
        """A merge commit that gathers what was committed since the parent."""
        tip = self.made[-1]
        name = commit_tree(self.git, entry, tip, (self.parent or tip, tip))
        move_branch(self.git, self.ref, name, tip, why="commit (merge)")
        self.made.append(name)

    def finish(self) -> list[str]:
        """The names of the commits made."""
        return self.made

    def abandon(self) -> None:
        """What was committed stays: each commit was whole."""
