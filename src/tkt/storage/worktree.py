"""The work tree beside the commits: what a person has edited, and keeping it in step.

A commit is made first; then the files are replaced and Git's index is told. A journal written
before all that lets the next command finish what a kill cut short, and tells a file that is merely
behind from one that a person has edited. All the while we hold the lock of Git's index: a person's
``git commit`` between the two would take the old file from the index and so take our action back.
"""

from __future__ import annotations

import contextlib
import json
import os
import time
from typing import TYPE_CHECKING

from tkt.errors import Busy, Unavailable
from tkt.storage import files, gitlocks
from tkt.storage.git import INDEX_PATIENCE, exists, failure, holds_index, patience
from tkt.storage.lagging import lagging, unwritten

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from tkt.storage.git import Git

_OURS = b"tkt\n"
"""What stands in an ``index.lock`` of ours; Git's own begin otherwise."""


class Worktree:
    """The files of one desk in one work tree."""

    def __init__(self, git: Git, root: str) -> None:
        self.git = git
        self.root = root
        self._is_holding = False
        self._until: float | None = None  # while recovering: when our patience is at its end

    # -- edits --------------------------------------------------------------------------------

    def read(self, path: str) -> bytes | None:
        """The bytes of a file of the desk as it lies there now; None if it does not."""
        return files.read(self.root, path)

    def leaves_out(self, path: str) -> bool:
        """Whether a file is missing by design: the archive may be left out of a checkout."""
        return path.startswith("archive/") and self.git.is_true("core.sparsecheckout")

    def is_edited(self, path: str, blob: str | None) -> bool:
        """Whether the file differs from the committed ``blob`` (None: there is none)."""
        content = self.read(path)
        if content is None:
            return blob is not None and not self.leaves_out(path)
        if blob is None:
            return True
        if files.blob_name(content, like=blob) == blob:
            return False
        # Some editors save with a mark in front and with line ends of their own: that says nothing.
        plain = content.removeprefix(b"\xef\xbb\xbf").replace(b"\r\n", b"\n")
        if plain != content and files.blob_name(plain, like=blob) == blob:
            return False
        # Line endings or filters may make the bytes differ where Git sees no difference.
        done = self.git.attempt("diff", "--quiet", "HEAD", "--", *self.git.spec([path]))
        return done.returncode != 0

    def edited_files(self, *folders: str, whole: bool = False) -> list[tuple[str, str]]:
        """(path, two letters of ``git status``) of files that differ from HEAD.

        Those of some of the desk's folders, of the desk, or (``whole``, with paths from the top) of
        the repository. In the desk, what we have not written out yet is no edit.
        """
        where = [] if whole else self.git.spec(folders or ("",))
        raw = self.git.run(
            "status",
            "--porcelain=v1",
            "-z",
            "--untracked-files=all",
            "--no-renames",
            "--",
            *where,
        ).decode(errors="surrogateescape")
        cut = 0 if whole else len(self.git.prefix)
        behind = set() if whole else unwritten(self)
        found = [(entry[3 + cut :], entry[:2]) for entry in raw.split("\0") if entry]
        return [edit for edit in found if edit[0] not in behind]

    def looking_for_edits(self, *folders: str) -> Callable[[], list[str]]:
        """Have Git begin to look for edited files; what is returned waits for their paths.

        Files that Git does not know are left out. Git looks at every file: ask early.
        """
        where = self.git.spec(folders)
        process = self.git.start(
            "status", "--porcelain=v1", "-z", "--untracked-files=no", "--no-renames", "--", *where
        )

        def found() -> list[str]:
            told, complaint = process.communicate()
            if process.returncode:
                raise failure(("status",), complaint)
            cut = 3 + len(self.git.prefix)
            lines = told.decode(errors="surrogateescape").split("\0")
            behind = unwritten(self)
            return [line[cut:] for line in lines if line and line[cut:] not in behind]

        return found

    # -- the journal --------------------------------------------------------------------------

    @property
    def journal(self) -> str:
        """Where a write in progress is noted."""
        return f"{self.git.gitdir}/tkt/journal"

    def begin(self, head: str | None, written: Mapping[str, bytes | None] | None = None) -> None:
        """Note that a write starts from ``head``; ``written`` if files change before the commit."""
        planned = {
            path: "" if content is None else files.blob_name(content, like=head or "")
            for path, content in (written or {}).items()
        }
        text = json.dumps({"head": head, "files": planned})
        files.write(self.git.gitdir, "tkt/journal", text.encode(), durable=True)

    def end(self) -> None:
        """Note that the write is complete."""
        self.let_go()
        files.forget(self.journal)

    # -- Git's index --------------------------------------------------------------------------

    @property
    def _lock(self) -> str:
        return f"{self.git.gitdir}/index.lock"

    @property
    def _mark(self) -> str:
        """What a lock of ours is a second name of; at no moment could it be anybody else's."""
        return f"{self.git.gitdir}/tkt/ours"

    @property
    def _next_index(self) -> str:
        """Git's index as it will be, while we hold its lock."""
        return f"{self.git.gitdir}/tkt/stage-{os.getpid()}"

    def hold_index(self) -> None:
        """Keep Git itself from committing until :meth:`let_go`; Busy if it goes on for long."""
        files.forget(self._next_index)
        if not os.path.exists(self._mark):
            files.write(self.git.gitdir, "tkt/ours", _OURS)
        end = patience()
        while not files.claim(self._lock, self._mark):
            if time.monotonic() > end:
                raise self._busy()
            time.sleep(0.005)
        self._is_holding = True

    def let_go(self) -> None:
        """Make what we have told Git's index the index, and let Git go on."""
        if not self._is_holding:
            return
        self._is_holding = False
        try:
            if os.path.exists(self._next_index):
                os.replace(self._next_index, f"{self.git.gitdir}/index")
                files.forget(self._next_index)  # nothing was new: two names of one file
        except OSError as error:
            raise Unavailable("disk.failed", path=self._lock, message=error.strerror) from error
        finally:
            files.forget(self._lock)

    def _let_go_for_the_killed(self) -> None:
        """Remove a lock that a killed command of ours has left; nobody else's."""
        with contextlib.suppress(OSError), open(self._lock, "rb") as stream:
            if stream.read(len(_OURS)) == _OURS:
                files.forget(self._lock)

    def _sweep_own(self) -> None:
        """Delete what killed commands have left in our own folder: we hold the lock."""
        with contextlib.suppress(OSError):
            for name in os.listdir(f"{self.git.gitdir}/tkt"):
                if name.startswith("stage-") or files.is_leftover(name):
                    files.forget(f"{self.git.gitdir}/tkt/{name}")

    def _with_index(self) -> dict[str, str]:
        """What tells Git which index is meant: while we hold its lock, one of our own."""
        if not self._is_holding:
            return {}
        if not os.path.exists(self._next_index):
            with contextlib.suppress(FileNotFoundError):
                files.copy(f"{self.git.gitdir}/index", self._next_index)
        return {"GIT_INDEX_FILE": self._next_index}

    # -- after a kill -------------------------------------------------------------------------

    def recover(self) -> bool:
        """Finish or take back a write that was cut short; whether there was one. Needs the lock.

        Busy, with the rest left to the next command, if Git's locks are not to be had in time.
        """
        self._sweep_own()
        try:
            with open(self.journal, encoding="utf-8") as stream:
                noted = json.load(stream)
            head, planned = noted["head"], noted["files"]
        except FileNotFoundError:
            return False
        except (OSError, ValueError, TypeError, KeyError):
            head, planned = None, {}
        gitlocks.clear_own(self.git, self.git.branch_ref(), self.journal)
        self._let_go_for_the_killed()
        self._until = patience()
        try:
            self._finish(head, planned)
        except Unavailable as error:
            if error.key != "git.index_locked":
                raise
            raise self._busy() from error  # the action at hand has not even begun
        finally:
            self._until = None
        self.end()
        return True

    def _finish(self, old: str | None, planned: Mapping[str, str]) -> None:
        if planned:
            self._let_git_finish()
        new = self.git.head()
        self._sweep(planned)
        if old and new and old != new and self.git.resolve(old):
            self._catch_up(old, new)
        elif new and planned:
            self._take_back(new, planned)

    def _let_git_finish(self) -> None:
        """Wait for a ``git commit`` that goes on although the command that began it was killed."""
        while os.path.exists(self._lock):
            if time.monotonic() > self._patience():
                raise self._busy()
            time.sleep(0.02)

    def _patience(self) -> float:
        """When to give up waiting for Git's index: a recovery waits but once for all it does."""
        return self._until or patience()

    def _busy(self) -> Busy:
        return Busy("git.index_busy", path=self._lock, seconds=round(INDEX_PATIENCE))

    def _catch_up(self, old: str, new: str) -> None:
        """Replace files that still say what ``old`` said; leave those that a person has edited."""
        self._acknowledge(old, new)
        if self.would_check_out(old, new) is None:
            self.check_out(old, new)  # also what lies outside the desk, links and modes
            self._sweep(path for path, *_ in self.git.changed(old, new))
            return
        behind = list(lagging(self, old, new))
        runs = {
            file.path: file.mode == "100755"
            for file in behind
            if "100755" in (file.old_mode, file.mode) and exists(file.after)
        }
        self._sweep(file.path for file in behind)
        self._bring([(file.path, file.after) for file in behind])
        for path, may_run in runs.items():
            files.let_run(f"{self.root}/{path}", may_run)
        self.stage(runs)

    def _acknowledge(self, old: str, new: str) -> None:
        """Tell Git's index of what has come already, inside the desk and outside: it is no edit."""
        there = []
        for path, _, after, _, _ in self.git.changed(old, new, whole=True):
            name = files.blob_there(f"{self.git.top}/{path}", like=after)
            if name == after or (name is None and not exists(after)):
                there.append(path.encode(errors="surrogateescape") + b"\0")
        if there:
            self._update_index(["--add", "--remove", "-z", "--stdin"], b"".join(there))

    def _sweep(self, paths: Iterable[str]) -> None:
        """Delete the temporary files beside these that a killed write has left."""
        for folder in {f"{self.root}/{path}".rpartition("/")[0] for path in paths}:
            with contextlib.suppress(OSError):
                for name in filter(files.is_leftover, os.listdir(folder)):
                    files.forget(f"{folder}/{name}")

    def _take_back(self, head: str, planned: Mapping[str, str]) -> None:
        committed = {path: blob for path, blob, _ in self.git.files_in(head, *planned)}
        behind = []
        for path, intended in planned.items():
            content = self.read(path)
            name = "" if content is None else files.blob_name(content, like=head)
            if name == intended or (content is None and path not in committed):
                behind.append((path, committed.get(path, "")))
        self._bring(behind)

    def _bring(self, wanted: list[tuple[str, str]]) -> None:
        """Make files be what the given blobs are; an empty or zero name removes the file."""
        present = [(path, blob) for path, blob in wanted if exists(blob)]
        contents = self.git.blobs([blob for _, blob in present], 1 << 30)
        update: dict[str, bytes | None] = {p: None for p, blob in wanted if not exists(blob)}
        for (path, _), content in zip(present, contents, strict=True):
            if content is not None:
                update[path] = content
        self.place(update)

    # -- following a commit -------------------------------------------------------------------

    def place(self, update: Mapping[str, bytes | None]) -> None:
        """Put committed contents into the work tree and tell Git's index; None removes a file."""
        left_out = {p for p, content in update.items() if content and self.leaves_out(p)}
        few = len(update) <= 10
        for path, content in update.items():
            if content is None:
                files.remove(self.root, path)
            elif path not in left_out:
                files.write(self.root, path, content, durable=few)
        self.stage([path for path in update if path not in left_out])
        for path in left_out:
            self._stage_unseen(path)

    def settle(self, update: Mapping[str, bytes | None]) -> None:
        """Put files into the work tree and into Git's index, ending any conflict over them."""
        self._update_index(
            ["--force-remove", "-z", "--stdin"],
            b"".join(f"{self.git.prefix}{path}\0".encode() for path in update),
        )
        self.place(update)

    def would_check_out(self, old: str, new: str) -> str | None:
        """What Git would say against :meth:`check_out`, None if nothing."""
        for attempt in range(2):
            tried = self.git.attempt("read-tree", "-n", "-m", "-u", old, new)
            if tried.returncode == 0:
                return None
            if attempt == 0:
                # A file that was only touched looks edited until Git has looked into it.
                self.git.attempt("update-index", "-q", "--refresh")
        return str(failure(["read-tree"], tried.stderr).params["message"])

    def check_out(self, old: str, new: str) -> None:
        """Let Git bring its index and the work tree from one commit to another.

        What a person has edited or staged elsewhere stays; Unavailable, with nothing changed, if it
        is in the way.
        """
        self.git.run("read-tree", "-m", "-u", old, new, env=self._with_index())

    def stage(self, paths: Iterable[str]) -> None:
        """Tell Git's index what these files are now; nothing else that is staged is touched."""
        names = [f"{self.git.prefix}{path}".encode(errors="surrogateescape") for path in paths]
        if names:
            self._update_index(
                ["--add", "--remove", "-z", "--stdin"], b"".join(name + b"\0" for name in names)
            )

    def _stage_unseen(self, path: str) -> None:
        name = f"{self.git.prefix}{path}"
        listed = self.git.run("ls-tree", "-z", "--full-tree", "HEAD", "--", name)
        if listed:
            self._update_index(["-z", "--index-info"], listed)
            self._update_index(["--skip-worktree", "-z", "--stdin"], f"{name}\0".encode())

    def _update_index(self, args: list[str], stdin: bytes) -> None:
        done = self.git.attempt_on_index(
            "update-index", *args, stdin=stdin, env=self._with_index(), until=self._until
        )
        if done.returncode:
            raise Unavailable(
                "git.index_locked" if holds_index(done.stderr) else "git.failed",
                path=self._lock,
                command="update-index",
                message=done.stderr.decode(errors="replace").strip()[:200],
            )
