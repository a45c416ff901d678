"""The work tree beside the commits: what a person has edited, and keeping it in step.

A commit is made first; then the files are replaced and Git's index is told. A journal written
before all that lets the next command finish what a kill cut short, and tells a file that is merely
behind from one that a person has edited.
"""

from __future__ import annotations

import contextlib
import json
import os
import time
from typing import TYPE_CHECKING

from tkt.errors import Refused, Unavailable
from tkt.storage import files

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from tkt.storage.git import Git

_INDEX_PATIENCE = 10.0
"""Seconds to wait for somebody else's ``index.lock`` to go away."""


class Worktree:
    """The files of one desk in one work tree."""

    def __init__(self, git: Git, root: str) -> None:
        self.git = git
        self.root = root

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
        # Line endings or filters may make the bytes differ where Git sees no difference.
        done = self.git.attempt("diff", "--quiet", "HEAD", "--", *self.git.spec([path]))
        return done.returncode != 0

    def edited_files(self, *folders: str, whole: bool = False) -> list[tuple[str, str]]:
        """(path, two letters of ``git status``) of files that differ from HEAD.

        Those of some of the desk's folders, of the desk, or (``whole``, with paths from the top) of
        the repository.
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
        return [(entry[3 + cut :], entry[:2]) for entry in raw.split("\0") if entry]

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
        files.forget(self.journal)

    def recover(self) -> bool:
        """Finish or take back a write that was cut short; whether there was one. Needs the lock."""
        try:
            with open(self.journal, encoding="utf-8") as stream:
                noted = json.load(stream)
            head, planned = noted["head"], noted["files"]
        except FileNotFoundError:
            return False
        except (OSError, ValueError, TypeError, KeyError):
            head, planned = None, {}
        if planned:
            self._let_git_finish()
        old, new = head, self.git.head()
        self._sweep(planned)
        if old and new and old != new and self.git.resolve(old):
            self._catch_up(old, new)
        elif new and planned:
            self._take_back(new, planned)
        self.end()
        return True

    def _let_git_finish(self) -> None:
        """Wait for a ``git commit`` that goes on although the command that began it was killed."""
        end = time.monotonic() + _INDEX_PATIENCE
        while os.path.exists(f"{self.git.gitdir}/index.lock") and time.monotonic() < end:
            time.sleep(0.02)

    def _catch_up(self, old: str, new: str) -> None:
        """Replace files that still say what ``old`` said; leave those that a person has edited."""
        behind: list[tuple[str, str]] = []
        for path, before, after, _, mode in self.git.changed(old, new):
            if mode == "120000":
                continue  # a person's; what we write is never a link
            try:
                content = self.read(path)
            except Refused:
                continue  # a link is in its place now, which is an edit
            if content is None:
                is_behind = not before.strip("0") or self.leaves_out(path)
                if not is_behind and after.strip("0"):
                    continue
            else:
                name = files.blob_name(content, like=after)
                is_behind = name in (before, after)
            if is_behind or content is None:
                behind.append((path, after))
        self._sweep(path for path, _ in behind)
        self._bring(behind)

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
        present = [(path, blob) for path, blob in wanted if blob.strip("0")]
        contents = self.git.blobs([blob for _, blob in present], 1 << 30)
        update: dict[str, bytes | None] = {p: None for p, blob in wanted if not blob.strip("0")}
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

    def check_out(self, old: str, new: str) -> None:
        """Let Git bring its index and the work tree from one commit to another.

        What a person has edited or staged elsewhere stays; Unavailable, with nothing changed, if it
        is in the way.
        """
        self.git.run("read-tree", "-m", "-u", old, new)

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
        end = time.monotonic() + _INDEX_PATIENCE
        while True:
            done = self.git.attempt("update-index", *args, stdin=stdin)
            if done.returncode == 0:
                return
            locked = b"index.lock" in done.stderr and b"exists" in done.stderr
            if not locked or time.monotonic() > end:
                raise Unavailable(
                    "git.index_locked" if locked else "git.failed",
                    path=f"{self.git.gitdir}/index.lock",
                    command="update-index",
                    message=done.stderr.decode(errors="replace").strip()[:200],
                )
            time.sleep(0.05)
