"""One run of ``tkt notify``: what is new goes into the outbox, what is due goes out.

Where nothing is new and nothing is due this must cost next to nothing, so what finds notices and
what sends messages is imported when there is something to do.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from tkt.errors import TktError
from tkt.named import NamedTuple
from tkt.storage.lock import held_run
from tkt.storage.outbox import Outbox

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import datetime

    from tkt.domain.telling.posted import New, Posted
    from tkt.services.telling.delivering import Compose, Tried
    from tkt.storage.desk import Desk

KEPT = timedelta(days=30)
"""So long the outbox remembers what was delivered."""


class Run(NamedTuple):
    """What a run did, and what it left: ``new`` messages, ``tried`` ones, ``waiting``, ``failed``.

    ``fault`` kept it from looking for new notices. ``running``: another run was at it, and this one
    did nothing. ``missing`` says which secrets cannot be read, in a preview also which are not
    there; ``unheard`` are in a preview the notices of the last day where nobody has said how.
    """

    new: int = 0
    tried: tuple[Tried, ...] = ()
    waiting: int = 0
    failed: int = 0
    fault: TktError | None = None
    running: bool = False
    missing: tuple[TktError, ...] = ()
    unheard: int = 0

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
    missing: tuple[TktError, ...] = ()
    if due:
        from tkt.services.telling.delivering import Courier
        from tkt.storage.secrets import Secrets

        secrets = Secrets(outside.environ, desk.git.top)
        courier = Courier(outbox, desk.settings, secrets, outside.compose, now)
        # Written before anything is sent: an outbox that takes no record must stop the run here.
        outbox.forget(int((now - KEPT).timestamp()))
        tried = tuple(courier.deliver(due, limit))
        missing = tuple(courier.missing)
    counts = outbox.counts()
    return Run(new, tried, counts["waiting"], counts["failed"], fault, missing=missing)


def preview(desk: Desk, outside: Outside, *, now: datetime) -> Run:
    """What a run would put into the outbox and what it would send; nothing is written or sent."""
    from tkt.services.telling.delivering import Tried, quiet_for
    from tkt.services.telling.filling import look, unheard

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
    return Run(
        len(fresh), tuple(tried), left, failed,
        missing=tuple(_missing(desk, outside)), unheard=0 if wanted else unheard(desk, now=now),
    )  # fmt: skip


def _missing(desk: Desk, outside: Outside) -> Iterator[TktError]:
    """What keeps deliveries that somebody wants from their secrets, each thing once."""
    from tkt.domain.telling.plans import deliveries, plans
    from tkt.services.telling.delivering import opened
    from tkt.storage.secrets import Secrets

    secrets, told = Secrets(outside.environ, desk.git.top), set()
    used = {route.delivery for plan in plans(desk.settings).values() for route in plan.routes}
    for name in sorted(used):
        try:
            opened(deliveries(desk.settings)[name], secrets)
        except TktError as error:
            if (what := (error.key, str(error.params))) not in told:
                told.add(what)
                yield error


def _posted(new: New) -> Posted:
    """A message as it would stand in the outbox."""
    from tkt.domain.telling.posted import Posted

    return Posted(0, *new[:8], "waiting", new.made, new.due, None, 0, None, None)
