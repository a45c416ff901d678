"""How alike two tickets are: whose they are, what they are about, and their words."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from tkt.domain.words import cut
from tkt.named import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tkt.domain.ticket import Ticket

ALIKE = 0.8
"""From here on two texts count as the same."""
LEAST = 8
"""Texts with fewer pieces say too little to be compared: ``在吗`` is what everybody asks."""
_LONGEST = 4000
"""So many characters of a text are looked at."""
_PIECES = 4
"""So many pieces in a row are looked for in other tickets: few others say just these."""
_PHRASES = 6
"""So many places of a text are looked for."""


class Said(NamedTuple):
    """What of a ticket is compared: its fields, and its title and first words as pieces."""

    fields: Mapping[str, object]
    pieces: tuple[str, ...]

    @staticmethod
    def of(fields: Mapping[str, object], text: str | None) -> Said:
        """The title and what was said first, cut as for full-text search."""
        words = f"{fields.get('title', '')}\n{text or ''}"[:_LONGEST]
        return Said(fields, tuple(cut(words).split()))

    @staticmethod
    def by(ticket: Ticket) -> Said:
        """What a ticket began with."""
        first = next((event.text for event in ticket.events if event.text), None)
        return Said.of(ticket.fields, first)

    def phrases(self) -> list[str]:
        """Pieces in a row, from all over the text, as a full-text search looks for them."""
        places = len(self.pieces) - _PIECES
        if len(self.pieces) < LEAST:
            return []
        step = max(1, places // (_PHRASES - 1))
        starts = range(0, places + 1, step)
        return [" ".join(self.pieces[at : at + _PIECES]) for at in starts][:_PHRASES]


class Likeness(NamedTuple):
    """How alike, from 0 to 1, and why: order, customer_order, customer_category or text."""

    score: float
    why: str


def likeness(one: Said, other: Said) -> Likeness | None:
    """Whether one ticket may repeat another, and why; None where nothing speaks for it.

    Two customers who say the same have two tickets.
    """
    text = dice(one.pieces, other.pieces)
    customer = _same(one, other, "customer")
    if _same(one, other, "order"):
        return Likeness(1.0, "customer_order" if customer else "order")
    if customer is False:
        return None
    if customer and _same(one, other, "category") and not _differ(one, other, "order"):
        return Likeness(max(0.9, text), "customer_category")
    if text >= ALIKE and min(len(one.pieces), len(other.pieces)) >= LEAST:
        return Likeness(text, "text")
    return None


def _same(one: Said, other: Said, field: str) -> bool | None:
    """Whether both hold the same; None where one of them holds nothing."""
    left, right = one.fields.get(field), other.fields.get(field)
    return left == right if left and right else None


def _differ(one: Said, other: Said, field: str) -> bool:
    return _same(one, other, field) is False


def dice(one: tuple[str, ...], other: tuple[str, ...]) -> float:
    """The share of pieces that two texts have in common, from 0 to 1."""
    if not one or not other:
        return 0.0
    common = Counter(one) & Counter(other)
    return 2 * common.total() / (len(one) + len(other))
