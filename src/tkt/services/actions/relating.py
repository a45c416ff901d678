"""Links between tickets; several that become one, one that becomes two."""

from __future__ import annotations

from difflib import get_close_matches
from typing import TYPE_CHECKING

from tkt.domain.actions import relating
from tkt.errors import NotFound, Refused, UsageProblem
from tkt.services.opening import clean_title, meant

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from tkt.domain.change import Change
    from tkt.domain.ticket import Event, Ticket
    from tkt.services.stage import Action, Stage

KINDS: Mapping[str, tuple[str, ...]] = {
    "relates": ("relates-to", "related", "相关"),
    "blocks": ("阻塞", "挡住"),
    "duplicates": ("duplicate-of", "duplicate", "重复于", "重复"),
    "child-of": ("child", "子单", "属于"),
    "parent-of": ("parent", "父单", "包含"),
}
"""What a link may be called, and the other names of each."""


def kind_named(text: str) -> str:
    """The kind of link that ``text`` means; UsageProblem with what may have been meant."""
    wanted = text.casefold()
    for kind, others in KINDS.items():
        if wanted in (kind, *others):
            return kind
    words = [*KINDS, *(other for others in KINDS.values() for other in others)]
    close = get_close_matches(text, words, 1, 0.5)
    key = "link.unknown_kind_like" if close else "link.unknown_kind"
    raise UsageProblem(key, value=text, close=close[0] if close else "", known=", ".join(KINDS))


def link(kind: str, other: str, *, remove: bool, reason: str | None) -> Action:
    """A link from each ticket to ``other``, or away with it."""
    named = kind_named(kind)

    def act(stage: Stage, ticket: Ticket) -> Sequence[Change]:
        end = stage.find(other)
        # A family is written down on the child, whichever end it is told from.
        start, end = (end, ticket) if named == "parent-of" else (ticket, end)
        what = "child" if named in ("child-of", "parent-of") else named
        doing = stage.doing(start)
        if remove:
            if what == "relates" and ticket.id in end.fields.get("relates", ()):
                start, end = end, start
            return [relating.unlinked(start, doing, kind=what, other=end.id, reason=reason)]
        change = relating.linked(
            start, doing, kind=what, other=end.id, named_by=stage.named_by, reason=reason
        )
        return [change]

    return act


def merge(into: str, *, anyway: bool, reason: str | None) -> Action:
    """Each ticket becomes part of the one that ``into`` means."""

    def act(stage: Stage, ticket: Ticket) -> Sequence[Change]:
        target = stage.find(into)
        whose, theirs = ticket.fields.get("customer"), target.fields.get("customer")
        if whose and theirs and whose != theirs and not anyway:
            raise Refused(
                "merge.two_customers", id=ticket.id, into=target.id, one=whose, other=theirs
            )
        return relating.merged(
            ticket, target, stage.doing(target), flow_of=stage.flow, reason=reason
        )

    return act


def split(at: str, *, title: str | None, said: Mapping[str, str]) -> Action:
    """What was said from ``at`` on (its number, or an event's id) becomes a ticket of its own."""

    def act(stage: Stage, ticket: Ticket) -> Sequence[Change]:
        event = said_at(ticket, at)
        line = clean_title(title) if title is not None else ticket.title
        given = meant(stage, said, category=ticket.fields.get("category"))
        fields = {"title": line, **given}
        fields = {name: value for name, value in fields.items() if value is not None}
        flow = stage.settings.flow(fields.get("workflow", ticket.fields.get("workflow")))
        return relating.split(
            ticket,
            stage.doing(ticket),
            at=event,
            new_id=stage.free_id(),
            flow=flow,
            fields=fields,
        )

    return act


def said_at(ticket: Ticket, text: str) -> Event:
    """The event that a person means: by the number that ``tkt show`` gives it, or by its id."""
    number = text.lstrip("#")
    if number.isascii() and number.isdigit() and 0 < int(number[:9]) <= len(ticket.events):
        return ticket.events[int(number) - 1]
    wanted = text.upper()
    found = [event for event in ticket.events if event.id.upper().endswith(wanted)]
    if len(found) == 1:
        return found[0]
    raise NotFound("event.none", id=ticket.id, event=text)
