"""Keeping Git fast on a repository that grows: packing, the commit graph, the size of its index.

A split index and a sparse index do not go together: Git 2.39 writes an index that it cannot read
again. So only one of them is ever on; the archive may be left out of the checkout with either.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from tkt.domain import ids
from tkt.named import NamedTuple
from tkt.storage.entry import quoted
from tkt.storage.layout import FOLDERS

if TYPE_CHECKING:
    from tkt.storage.desk import Desk
    from tkt.storage.git import Git

_OURS = "tkt.sparse"


class Sizes(NamedTuple):
    """Bytes on disk, and counts, of what housekeeping is about."""

    loose_objects: int
    packs: int
    objects_bytes: int
    index_bytes: int


class Tickets(NamedTuple):
    """How many ticket files HEAD has."""

    active: int
    archived: int


def sizes(git: Git) -> Sizes:
    """How large the repository is now."""
    said = git.run("count-objects", "-v").decode().splitlines()
    counts = {name: int(value) for name, _, value in (line.partition(": ") for line in said)
              if value.isdigit()}  # fmt: skip
    index = f"{git.gitdir}/index"
    return Sizes(
        counts.get("count", 0),
        counts.get("packs", 0),
        (counts.get("size", 0) + counts.get("size-pack", 0)) << 10,
        os.path.getsize(index) if os.path.exists(index) else 0,
    )


def tickets(git: Git, commit: str) -> Tickets:
    """How many tickets a commit tracks."""
    paths = [path for path, _, _ in git.files_in(commit, *ids.FOLDERS)]
    archived = sum(path.startswith("archive/") for path in paths)
    return Tickets(len(paths) - archived, archived)


def pack(git: Git) -> None:
    """Pack objects and references, and write down what each commit changed."""
    git.run("gc", "--quiet")
    git.run("commit-graph", "write", "--reachable", "--changed-paths", "--no-progress")
    git.run("pack-refs", "--all")
    _forget_config(git)


# -- Git's index ------------------------------------------------------------------------------


def is_split(git: Git) -> bool:
    """Whether Git keeps its index in two parts."""
    return git.is_true("core.splitindex")


def split_index(git: Git, *, on: bool) -> None:
    """Have Git write only what changed of its index, or all of it again."""
    if on and git.is_true("index.sparse"):
        _expand(git)
    git.run("config", "core.splitIndex", "true" if on else "false")
    git.run("update-index", "--split-index" if on else "--no-split-index")
    _forget_config(git)


def _expand(git: Git) -> None:
    git.run("sparse-checkout", "reapply", "--no-sparse-index")
    _forget_config(git)


# -- the archive ------------------------------------------------------------------------------


def is_sparse(git: Git) -> bool:
    """Whether some files are left out of this checkout."""
    return git.is_true("core.sparsecheckout")


def is_sparse_by_us(git: Git) -> bool:
    """Whether it was we who left the archive out."""
    return is_sparse(git) and git.is_true(_OURS)


def leave_out_archive(git: Git, commit: str, *, split: bool) -> None:
    """Check out everything but the archive; no file that a person has edited goes.

    The index is made sparse as well, unless it is ``split``.
    """
    if not split and is_split(git):
        split_index(git, on=False)
    # Files whose times have changed would be taken for edited ones, and stay.
    git.attempt("update-index", "-q", "--refresh")
    folders = b"".join(quoted(name) + b"\n" for name in _everything_else(git, commit))
    kind = "--no-sparse-index" if split else "--sparse-index"
    git.run("sparse-checkout", "set", "--cone", kind, "--stdin", stdin=folders)
    git.run("config", _OURS, "true")
    _forget_config(git)


def bring_back_archive(git: Git) -> None:
    """Check everything out again."""
    git.run("sparse-checkout", "disable")
    git.run("config", "--unset", _OURS, fine=(0, 5))
    _forget_config(git)


def _everything_else(git: Git, commit: str) -> list[str]:
    """Every folder of the repository that stays: all beside the way to the archive."""
    wanted = [f"{git.prefix}{name}" for name in (ids.ACTIVE, *FOLDERS)]
    above = ""
    for part in [*git.prefix.split("/")[:-1], "archive"]:
        names = git.run("ls-tree", "-d", "-z", "--name-only", f"{commit}:{above}").split(b"\0")
        wanted += [
            above + os.fsdecode(name) for name in names if name and os.fsdecode(name) != part
        ]
        above += f"{part}/"
    return list(dict.fromkeys(wanted))


def archive_edits(desk: Desk) -> list[str]:
    """What is edited, or lies about, in what would leave the checkout."""
    return [path for path, _ in desk.tree.edited_files("archive")]


def _forget_config(git: Git) -> None:
    git.__dict__.pop("config", None)
