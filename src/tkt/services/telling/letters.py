"""Looking into the outbox, and deciding what becomes of what is in it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tkt.domain.telling.posted import STATES
from tkt.errors import NotFound, Refused
from tkt.storage.outbox import Outbox
from tkt.storage.personal import Personal

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from datetime import datetime

    from tkt.domain.telling.posted import Posted
    from tkt.storage.desk import Desk

_TOLD = "outbox"


def listed(desk: Desk, states: Sequence[str], limit: int | None) -> list[Posted]:
    """Messages in some states, or in any; what failed first."""
    outbox = Outbox.there(desk.git)
    if outbox is None:
        return []
    try:
        return outbox.all(states or STATES, limit)
    finally:
        outbox.close()


def one(desk: Desk, number: int) -> Posted:
    """One message by its number."""
    return _chosen(desk, (number,))[0]


def retry(desk: Desk, numbers: Sequence[int], *, everything: bool, now: datetime) -> list[int]:
    """Have these, or all that failed, tried again at the next run; their numbers."""
    if everything:
        chosen = listed(desk, ("failed",), None)
    else:
        chosen = _chosen(desk, numbers)
        _refuse_sent(chosen)
    return _done(desk, chosen, lambda outbox, some: outbox.again(some, int(now.timestamp())))


def drop(desk: Desk, numbers: Sequence[int], *, now: datetime) -> list[int]:
    """Never deliver these; their numbers."""
    chosen = _chosen(desk, numbers)
    _refuse_sent(chosen)
    return _done(desk, chosen, lambda outbox, some: outbox.drop(some, int(now.timestamp())))


def failures_to_tell(desk: Desk, agent: str) -> int:
    """How many messages have failed, if the agent has not been told of the newest of them yet."""
    outbox = Outbox.there(desk.git)
    if outbox is None:
        return 0
    try:
        last, count = outbox.last_failed(), outbox.counts()["failed"]
    finally:
        outbox.close()
    personal = Personal(desk.git, agent)
    if last <= personal.load(_TOLD).get("failed", 0):
        return 0
    personal.save(_TOLD, {"failed": last})
    return count


def _chosen(desk: Desk, numbers: Iterable[int]) -> list[Posted]:
    outbox = Outbox.there(desk.git)
    found = []
    try:
        for number in numbers:
            posted = outbox.get(number) if outbox else None
            if posted is None:
                raise NotFound("outbox.none", number=number)
            found.append(posted)
    finally:
        if outbox:
            outbox.close()
    return found


def _refuse_sent(chosen: Iterable[Posted]) -> None:
    for posted in chosen:
        if posted.state == "sent":
            raise Refused("outbox.sent_already", number=posted.number)


def _done(
    desk: Desk, chosen: Iterable[Posted], change: Callable[[Outbox, list[int]], None]
) -> list[int]:
    numbers = [posted.number for posted in chosen]
    if numbers:
        outbox = Outbox.open(desk.git)
        try:
            change(outbox, numbers)
        finally:
            outbox.close()
    return numbers
