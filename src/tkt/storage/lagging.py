"""Files that are merely behind the branch: a write of ours has recorded them, not written them out.

A kill or a full disk can come between the two. What such a file holds tells it from an edit: it is
as it was when the write began, or only the beginning of what it is to be.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from tkt.errors import Refused, TktError
from tkt.named import NamedTuple
from tkt.storage import files
from tkt.storage.git import exists

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tkt.storage.git import Git
    from tkt.storage.worktree import Worktree

_LINK = "120000"


class Lagging(NamedTuple):
    """One file: its path, the blob it is to be (zeros for none), its mode before and after."""

    path: str
    after: str
    old_mode: str
    mode: str


def lagging(tree: Worktree, old: str, new: str) -> Iterator[Lagging]:
    """The files that say what ``old`` said, and not yet what ``new`` says; no person's edit."""
    for path, before, after, old_mode, mode in tree.git.changed(old, new):
        if mode == _LINK:
            continue  # a person's; what we write is never a link
        try:
            content = tree.read(path)
        except Refused:
            continue  # a link is in its place now, which is an edit
        if content is None:
            is_behind = not exists(after) or not exists(before) or tree.leaves_out(path)
        else:
            is_behind = _is_behind(tree.git, content, before, after)
        if is_behind:
            yield Lagging(path, after, old_mode, mode)


def _is_behind(git: Git, content: bytes, before: str, after: str) -> bool:
    """Whether a file is as it was, or only the beginning of what it is to be.

    Then Git was killed, or the disk was full, while it wrote; a person who has cut off the end of
    what was there has edited it.
    """
    if files.blob_name(content, like=after) in (before, after):
        return True
    if not exists(after):
        return False
    known = [after, before] if exists(before) else [after]
    whole, *earlier = git.blobs(known, 1 << 30)
    begins = whole is not None and whole.startswith(content)
    return begins and not any(old is not None and old.startswith(content) for old in earlier)


def unwritten(tree: Worktree) -> set[str]:
    """The files that a write still noted in the journal has not written out."""
    try:
        with open(tree.journal, encoding="utf-8") as stream:
            old = json.load(stream)["head"]
        new = tree.git.head()
        if not old or not new or old == new or not tree.git.resolve(old):
            return set()
        return {
            file.path
            for file in lagging(tree, old, new)
            if not tree.leaves_out(file.path) and not _is_there(tree, file)
        }
    except (TktError, OSError, ValueError, TypeError, KeyError):
        return set()


def _is_there(tree: Worktree, file: Lagging) -> bool:
    found = files.blob_there(f"{tree.root}/{file.path}", like=file.after)
    return found == file.after or (found is None and not exists(file.after))
