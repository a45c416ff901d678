"""The sweep: everything that time has made ripe happens, once, and each for its own reason."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from tkt.domain.change import Person
from tkt.domain.sweeping import SWEEP
from tkt.domain.sweeping.catching_up import catch_up
from tkt.errors import TktError

if TYPE_CHECKING:
    from datetime import datetime

    from tkt.domain.change import Change
    from tkt.domain.sweeping.timer import Timer
    from tkt.services.acting import Acting
    from tkt.storage.desk import Desk
    from tkt.storage.transaction import Saved, Transaction

ACTOR = Person(SWEEP, "tkt sweep", f"{SWEEP}@localhost")
_RIPE = "SELECT id FROM tickets WHERE wake <= ? ORDER BY priority_rank DESC, wake, num"


class Deed(NamedTuple):
    """One thing that happened to a ticket, or in a preview would."""

    timer: Timer
    change: Change
    saved: Saved | None


class Swept(NamedTuple):
    """What a sweep did, in its order, and the tickets of which something could not be done."""

    deeds: list[Deed]
    refused: list[tuple[str, TktError]]


def is_idle(desk: Desk, now: datetime) -> bool:
    """Whether nothing is ripe; one look at the index, whatever there is."""
    first = f"{_RIPE} LIMIT 1"
    return next(desk.index.select(first, (int(now.timestamp()),)), None) is None


def sweep(desk: Desk, *, acting: Acting, dry_run: bool = False) -> Swept:
    """Let everything happen that is ripe, the most urgent tickets first; or only say what would.

    What is late catches up in the order in which it was due. Nothing to do makes no commit.
    """
    if is_idle(desk, acting.now):
        return Swept([], [])
    if dry_run:
        return _swept(desk, None, acting)
    person = acting._replace(person=ACTOR)
    return desk.write(lambda run: _swept(desk, run, person), person.grouping("sweep"))


def _swept(desk: Desk, run: Transaction | None, acting: Acting) -> Swept:
    found = Swept([], [])
    ripe = [row[0] for row in desk.index.select(_RIPE, (int(acting.now.timestamp()),))]
    for ticket_id in ripe:
        try:
            for timer, change in catch_up(desk.ticket(ticket_id), desk.plan, now=acting.now):
                saved = None
                if run is not None:
                    saved = run.save(change, person=acting.person, now=acting.now)
                found.deeds.append(Deed(timer, change, saved))
        except TktError as error:
            if error.ends_run:
                raise
            found.refused.append((ticket_id, error))
    return found
