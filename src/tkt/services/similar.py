"""Tickets that a ticket may repeat: found by its customer, its order and its words.

What is looked at is bounded, however many tickets there are: some of the customer's, some of the
order's, and some that say the same words and are not older than the desk cares for.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tkt.domain.custom.field import Label
from tkt.domain.similarity import Said, likeness
from tkt.domain.workflow import UNFINISHED
from tkt.named import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from tkt.domain.ticket import Ticket
    from tkt.services.stage import Stage
    from tkt.storage.desk import Desk

_MOST = 20
"""So many of each way of finding them are looked at."""
SHOWN = 3
"""So many are proposed when a ticket is opened."""
SPAM = "spam"
_ALIVE = (*UNFINISHED, "resolved")


class Similar(NamedTuple):
    """One ticket that may be the same: ``score`` from 0 to 1, and why it is proposed."""

    ticket: Ticket
    score: float
    why: str

    def data(self) -> dict[str, object]:
        """As JSON shows it."""
        return {
            "id": self.ticket.id,
            "title": self.ticket.title,
            "status": self.ticket.status,
            "score": round(self.score, 2),
            "why": self.why,
        }

    @property
    def reason(self) -> Label:
        """Why, in words."""
        share = f"{self.score:.0%}"
        return {
            "order": Label("同一订单", "the same order"),
            "customer_order": Label("同一客户、同一订单", "the same customer and order"),
            "customer_category": Label("同一客户、同一类别", "the same customer and category"),
            "text": Label(f"文字 {share} 相同", f"{share} the same text"),
        }[self.why]


def similar_to(desk: Desk, ticket: Ticket, *, now: datetime) -> list[Similar]:
    """The tickets that this one may repeat, the likeliest first; closed and spam ones are none."""
    within = desk.settings.duplicates
    if within is None:
        return []
    mine = Said.by(ticket)
    found: list[Similar] = []
    seen = {ticket.id}
    for ticket_id in _candidates(desk, mine, since=now - within):
        if ticket_id in seen:
            continue
        seen.add(ticket_id)
        other = desk.index.ticket(ticket_id)
        if other and not _is_spam(other) and (like := likeness(mine, Said.by(other))):
            found.append(Similar(other, like.score, like.why))
    return sorted(found, key=lambda each: (-each.score, each.ticket.id))


def _is_spam(ticket: Ticket) -> bool:
    return ticket.fields.get("category") == SPAM or SPAM in ticket.fields.get("tags", ())


def _candidates(desk: Desk, mine: Said, *, since: datetime) -> Iterator[str]:
    """The tickets that are worth a closer look: alive, and touched since then or not finished."""
    alive, at = ", ".join("?" * len(_ALIVE)), int(since.timestamp())
    for field in ("order", "customer"):
        if value := mine.fields.get(field):
            rest = [value, *_ALIVE, at, _MOST]
            sql = _HELD.format(field=field, alive=alive)
            yield from (row[0] for row in desk.index.select(sql, rest))
    if phrases := mine.phrases():
        first = int(f"{since:%y%m%d}") << 32
        sought = " OR ".join(f'"{phrase}"' for phrase in phrases)
        rows = desk.index.select(_WORDED.format(alive=alive), [sought, first, _MOST, *_ALIVE])
        yield from (row[0] for row in rows)


_HELD = (
    'SELECT id FROM tickets WHERE "{field}" = ? AND state IN ({alive})'
    " AND (updated >= ? OR state != 'resolved') ORDER BY opened DESC LIMIT ?"
)
_WORDED = (
    "SELECT id FROM tickets WHERE num IN (SELECT rowid FROM words WHERE words MATCH ?"
    " AND rowid >= ? ORDER BY rowid DESC LIMIT ?) AND state IN ({alive})"
)


def proposed(stage: Stage, ticket: Ticket) -> list[Similar]:
    """What a ticket just opened may repeat, said aloud with the command that makes them one."""
    found = similar_to(stage.desk, ticket, now=stage.acting.now)[:SHOWN]
    for each in found:
        stage.remark("similar.found", id=ticket.id, other=each.ticket.id, title=each.ticket.title,
                     why=each.reason)  # fmt: skip
    return found
