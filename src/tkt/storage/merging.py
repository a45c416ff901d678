"""Two histories of a desk become one: tickets by our merge, everything else as Git merges it.

Only tickets that both sides have touched are read. Which files those are, and what each side made
of them, is the difference of each side to the common ancestor.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from tkt.domain import merge as merges
from tkt.domain.ids import id_in_path, path_of, renumbered
from tkt.errors import Refused
from tkt.storage.dump import dump
from tkt.storage.reading import LIMIT, read_ticket
from tkt.storage.rewrite import rewrite

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from tkt.domain.ticket import Ticket
    from tkt.storage.git import Git

FOLDERS = ("tickets", "archive")


class Version(NamedTuple):
    """One side's file of a ticket."""

    path: str
    raw: bytes
    ticket: Ticket


class Merged(NamedTuple):
    """What merging tickets gave: files to change on our side, and what there is to tell of it."""

    files: dict[str, bytes | None]
    united: list[str]
    contested: list[str]
    renumbered: list[tuple[str, str]]


class Sides(NamedTuple):
    """Blobs by path, of one ticket, as of the common ancestor and as of each side."""

    base: dict[str, str]
    ours: dict[str, str]
    theirs: dict[str, str]


def ids_changed(git: Git, old: str, new: str) -> set[str]:
    """The ids of the tickets that differ between two commits."""
    found = (id_in_path(path) for path, *_ in git.changed(old, new, *FOLDERS))
    return {ticket_id for ticket_id in found if ticket_id}


def merge_commits(git: Git, base: str, ours: str, theirs: str) -> Merged:
    """Merge the tickets of two commits.

    BadData if a ticket that both have touched cannot be read on one side; nothing is guessed.
    """
    here, there = (list(git.changed(base, side, *FOLDERS)) for side in (ours, theirs))
    mine = {id_in_path(path) for path, *_ in here}
    other = {id_in_path(path) for path, *_ in there}
    both = sorted(ticket_id for ticket_id in mine & other if ticket_id)
    merged = Merged({}, [], [], [])
    sides = _sides(both, here, there)

    def is_taken(ticket_id: str) -> bool:
        paths = [path_of(ticket_id, archived=archived) for archived in (False, True)]
        return any(any(git.files_in(commit, *paths)) for commit in (ours, theirs))

    for ticket_id, versions in _read(git, sides):
        unite(ticket_id, versions, merged, is_taken=is_taken)
    _take_theirs(git, [change for change in there if id_in_path(change[0]) not in both], merged)
    return merged


def _sides(
    both: Iterable[str], here: Iterable[tuple[str, ...]], there: Iterable[tuple[str, ...]]
) -> dict[str, Sides]:
    sides = {ticket_id: Sides({}, {}, {}) for ticket_id in both}
    for changes in (here, there):
        for path, before, *_ in changes:
            side = sides.get(id_in_path(path) or "")
            if side and before.strip("0"):
                for blobs in side:
                    blobs[path] = before
    for changes, name in ((here, "ours"), (there, "theirs")):
        for path, _, after, *_ in changes:
            side = sides.get(id_in_path(path) or "")
            if side:
                blobs = getattr(side, name)
                blobs.pop(path, None)
                if after.strip("0"):
                    blobs[path] = after
    return sides


def _read(
    git: Git, sides: Mapping[str, Sides]
) -> Iterator[tuple[str, tuple[list[Version], list[Version], list[Version]]]]:
    """Every ticket with its versions in the ancestor and on both sides, read in one go."""
    wanted = [blob for side in sides.values() for blobs in side for blob in blobs.values()]
    contents = git.blobs(wanted, LIMIT)
    for ticket_id, side in sides.items():
        yield (
            ticket_id,
            tuple(  # type: ignore[misc]
                [_version(path, next(contents)) for path in blobs] for blobs in side
            ),
        )


def _version(path: str, raw: bytes | None) -> Version:
    return Version(path, raw or b"", read_ticket(raw, path=path))


def unite(
    ticket_id: str,
    versions: tuple[list[Version], list[Version], list[Version]],
    merged: Merged,
    *,
    is_taken: Callable[[str], bool],
) -> None:
    """Merge the versions of one ticket and note in ``merged`` what comes of it."""
    base, ours, theirs = (_one(side) for side in versions)
    before = {version.path for version in versions[1]}
    if ours is None or theirs is None:
        # Deleted by hand on one side, changed on the other: what was said is worth more.
        kept = ours or theirs
        if kept and kept.path not in before:
            merged.files[kept.path] = kept.raw
        return
    if base is None and merges.are_different(ours.ticket, theirs.ticket):
        _renumber(ours, theirs, merged, is_taken)
        return
    ticket = merges.merge(base.ticket if base else None, ours.ticket, theirs.ticket)
    path = path_of(ticket_id, archived=ticket.is_archived)
    merged.files.update({old: None for old in before if old != path})
    merged.files[path] = text_of(ticket, base, ours, theirs)
    merged.united.append(ticket_id)
    if ticket.fields.get("contested"):
        merged.contested.append(ticket_id)


def _one(versions: list[Version]) -> Version | None:
    """A side's version; should its file lie in two places, both united."""
    if not versions:
        return None
    first, *rest = sorted(versions, key=lambda version: version.path, reverse=True)
    for other in rest:
        ticket = merges.merge(None, first.ticket, other.ticket)
        first = Version(first.path, dump(ticket.doc()).encode(), ticket)
    return first


def _renumber(
    ours: Version, theirs: Version, merged: Merged, is_taken: Callable[[str], bool]
) -> None:
    """Two tickets were given one id: the later one gets another, which every clone finds alike."""
    first, second = merges.later_of(ours.ticket, theirs.ticket)
    new_id = renumbered(second.id, seed=merges.checksum(second.opening.id), taken=is_taken)
    moved = merges.renumber(second, new_id)
    kept = ours if first is ours.ticket else theirs
    merged.files.update({version.path: None for version in (ours, theirs)})
    merged.files[kept.path] = kept.raw
    merged.files[path_of(new_id, archived=moved.is_archived)] = dump(moved.doc()).encode()
    merged.renumbered.append((second.id, new_id))


def text_of(ticket: Ticket, base: Version | None, ours: Version, theirs: Version) -> bytes:
    """The file of a merged ticket, with the layout and the comments that people gave it."""
    if ours.raw == theirs.raw or (base and theirs.raw == base.raw):
        return ours.raw
    if base and ours.raw == base.raw:
        return theirs.raw
    by_hand = sorted(
        (v.raw for v in (ours, theirs) if v.raw != dump(v.ticket.doc()).encode()), reverse=True
    )
    if not by_hand:
        return dump(ticket.doc()).encode()
    # Both clones must choose the same layout, so neither "ours" nor "theirs" may decide.
    text = rewrite(by_hand[0].decode("utf-8-sig"), ticket.doc(), path=ours.path)
    held = {line.strip() for line in text.splitlines()}
    lost = [
        line.strip()
        for raw in by_hand[1:]
        for line in raw.decode("utf-8-sig").splitlines()
        if line.strip().startswith("#") and line.strip() not in held
    ]
    return ("".join(f"{line}\n" for line in lost) + text).encode()


def _take_theirs(git: Git, changes: list[tuple[str, str, str, str, str]], merged: Merged) -> None:
    """Files that only their side has touched are as they left them."""
    present = [(path, after) for path, _, after, _, _ in changes if after.strip("0")]
    merged.files.update({path: None for path, _, after, _, _ in changes if not after.strip("0")})
    for (path, _), raw in zip(present, git.blobs([b for _, b in present], 1 << 30), strict=True):
        merged.files[path] = raw or b""


# -- everything that is no ticket ---------------------------------------------------------------


class Other(NamedTuple):
    """A file outside the tickets' folders: path from the repository's top, blob, mode."""

    path: str
    blob: str
    mode: str


def merge_rest(git: Git, base: str, ours: str, theirs: str) -> list[Other]:
    """What to change on our side of all files that are no tickets; a blob of zeros removes one.

    Refused, with the files' names, where Git cannot merge them by itself.
    """
    here = [change for change in git.changed(base, ours, whole=True) if not _is_ticket(git, change)]
    there = [c for c in git.changed(base, theirs, whole=True) if not _is_ticket(git, c)]
    if not there:
        return []
    if not here:
        return [Other(path, after, mode) for path, _, after, _, mode in there]
    bare_base = _commit_without_tickets(git, base)
    bare_ours = _commit_without_tickets(git, ours, bare_base)
    bare_theirs = _commit_without_tickets(git, theirs, bare_base)
    done = git.attempt(
        "merge-tree", "--write-tree", "-z", "--name-only", "--no-messages", bare_ours, bare_theirs
    )
    tree, *names = done.stdout.decode(errors="surrogateescape").split("\0")
    if done.returncode == 1:
        raise Refused("sync.conflict", files=", ".join(sorted(set(filter(None, names)))))
    if done.returncode:
        raise Refused("sync.conflict", files="?")
    return [
        Other(path, after, mode)
        for path, _, after, _, mode in git.changed(bare_ours, tree, whole=True)
    ]


def _is_ticket(git: Git, change: tuple[str, ...]) -> bool:
    path = change[0]
    return path.startswith(tuple(f"{git.prefix}{folder}/" for folder in FOLDERS))


def _commit_without_tickets(git: Git, commit: str, *parents: str) -> str:
    """A commit that nobody will see: the given one without the folders that we merge ourselves."""
    parts = git.prefix.strip("/").split("/") if git.prefix else []
    tree = ""
    for depth in range(len(parts), -1, -1):
        inside = "/".join(parts[:depth])
        listed = git.attempt("ls-tree", "-z", f"{commit}:{inside}" if inside else f"{commit}:")
        entries = [e for e in listed.stdout.split(b"\0") if e]
        hidden = FOLDERS if depth == len(parts) else (parts[depth],)
        kept = [e for e in entries if e.partition(b"\t")[2].decode(errors="replace") not in hidden]
        if depth < len(parts) and tree:
            kept.append(f"040000 tree {tree}\t{parts[depth]}".encode())
        tree = git.run("mktree", "-z", stdin=b"".join(e + b"\0" for e in kept)).decode().strip()
    named = [word for parent in parents for word in ("-p", parent)]
    env = {
        f"GIT_{role}_{what}": "tkt"
        for role in ("AUTHOR", "COMMITTER")
        for what in ("NAME", "EMAIL")
    }
    return git.run("commit-tree", *named, "-m", "tkt", tree, env=env).decode().strip()
