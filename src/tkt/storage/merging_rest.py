"""Two histories become one: all files but tickets, customers and orders by us, the rest by Git."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tkt.domain.change import Person
from tkt.domain.ids import FOLDERS
from tkt.errors import Refused
from tkt.named import NamedTuple
from tkt.storage import records, records_merging, rosters_merging
from tkt.storage.entry import acting_as
from tkt.storage.git import failure
from tkt.storage.merging import Other
from tkt.storage.records_merging import Records, is_kept_here

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from tkt.storage.git import Git
    from tkt.storage.records_merging import Change

_NOBODY = Person("tkt", "tkt", "tkt")


class Rest(NamedTuple):
    """What to change on our side of all files that are no tickets; a blob of zeros removes one."""

    others: list[Other]
    files: Mapping[str, bytes]


def merge_rest(git: Git, base: str, ours: str, theirs: str) -> Rest:
    """All files that are no tickets: customers and orders by what they say, the rest by Git.

    What two sides put into one roster stands in it, one behind the other.

    Refused, with the files' names, where Git cannot merge them by itself.
    """
    here, there = (
        [c for c in git.changed(base, side, whole=True) if not _is_ticket(git, c)]
        for side in (ours, theirs)
    )
    kept = records_merging.merge(
        git, *([c for c in side if is_kept_here(git, c[0])] for side in (here, there))
    )
    hidden: tuple[str, ...] = FOLDERS
    if kept:
        hidden = (*FOLDERS, *records.FOLDERS)
        here, there = ([c for c in side if not is_kept_here(git, c[0])] for side in (here, there))
    found = kept or Records({}, [])
    taken = [Other(path, after, mode) for path, _, after, _, mode in found.taken]
    merged = _by_git(git, (base, ours, theirs), (here, there), hidden)
    return Rest(taken + merged.others, {**found.files, **merged.files})


def _by_git(
    git: Git,
    commits: tuple[str, str, str],
    changes: tuple[list[Change], list[Change]],
    hidden: Sequence[str],
) -> Rest:
    """What Git makes of files that are not in the ``hidden`` folders, and we of rosters."""
    here, there = changes
    if not there:
        return Rest([], {})
    if not here:
        return Rest([Other(path, after, mode) for path, _, after, _, mode in there], {})
    base, ours, theirs = commits
    bare_base = _commit_without(git, hidden, base)
    bare_ours = _commit_without(git, hidden, ours, bare_base)
    bare_theirs = _commit_without(git, hidden, theirs, bare_base)
    done = git.attempt(
        "merge-tree", "--write-tree", "-z", "--name-only", "--no-messages", bare_ours, bare_theirs
    )
    tree, *names = done.stdout.decode(errors="surrogateescape").split("\0")
    if done.returncode not in (0, 1):
        raise failure(["merge-tree"], done.stderr)
    conflicts = sorted(set(filter(None, names)))
    files = rosters_merging.merge(git, conflicts, changes)
    if files is None:
        raise Refused("sync.conflict", files=", ".join(conflicts))
    others = [
        Other(path, after, mode)
        for path, _, after, _, mode in git.changed(bare_ours, tree, whole=True)
        if path not in conflicts
    ]
    return Rest(others, files)


def _is_ticket(git: Git, change: tuple[str, ...]) -> bool:
    path = change[0]
    return path.startswith(tuple(f"{git.prefix}{folder}/" for folder in FOLDERS))


def _commit_without(git: Git, folders: Sequence[str], commit: str, *parents: str) -> str:
    """A commit that nobody will see: the given one without the folders that we merge ourselves."""
    parts = git.prefix.strip("/").split("/") if git.prefix else []
    tree = ""
    for depth in range(len(parts), -1, -1):
        inside = "/".join(parts[:depth])
        listed = git.attempt("ls-tree", "-z", f"{commit}:{inside}" if inside else f"{commit}:")
        entries = [e for e in listed.stdout.split(b"\0") if e]
        hidden = folders if depth == len(parts) else (parts[depth],)
        kept = [e for e in entries if e.partition(b"\t")[2].decode(errors="replace") not in hidden]
        if depth < len(parts) and tree:
            kept.append(f"040000 tree {tree}\t{parts[depth]}".encode())
        listing = b"".join(entry + b"\0" for entry in kept)
        tree = git.run("mktree", "--missing", "-z", stdin=listing).decode().strip()
    named = [word for parent in parents for word in ("-p", parent)]
    return (
        git.run("commit-tree", *named, "-m", "tkt", tree, env=acting_as(_NOBODY)).decode().strip()
    )
