"""What needs an agent now."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from tkt.domain.workflow import UNFINISHED
from tkt.named import NamedTuple
from tkt.services import inbox, querying
from tkt.services.training.looking import pressing

if TYPE_CHECKING:
    from datetime import datetime

    from tkt.domain.query import Query
    from tkt.domain.settings import Agent
    from tkt.services.inbox import Entry
    from tkt.services.looking import Row
    from tkt.storage.desk import Desk

_MOST = 10
"""So many tickets are listed under one heading."""


class Heap(NamedTuple):
    """Tickets of one sort: how many there are, and the first of them."""

    total: int
    rows: list[Row]


class Today(NamedTuple):
    """An agent's day.

    ``late`` are tickets past their due time, ``promised`` those on which something is promised, the
    soonest first, ``due`` those that waited until today, ``waiting`` those whose customers wait for
    an answer, the longest first, ``mine`` all of one's own that are not over, and ``unassigned``
    those that ``tkt next`` may hand out. ``training`` is what they have to learn within days.
    """

    agent: str
    inbox: list[Entry]
    unread: int
    late: Heap
    promised: Heap
    due: Heap
    waiting: Heap
    mine: Heap
    unassigned: Heap
    done: int
    training: list[Row]


def of(desk: Desk, agent: str, *, now: datetime, most: int = _MOST) -> Today:
    """What there is to do for an agent; at most so many tickets are given of each sort."""
    start = now.astimezone(desk.settings.zone).replace(hour=0, minute=0, second=0)
    tonight = (start + timedelta(days=1)).isoformat()

    def heap(text: str) -> Heap:
        return _heap(desk, read(text), now, most)

    def read(text: str) -> Query:
        return querying.read_query(desk, text, now=now, me=agent)

    done = f"assignee:me state:resolved,closed resolved>={start.isoformat()}"
    mine = f"assignee:me state:{','.join(UNFINISHED)}"
    return Today(
        agent,
        inbox.entries(desk, agent, now=now, limit=most),
        inbox.count(desk, agent, now=now),
        heap(f"{mine} overdue sort:due"),
        heap(f"{mine} promised:any sort:promised"),
        heap(f"{mine} state:pending until<{tonight} sort:until"),
        heap(f"{mine} waiting_since:any sort:waiting_since"),
        heap(mine),
        _heap(desk, querying.to_hand_out(read(""), desk.settings, agent), now, most),
        querying.counted(desk, read(done), now=now),
        pressing(desk.settings, _who(desk, agent), now=now),
    )


def _who(desk: Desk, agent: str) -> list[Agent]:
    return [one for one in desk.settings.agents if one.id == agent]


def _heap(desk: Desk, query: Query, now: datetime, most: int) -> Heap:
    page = querying.find(desk, query, now=now, limit=most, count=True)
    return Heap(page.total or 0, list(page.rows))


def document(today: Today) -> dict[str, Any]:
    """The same as plain data."""
    data: dict[str, Any] = {"agent": today.agent, "unread": today.unread}
    data["inbox"] = [entry._asdict() for entry in today.inbox]
    for name in ("late", "promised", "due", "waiting", "mine", "unassigned"):
        heap: Heap = getattr(today, name)
        data[name] = {"total": heap.total, "tickets": heap.rows}
    data["done"] = today.done
    data["training"] = today.training
    return data
