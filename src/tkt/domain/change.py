"""A change to a ticket as a value, and the commit that records it.

The subject is for people and starts with words of ours; the trailers are for programs and are the
last paragraph. Whatever comes from outside is folded into one line and stripped of control
characters, and in the body stands behind ``>``, so no text can pose as a subject or a trailer.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tkt.domain.fields import FIELDS, differing
from tkt.domain.plaintext import clip, one_line
from tkt.named import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from tkt.domain.masking import Found
    from tkt.domain.ticket import Event, Ticket

_SUBJECT_CELLS = 72
_VALUE_CELLS = 60


class Person(NamedTuple):
    """Who acts: ``by`` is the name in timelines; name and email are the Git author's."""

    by: str
    name: str
    email: str


class Change(NamedTuple):
    """One action on one ticket: what was, what is, the new events, and why.

    ``name`` is that of an action which is called by one, as a macro is. ``found`` is the personal
    data that was masked in it (see :mod:`tkt.domain.privacy`), in full: it is never written here.
    """

    action: str
    before: Ticket | None
    after: Ticket
    events: tuple[Event, ...]
    tail: str = ""
    reason: str | None = None
    rule: str | None = None
    name: str = ""
    found: tuple[Found, ...] = ()

    @property
    def ticket_id(self) -> str:
        """The id of the ticket that changed."""
        return self.after.id


def message(change: Change, actor: str) -> str:
    """The whole commit message of a change: subject, what changed, why, and trailers."""
    lines: list[str] = []
    if change.before is not None:
        before = change.before.fields
        changed = differing(before, change.after.fields)
        lines = [_changed_line(n, before.get(n), changed[n]) for n in changed]
    return worded(
        subject(change),
        (
            ("Ticket", change.ticket_id),
            ("Action", change.action),
            ("Actor", actor),
            *(("Event", event.id) for event in change.events[:20]),
            *((("Rule", change.rule),) if change.rule else ()),
        ),
        lines=lines,
        reason=change.reason,
    )


def subject(change: Change) -> str:
    """The first line of a change's commit: at most 72 terminal cells."""
    return _headed(" ".join(filter(None, (
        change.action, change.name, change.ticket_id, change.tail,
    ))))  # fmt: skip


def worded(
    heading: str,
    trailers: Iterable[tuple[str, str]],
    *,
    lines: Sequence[str] = (),
    reason: str | None = None,
) -> str:
    """A commit message in which no text from outside can pose as a subject or a trailer.

    ``lines`` of ours stand between the subject and the reason; the trailers are the last paragraph,
    as ``git interpret-trailers`` reads it.
    """
    paragraphs = [_headed(heading)]
    if lines:
        paragraphs.append("\n".join(lines))
    if reason:
        paragraphs.append(f"> {one_line(reason, 1000)}")
    paragraphs.append("\n".join(f"{name}: {one_line(value)}" for name, value in trailers))
    return "\n\n".join(paragraphs) + "\n"


def _headed(text: str) -> str:
    return clip(one_line(text), _SUBJECT_CELLS)


def _changed_line(name: str, old: object, new: object) -> str:
    return f"- {one_line(name)}: {shown(old)} → {shown(new)}"


def shown(value: object) -> str:
    """A field's value in one short line; an empty one as a dash."""
    if value is None or value == []:
        return "–"
    text = ", ".join(map(str, value)) if isinstance(value, list) else str(value)
    return clip(one_line(text), _VALUE_CELLS)


def summary_of(changes: Mapping[str, Any]) -> str:
    """Set fields in one line: ``priority=high assignee=lin``."""
    names = [name for name in FIELDS if name in changes]
    names += [name for name in changes if name not in FIELDS]
    return " ".join(f"{name}={shown(changes[name])}" for name in names)
