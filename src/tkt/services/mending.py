"""Mending tickets: one file each, in its place, its fields the fold of its timeline."""

from __future__ import annotations

from functools import reduce
from typing import TYPE_CHECKING

from tkt.domain import ids
from tkt.domain import merge as merges
from tkt.domain.actions.changing import changed
from tkt.domain.change import Change
from tkt.domain.fields import TIMELINE, differing
from tkt.domain.shape import breaks
from tkt.domain.ticket import Event, Ticket, fold, in_time
from tkt.errors import BadData, Refused
from tkt.named import NamedTuple
from tkt.storage import yaml
from tkt.storage.dump import dump
from tkt.storage.reading import placed

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tkt.services.acting import Acting
    from tkt.storage.transaction import Transaction


class Held(NamedTuple):
    """A committed file that says it is some ticket."""

    path: str
    raw: bytes
    ticket: Ticket


class Mended(NamedTuple):
    """One ticket put right: what to record, its new text, and the file that goes."""

    change: Change
    text: bytes
    old_path: str | None
    diff: str


def read(path: str, raw: bytes) -> Held:
    """The ticket that a file holds, wherever it lies; BadData if it holds none."""
    doc = yaml.load(raw, path=path)
    ticket_id = str(doc.get("id")) if isinstance(doc, dict) else ""
    if not ids.is_id(ticket_id):
        raise BadData("ticket.misplaced", path=path)
    if faults := breaks(doc, ticket_id=ticket_id):
        raise placed(faults[:1], raw, path)[0]
    return Held(path, raw, Ticket.of({**doc, TIMELINE: _distinct(doc[TIMELINE])}))


def _distinct(timeline: Sequence[dict[str, object]]) -> list[dict[str, object]]:
    """The events, none twice; two that share an id and differ are both kept, one renamed."""
    kept: dict[str, dict[str, object]] = {}
    for data in timeline:
        event_id = str(data["id"])
        while event_id in kept and kept[event_id] != {**data, "id": event_id}:
            tail = ids.tail_from(ids.checksum(event_id, repr(sorted(data.items(), key=repr))))
            event_id = ids.event_after([event_id], tail=tail)
        kept[event_id] = {**data, "id": event_id}
    return list(kept.values())


def mend(held: Sequence[Held], run: Transaction, acting: Acting) -> list[Mended]:
    """What makes one sound ticket of these files of one id.

    Two tickets that merely share the id are told apart as a merge does: the one opened later gets
    a new one.
    """
    groups: dict[str, list[Held]] = {}
    for file in held:
        groups.setdefault(file.ticket.opening.id, []).append(file)
    united = [reduce(_merged, (file.ticket for file in group)) for group in groups.values()]
    first = reduce(lambda a, b: merges.later_of(a, b)[0], united)
    done = []
    for ticket, group in zip(united, groups.values(), strict=True):
        target = ticket
        if ticket is not first:
            seed = ids.checksum(ticket.opening.id)
            new_id = ids.renumbered(ticket.id, seed=seed, taken=run.is_taken)
            target = merges.renumber(ticket, new_id)
        done.append(_mended(ticket, target, group, acting))
    taken = {mended.change.after.path for mended in done}
    done = [m._replace(old_path=None) if m.old_path in taken else m for m in done]
    return sorted(done, key=lambda mended: mended.change.ticket_id != first.id)


def _merged(ours: Ticket, theirs: Ticket) -> Ticket:
    return merges.merge(None, ours, theirs)


def _mended(before: Ticket, ticket: Ticket, group: Sequence[Held], acting: Acting) -> Mended:
    events = in_time(ticket.events)
    folded = Ticket(ticket.id, fold(events), events)
    top = differing(folded.fields, ticket.fields) if ticket is before else {}
    top.pop("opened", None)  # that is the time of the first event, which nobody can have changed
    new: tuple[Event, ...] = ()
    after = folded
    if top:
        edit = changed(folded, acting.on(folded), wanted=top, do="edit")
        after, new = edit.after, edit.events
    path = after.path
    tail = _tail(before, after, path, group, sorted(top))
    known = {event.id for file in group for event in file.ticket.events}
    added = tuple(event for event in after.events if event.id not in known)
    change = Change("doctor", before, after, new or added, tail=tail)
    main = next((file for file in group if file.path == path), group[0])
    text = _text(main, after)
    gone = [file.path for file in group if file.path != path]
    if len(gone) > 1:
        raise Refused("doctor.many_files", id=before.id)
    return Mended(change, text, next(iter(gone), None), diff(main.path, main.raw, path, text))


def _tail(
    before: Ticket, after: Ticket, path: str, group: Sequence[Held], top: Sequence[str]
) -> str:
    done = []
    if after.id != before.id:
        done.append(f"new id {after.id}")
    if len(group) > 1:
        done.append("files united")
    if all(file.path != path for file in group):
        done.append("file moved")
    if top:
        done.append(f"edit recorded: {', '.join(top)}")
    return "; ".join(done or ["timeline put in order"])


def _text(held: Held, after: Ticket) -> bytes:
    doc = after.doc()
    try:
        from tkt.storage.rewrite import rewrite

        return rewrite(held.raw.decode("utf-8-sig"), doc, path=held.path).encode()
    except (BadData, ValueError):
        return dump(doc).encode()


def diff(old_path: str, old: bytes, new_path: str, new: bytes) -> str:
    """A unified diff of two versions of a file."""
    from difflib import unified_diff

    before, after = (raw.decode(errors="replace").splitlines(keepends=True) for raw in (old, new))
    lines = list(unified_diff(before, after, f"a/{old_path}", f"b/{new_path}"))
    if not lines:
        return f"rename {old_path} → {new_path}\n"
    return "".join(line if line.endswith("\n") else f"{line}\n" for line in lines)
