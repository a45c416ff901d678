"""A change to a ticket as a value, and the commit that records it.

The subject is for people and starts with words of ours; the trailers are for programs and are the
last paragraph. Whatever comes from outside is folded into one line and stripped of control
characters, and in the body stands behind ``>``, so no text can pose as a subject or a trailer.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from tkt.domain.fields import FIELDS, differing
from tkt.domain.plaintext import clip, one_line

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tkt.domain.ticket import Event, Ticket

_SUBJECT_CELLS = 72
_VALUE_CELLS = 60


class Person(NamedTuple):
    """Who acts: ``by`` is the name in timelines; name and email are the Git author's."""

    by: str
    name: str
    email: str


class Change(NamedTuple):
    """One action on one ticket: what was, what is, the new events, and why."""

    action: str
    before: Ticket | None
    after: Ticket
    events: tuple[Event, ...]
    tail: str = ""
    reason: str | None = None
    rule: str | None = None

    @property
    def ticket_id(self) -> str:
        """The id of the ticket that changed."""
        return self.after.id


def subject(change: Change) -> str:
    """One line: the action, the ticket, and what to know about it."""
    line = f"{change.action} {change.ticket_id}"
    if change.tail:
        line += f" {one_line(change.tail)}"
    return clip(line, _SUBJECT_CELLS)


def message(change: Change, actor: str) -> str:
    """The whole commit message: subject, what changed, why, and trailers."""
    paragraphs = [subject(change)]
    before: Mapping[str, Any] = change.before.fields if change.before else {}
    if change.before is not None:
        changed = differing(before, change.after.fields)
        if lines := [_changed_line(n, before.get(n), changed[n]) for n in changed]:
            paragraphs.append("\n".join(lines))
    if change.reason:
        paragraphs.append(f"> {one_line(change.reason, 1000)}")
    paragraphs.append(trailers(change, actor))
    return "\n\n".join(paragraphs) + "\n"


def trailers(change: Change, actor: str) -> str:
    """The last paragraph, as ``git interpret-trailers`` reads it."""
    lines = [f"Ticket: {change.ticket_id}", f"Action: {change.action}", f"Actor: {one_line(actor)}"]
    lines += [f"Event: {one_line(event.id)}" for event in change.events[:20]]
    if change.rule:
        lines.append(f"Rule: {one_line(change.rule)}")
    return "\n".join(lines)


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
