"""Taking another history into ours: fast-forward, or a merge commit, and the work tree after it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from tkt.errors import Refused, TktError
from tkt.named import NamedTuple
from tkt.storage import merging, merging_rest, stages
from tkt.storage.commits import Stream, commit_tree, move_branch
from tkt.storage.entry import put, refer
from tkt.storage.git import exists

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tkt.storage.desk import Desk
    from tkt.storage.entry import Entry
    from tkt.storage.git import Git
    from tkt.storage.merging import Merged
    from tkt.storage.merging_rest import Rest

_PLACE = "refs/tkt/joining"
_NAMED = 5


class Joined(NamedTuple):
    """What taking their history in changed: our head before and after, tickets, and the merge."""

    old: str
    new: str
    base: str | None
    merged: Merged | None


def join(desk: Desk, theirs: str, entry: Entry) -> Joined:
    """Bring their commits into our branch; the lock is held by the caller.

    Refused, with nothing changed, if a file that would change has edits that are not recorded, or
    if files that are no tickets conflict.
    """
    git, ours = desk.git, desk.head()
    if git.is_ancestor(theirs, ours):
        return Joined(ours, ours, theirs, None)
    base = git.merge_base(ours, theirs)
    if base == ours:
        _move(desk, ours, theirs)
        return Joined(ours, theirs, base, None)
    if base is None:
        raise Refused("sync.unrelated")
    merged = merging.merge_commits(git, base, ours, theirs)
    rest = merging_rest.merge_rest(git, base, ours, theirs)
    new = _merge_commit(git, ours, theirs, merged, rest, entry)
    _move(desk, ours, new)
    return Joined(ours, new, base, merged)


def _move(desk: Desk, old: str, new: str) -> None:
    """Move branch, work tree and Git's index from one commit to a later one."""
    git = desk.git
    _check_edits(desk, old, new)
    ref = git.branch_ref()
    assert ref
    desk.tree.begin(old)
    try:
        desk.tree.hold_index()
        move_branch(git, ref, new, old, why="tkt sync")
    except TktError:
        desk.tree.end()
        raise
    desk.follow(old, new, None, placed=False)


def _check_edits(desk: Desk, old: str, new: str) -> None:
    """Refused if what a person has edited or left lying around is in the way."""
    if unsettled := stages.conflicted(desk.git, whole=True):
        raise Refused("sync.unsettled", files=named(unsettled))
    edited = {path for path, _ in desk.tree.edited_files(whole=True)}
    touched = [path for path, *_ in desk.git.changed(old, new, whole=True) if path in edited]
    if touched:
        raise Refused("sync.edited", files=named(touched))
    # Git sees what a list of paths does not: a file where a folder must be, for one.
    if said := desk.tree.would_check_out(old, new):
        raise Refused("sync.in_the_way", message=said.removeprefix("error: "))


def named(paths: Sequence[str]) -> str:
    """So many files as fit into a line, and how many more there are."""
    more = f" … (+{len(paths) - _NAMED})" if len(paths) > _NAMED else ""
    return ", ".join(paths[:_NAMED]) + more


def _merge_commit(
    git: Git, ours: str, theirs: str, merged: Merged, rest: Rest, entry: Entry
) -> str:
    """The merge commit, on no branch yet."""
    if git.read_ref(_PLACE):  # a killed command has left it
        git.run("update-ref", "-d", _PLACE)
    stream = Stream(git, _PLACE, ours)
    others = (
        refer(path, blob, mode) if exists(blob) else put(path, None)
        for path, blob, mode in (*merged.taken, *rest.others)
    )
    stream.merge(replace(entry, files={**merged.files, **rest.files}), theirs, others)
    (made,) = stream.finish()
    git.run("update-ref", "-d", _PLACE)
    return commit_tree(git, entry, made, (ours, theirs)) if git.is_true("commit.gpgsign") else made
