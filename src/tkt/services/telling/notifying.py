"""One run of ``tkt notify``: what is new goes into the outbox, what is due goes out.

Where nothing is new and nothing is due this must cost next to nothing, so what finds notices and
what sends messages is imported when there is something to do.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, NamedTuple

from tkt.errors import TktError
from tkt.storage.lock import held_run
from tkt.storage.outbox import Outbox

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from tkt.domain.telling.posted import New, Posted
    from tkt.services.telling.delivering import Compose, Tried
    from tkt.storage.desk import Desk

KEPT = timedelta(days=30)
"""So long the outbox remembers what was delivered."""


class Run(NamedTuple):
    """What a run did, and what it left: ``new`` messages, ``tried`` ones, ``waiting``, ``failed``.

    ``fault`` kept it from looking for new notices. ``running``: another run was at it, and this one
    did nothing.
    """

    new: int = 0
    tried: tuple[Tried, ...] = ()
    waiting: int = 0
    failed: int = 0
    fault: TktError | None = None
    running: bool = False

    def count(self, state: str) -> int:
        """How many messages came to be in a state in this run."""
        return sum(tried.state == state for tried in self.tried)


class Outside(NamedTuple):
    """What a run is given from outside: the environment, and what makes texts."""

    environ: Mapping[str, str]
    compose: Compose


def notify(desk: Desk, outside: Outside, *, now: datetime, limit: int | None = None) -> Run:
    """Fill the outbox and deliver what is due, unless another run on this machine is at it."""
    with held_run(desk.git, "notify") as alone:
        if not alone:
            return Run(running=True)
        outbox = Outbox.open(desk.git)
        try:
            return _run(desk, outbox, outside, now, limit)
        finally:
            outbox.close()


def _run(desk: Desk, outbox: Outbox, outside: Outside, now: datetime, limit: int | None) -> Run:
    new, fault = 0, None
    cursor = outbox.cursor
    if cursor != desk.head():
        from tkt.services.telling.filling import look

        try:
            found, head = look(desk, cursor, now=now)
        except TktError as error:
            fault = error  # what is in the outbox is delivered all the same
        else:
            new = outbox.fill(found, head)
    due = outbox.due(int(now.timestamp()))
    tried: tuple[Tried, ...] = ()
    if due:
        from tkt.services.telling.delivering import Courier
        from tkt.storage.secrets import Secrets

        secrets = Secrets(outside.environ, desk.git.top)
        courier = Courier(outbox, desk.settings, secrets, outside.compose, now)
        # Written before anything is sent: an outbox that takes no record must stop the run here.
        outbox.forget(int((now - KEPT).timestamp()))
        tried = tuple(courier.deliver(due, limit))
    counts = outbox.counts()
    return Run(new, tried, counts["waiting"], counts["failed"], fault)


def preview(desk: Desk, outside: Outside, *, now: datetime) -> Run:
    """What a run would put into the outbox and what it would send; nothing is written or sent."""
    from tkt.services.telling.delivering import Tried, quiet_for
    from tkt.services.telling.filling import look

    outbox = Outbox.there(desk.git)
    try:
        found, _ = look(desk, outbox.cursor if outbox else None, now=now)
        fresh = [_posted(new) for new in found if not (outbox and outbox.knows(new))]
        waiting = outbox.all(("waiting",), None) if outbox else []
        failed = outbox.counts()["failed"] if outbox else 0
    finally:
        if outbox:
            outbox.close()
    from tkt.domain.telling.plans import plans

    wanted, tried = plans(desk.settings), []
    for posted in (*sorted(waiting, key=lambda each: each.due), *fresh):
        until = quiet_for(wanted.get(posted.recipient), posted, now, desk.settings)
        is_due = posted.due <= int(now.timestamp()) and until is None
        tried.append(Tried(posted, "due" if is_due else "waiting"))
    left = sum(each.state == "waiting" for each in tried)
    return Run(len(fresh), tuple(tried), left, failed)


def _posted(new: New) -> Posted:
    """A message as it would stand in the outbox."""
    from tkt.domain.telling.posted import Posted

    return Posted(0, *new[:8], "waiting", new.made, new.due, None, 0, None, None)
