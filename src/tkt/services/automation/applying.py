"""Whether a rule's or a macro's condition holds for a ticket, and which part of it does not."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from tkt.domain.automation.conditions import DATES, HOURS, TIME, decoded, parts_of
from tkt.domain.automation.seasons import is_date, is_time
from tkt.domain.calendar.notices import all_notices
from tkt.domain.fields import FIELDS
from tkt.domain.query.evaluate import matches
from tkt.domain.query.tree import And, Compare, leaves
from tkt.named import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import datetime

    from tkt.domain.automation.rules import Condition
    from tkt.domain.query import Node
    from tkt.domain.ticket import Ticket
    from tkt.services.stage import Stage


class Missed(NamedTuple):
    """A part of a condition that does not hold: its key (None: a query), what it wants, what is."""

    key: str | None
    wanted: str
    found: Any = None


def applies(stage: Stage, condition: Condition, ticket: Ticket, at: datetime) -> bool:
    """Whether a condition holds for a ticket ``at`` a time."""
    if condition.hours and condition.hours != hours_word(stage, ticket, at):
        return False
    if not all(holds for *_, holds in _seasons(stage, condition, at)):
        return False
    if condition.said is None:
        return True
    if condition.bound is not None:
        tree = decoded(condition.bound)
    else:
        tree = And(tuple(part.tree for part in _parts(stage, condition, at)))
    return _holds(stage, tree, ticket)


def missed(stage: Stage, condition: Condition, ticket: Ticket, at: datetime) -> Iterator[Missed]:
    """Every part of a condition that does not hold."""
    if condition.hours and condition.hours != (word := hours_word(stage, ticket, at)):
        yield Missed(HOURS, condition.hours, word)
    for key, wanted, found, holds in _seasons(stage, condition, at):
        if not holds:
            yield Missed(key, ", ".join(wanted), found)
    for part in _parts(stage, condition, at):
        if not _holds(stage, part.tree, ticket):
            field = next((x.field for x in leaves(part.tree) if isinstance(x, Compare)), None)
            yield Missed(
                part.key, part.said, ticket.fields.get(field) if part.key and field else None
            )


def hours_word(stage: Stage, ticket: Ticket, at: datetime) -> str:
    """``open`` or ``closed``."""
    return "open" if stage.hours_of(ticket).is_open(int(at.timestamp())) else "closed"


def _seasons(
    stage: Stage, condition: Condition, at: datetime
) -> Iterator[tuple[str, Sequence[str], str, bool]]:
    """(key, what it wants, what is, whether that will do) of what it asks of day and year."""
    here = at.astimezone(stage.settings.zone)
    if condition.times:
        yield TIME, condition.times, f"{here:%H:%M}", is_time(condition.times, here)
    if condition.dates:
        published = stage.settings.published
        on_it = is_date(condition.dates, here, lambda: all_notices(published))
        yield DATES, condition.dates, f"{here:%Y-%m-%d}", on_it


def _parts(stage: Stage, condition: Condition, at: datetime) -> Iterator[Any]:
    from tkt.domain.vocabulary import vocabulary  # most conditions are bound already

    words = partial(vocabulary, stage.settings)
    return parts_of(condition.said, vocabulary=words, now=at, tz=stage.settings.zone)


def _holds(stage: Stage, tree: Node, ticket: Ticket) -> bool:
    own = stage.settings.fields.by_name
    plain = all(
        isinstance(leaf, Compare)
        and leaf.field != "id"
        and (leaf.field in FIELDS or leaf.field in own)
        for leaf in leaves(tree)
    )
    if plain:
        return matches(tree, ticket.fields.get, "")
    return matches(tree, *stage.looked_at(ticket))
