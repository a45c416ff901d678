"""Two histories of a desk become one: its tickets. ``merging_rest`` is about everything else.

Only tickets that both sides have touched are read. Which files those are, and what each side made
of them, is the difference of each side to the common ancestor.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from tkt.domain import merge as merges
from tkt.domain.ids import FOLDERS, checksum, id_in_path, places_of, renumbered
from tkt.errors import BadData, Refused
from tkt.named import NamedTuple
from tkt.storage.dump import dump
from tkt.storage.git import exists
from tkt.storage.reading import LIMIT, REGULAR, read_ticket
from tkt.storage.rewrite import rewrite
from tkt.storage.yaml import decode, parse

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from tkt.domain.ticket import Ticket
    from tkt.storage.git import Git

_COMMENT = re.compile(r"(?m)(?:^|(?<=\s))#.*")


class Version(NamedTuple):
    """One side's file of a ticket."""

    path: str
    raw: bytes
    ticket: Ticket


class Other(NamedTuple):
    """A file taken as Git has it: path from the repository's top, blob (zeros: gone), mode."""

    path: str
    blob: str
    mode: str


class Merged(NamedTuple):
    """What merging tickets gave: files to change on our side, and what there is to tell of it.

    ``taken`` are the files under the tickets' folders that only their side has touched.
    """

    files: dict[str, bytes | None]
    taken: list[Other]
    united: list[str]
    contested: list[str]
    renumbered: list[tuple[str, str]]

    @staticmethod
    def nothing() -> Merged:
        """To be filled."""
        return Merged({}, [], [], [], [])


class Around(NamedTuple):
    """What lies around a ticket that is being merged.

    ``is_taken(id)`` says whether either side uses an id; ``moved(old id, opening's id)`` finds the
    version of a ticket that one side has renumbered.
    """

    is_taken: Callable[[str], bool]
    moved: Callable[[str, str], Version | None]


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
    merged = Merged.nothing()

    def is_taken(ticket_id: str) -> bool:
        places = places_of(ticket_id)
        return any(any(git.files_in(commit, *places)) for commit in (ours, theirs))

    def moved(ticket_id: str, opening: str) -> Version | None:
        added = {path: blob for path, _, blob, _, mode in (*here, *there) if mode in REGULAR}
        return find_moved(git, added.items(), ticket_id, opening)

    for ticket_id, versions in _read(git, _sides(both, here, there)):
        unite(ticket_id, versions, merged, Around(is_taken, moved))
    _take_theirs(git, here, [c for c in there if id_in_path(c[0]) not in both], merged)
    return merged


def find_moved(
    git: Git, files: Iterable[tuple[str, str]], ticket_id: str, opening: str
) -> Version | None:
    """Among files (path, blob), the ticket that ``opening`` opened and that was ``ticket_id``."""
    for path, blob in sorted(files):
        found = id_in_path(path)
        if found and found != ticket_id and found[:6] == ticket_id[:6]:
            raw = next(git.blobs([blob], LIMIT))
            try:
                version = _version(path, raw)
            except BadData:
                continue
            formerly = version.ticket.fields.get("formerly", ())
            if version.ticket.opening.id == opening and ticket_id in formerly:
                return version
    return None


def _sides(
    both: Iterable[str], here: Iterable[tuple[str, ...]], there: Iterable[tuple[str, ...]]
) -> dict[str, Sides]:
    sides = {ticket_id: Sides({}, {}, {}) for ticket_id in both}
    for changes in (here, there):
        for path, before, *_ in changes:
            side = sides.get(id_in_path(path) or "")
            if side and exists(before):
                for blobs in side:
                    blobs[path] = before
    for changes, name in ((here, "ours"), (there, "theirs")):
        for path, _, after, *_ in changes:
            side = sides.get(id_in_path(path) or "")
            if side:
                blobs = getattr(side, name)
                blobs.pop(path, None)
                if exists(after):
                    blobs[path] = after
    return sides


def _read(
    git: Git, sides: Mapping[str, Sides]
) -> Iterator[tuple[str, tuple[list[Version], list[Version], list[Version]]]]:
    """Every ticket with its versions in the ancestor and on both sides, read in one go."""
    wanted = [blob for side in sides.values() for blobs in side for blob in blobs.values()]
    contents = git.blobs(wanted, LIMIT)
    for ticket_id, side in sides.items():
        base, ours, theirs = ([_readable(path, next(contents)) for path in blobs] for blobs in side)
        yield ticket_id, (base, ours, theirs)


def _readable(path: str, raw: bytes | None) -> Version:
    try:
        return _version(path, raw)
    except BadData as fault:
        line, column = fault.line, fault.column
        raise BadData("sync.unreadable", path=path, line=line, column=column) from fault


def _version(path: str, raw: bytes | None) -> Version:
    return Version(path, raw or b"", read_ticket(raw, path=path))


def unite(
    ticket_id: str,
    versions: tuple[list[Version], list[Version], list[Version]],
    merged: Merged,
    around: Around,
) -> None:
    """Merge the versions of one ticket and note in ``merged`` what comes of it."""
    base, ours, theirs = (_by_opening(side) for side in versions)
    before = {version.path for version in versions[1]}
    found = {
        opening: _united(base.get(opening), ours.get(opening), theirs.get(opening))
        for opening in sorted(ours.keys() | theirs.keys())
    }
    if len(found) > 1:
        _put_apart(ticket_id, found, base, before, merged, around)
    for opening, version in found.items():
        if len(found) == 1:
            _put(version.ticket, version.raw, before, merged)
            if opening in ours and opening in theirs:
                merged.united.append(ticket_id)
        if version.ticket.fields.get("contested") and ticket_id not in merged.contested:
            merged.contested.append(ticket_id)


def _united(base: Version | None, ours: Version | None, theirs: Version | None) -> Version:
    if ours is None or theirs is None:
        # Deleted by hand on one side, changed on the other: what was said is worth more.
        kept = ours or theirs
        assert kept
        return kept
    ticket = merges.merge(base.ticket if base else None, ours.ticket, theirs.ticket)
    return Version(ours.path, text_of(ticket, base, ours, theirs), ticket)


def _put(ticket: Ticket, text: bytes, before: Iterable[str], merged: Merged) -> None:
    """The ticket's one file is where it belongs; those that it had ``before`` are gone."""
    merged.files.update({old: None for old in before if old != ticket.path})
    merged.files[ticket.path] = text


def _by_opening(versions: list[Version]) -> dict[str, Version]:
    """A side's tickets under one id; should one lie in two places, both united."""
    found: dict[str, Version] = {}
    for version in sorted(versions, key=lambda version: version.path, reverse=True):
        opening = version.ticket.opening.id
        known = found.get(opening)
        found[opening] = _united(None, known, version) if known else version
    return found


def _put_apart(
    ticket_id: str,
    found: dict[str, Version],
    base: dict[str, Version],
    before: Iterable[str],
    merged: Merged,
    around: Around,
) -> None:
    """Several tickets have one id: all but one get others, which every clone finds alike."""
    # Somebody may have told them apart before, while another went on under the old number.
    gone = {opening: around.moved(ticket_id, opening) for opening in found}
    staying = [opening for opening, there in gone.items() if there is None] or sorted(found)
    first = found[staying[0]].ticket
    for opening in staying[1:]:
        first, _ = merges.later_of(first, found[opening].ticket)
    kept = found.pop(first.opening.id)
    _put(kept.ticket, kept.raw, before, merged)
    for opening, version in found.items():
        _put_under_new_id(version, base.get(opening), gone[opening], merged, around)
    found[first.opening.id] = kept


def _put_under_new_id(
    version: Version,
    base: Version | None,
    known: Version | None,
    merged: Merged,
    around: Around,
) -> None:
    ticket = version.ticket
    new_id = known.ticket.id if known else _free_id(ticket, around)
    moved = _renumbered(version, new_id)
    before: list[str] = []
    if known:
        moved = _united(base and _renumbered(base, new_id), moved, known)
        before = [known.path]
    _put(moved.ticket, moved.raw, before, merged)
    merged.renumbered.append((ticket.id, new_id))


def _free_id(ticket: Ticket, around: Around) -> str:
    seed = checksum(ticket.opening.id)
    return renumbered(ticket.id, seed=seed, taken=around.is_taken)


def _renumbered(version: Version, new_id: str) -> Version:
    ticket = merges.renumber(version.ticket, new_id)
    text = dump(ticket.doc())
    if version.raw != dump(version.ticket.doc()).encode():
        text = rewrite(decode(version.raw, path=version.path), ticket.doc(), path=version.path)
    return Version(version.path, text.encode(), ticket)


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
    chosen, *others = (decode(raw, path=ours.path) for raw in by_hand)
    text = rewrite(chosen, ticket.doc(), path=ours.path)
    seen = {*_comments(text, ours.path), *_comments(chosen, ours.path)}
    seen.update(_comments(decode(base.raw, path=base.path), base.path) if base else ())
    lost = [c for other in others for c in _comments(other, ours.path) if c not in seen]
    return ("".join(f"{line}\n" for line in lost) + text).encode()


def _comments(text: str, path: str) -> list[str]:
    """What people have remarked in a file: every comment, wherever it stands."""
    found: list[str] = []
    end = 0
    for event in parse(text, path=path):
        if type(event).__name__ in ("ScalarEvent", "StreamEndEvent"):
            found += _COMMENT.findall(text, end, max(event.start_mark.index, end))
            end = event.end_mark.index
    return [comment.rstrip() for comment in found]


def _take_theirs(
    git: Git,
    here: Iterable[tuple[str, ...]],
    there: Iterable[tuple[str, str, str, str, str]],
    merged: Merged,
) -> None:
    """Files that only their side has touched are as they left them."""
    ours = {path: after for path, _, after, *_ in here}
    conflicts = [p for p, _, after, *_ in there if p in ours and after != ours[p]]
    if conflicts:  # no tickets, but something a person has put beside them
        raise Refused("sync.conflict", files=", ".join(git.prefix + path for path in conflicts))
    merged.taken.extend(
        Other(git.prefix + path, after, mode)
        for path, _, after, _, mode in there
        if path not in merged.files and path not in ours
    )
