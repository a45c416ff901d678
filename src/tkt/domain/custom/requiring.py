"""When a ticket may not be without a value: what ``required`` says of a declared field.

A change is refused only if it is the change that makes the value needed. What was so before
hinders nobody: notes and replies on old tickets are never stopped by a rule made later.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from tkt.domain.custom.placing import applies
from tkt.domain.custom.reading import SECTION
from tkt.domain.fields import differing
from tkt.domain.query.evaluate import matches
from tkt.domain.query.reading import read
from tkt.domain.query.tree import Compare, Flag, Node, Words, leaves
from tkt.domain.shape import Fault
from tkt.domain.vocabulary import vocabulary
from tkt.errors import TktError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from typing import Any

    from tkt.domain.change import Change
    from tkt.domain.custom.field import CustomField
    from tkt.domain.query.tree import Query
    from tkt.domain.query.vocabulary import Vocabulary
    from tkt.domain.settings import Settings
    from tkt.domain.ticket import Ticket

    Look = Callable[[Ticket], tuple[Callable[[str], Any], str]]
    """Gives of a ticket what it has by field or flag name, and all its text."""

_DECIDED_BY = {
    "state": ("status", "workflow", "merged_into"),
    "unassigned": ("assignee",),
}
"""Fields that decide on what is derived from them."""
_SOME_DAY = datetime(2026, 1, 1, tzinfo=UTC)


def left_out(
    settings: Settings, change: Change, look: Look, *, now: datetime, me: str | None
) -> CustomField | None:
    """The field that a ticket needs from this change on, and does not have."""
    before, after = change.before, change.after
    changed = differing(before.fields if before else {}, after.fields).keys()
    words: Vocabulary | None = None
    for field in settings.fields:
        if field.required is None or not _is_without(field, after):
            continue
        words = words or vocabulary(settings)
        try:
            tree = _read(settings, words, field.required, now, me).tree
        except TktError:
            continue  # `tkt check` names it
        if before and changed.isdisjoint(_decided_by(field, tree)):
            continue
        was_so = before and _is_without(field, before) and matches(tree, *look(before))
        if not was_so and matches(tree, *look(after)):
            return field
    return None


def _is_without(field: CustomField, ticket: Ticket) -> bool:
    """Whether a ticket has no value for a field that it might have."""
    category = ticket.fields.get("category")
    return field.value_in(ticket.fields) is None and applies(field, category)


def _decided_by(field: CustomField, tree: Node) -> set[str]:
    """The fields of which a change may make the value needed, or take it away."""
    return {*_looked_at(tree), *field.names, "category"}


def faults_of_queries(settings: Settings) -> list[Fault]:
    """Where ``required`` is no query of this desk."""
    faults = []
    words = vocabulary(settings)
    for field in settings.fields:
        try:
            _read(settings, words, field.required or "", _SOME_DAY, "me")
        except TktError as error:
            said: dict[str, object] = {
                "field": field.name,
                "query": field.required,
                "at": error.params.get("column", 1),
                "close": error.params.get("close", ""),
            }
            key = "custom.bad_query_like" if said["close"] else "custom.bad_query"
            faults.append(Fault((SECTION, field.name, "required"), key, said))
    return faults


def _read(settings: Settings, words: Vocabulary, text: str, now: datetime, me: str | None) -> Query:
    return read(text, vocabulary=words, now=now, tz=settings.zone, me=me)


def _looked_at(tree: Node) -> Iterable[str]:
    """The fields whose change may decide whether a ticket fits."""
    for leaf in leaves(tree):
        match leaf:
            case Compare():
                for name in (leaf.field, *leaf.formerly):
                    yield from _DECIDED_BY.get(name, (name,))
            case Flag(name):
                yield from _DECIDED_BY.get(name, (name,))
            case Words():
                yield "title"
