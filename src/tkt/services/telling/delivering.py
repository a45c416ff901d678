"""Delivering what is due: in its time, at the pace a service allows, each thing once."""

from __future__ import annotations

import time
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from tkt.domain.telling.declared import is_reference
from tkt.domain.telling.message import key_of_all
from tkt.domain.telling.plans import deliveries, plans
from tkt.domain.telling.timing import BACK_OFF, quiet_until
from tkt.errors import NotFound, TktError
from tkt.named import NamedTuple
from tkt.transports.outcome import Undelivered, Way
from tkt.transports.sending import PACES, send

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from tkt.domain.settings import Settings
    from tkt.domain.telling.message import Message
    from tkt.domain.telling.plans import Plan
    from tkt.domain.telling.posted import Posted
    from tkt.storage.outbox import Outbox
    from tkt.storage.secrets import Secrets

    Compose = Callable[[Sequence[Posted], str, Settings], Message]
    """Makes the message out of what goes with it, under a key."""

_SECRET = ("url", "secret", "password")
_MINUTE = timedelta(minutes=1)


class Tried(NamedTuple):
    """What became of one message of the outbox in this run."""

    posted: Posted
    state: str
    error: tuple[str, dict[str, Any]] | None = None


class Courier:
    """One run of deliveries from one outbox."""

    def __init__(
        self, outbox: Outbox, settings: Settings, secrets: Secrets, compose: Compose, now: datetime
    ) -> None:
        self.outbox = outbox
        self.settings = settings
        self.secrets = secrets
        self.compose = compose
        self.start = now, time.monotonic()
        self.plans = plans(settings)
        self.shut: set[str] = set()
        self.missing: list[TktError] = []
        self.last: dict[str, float] = {}
        self.ways: dict[str, dict[str, str]] = {}

    @property
    def now(self) -> datetime:
        """The time, as it goes on while we send."""
        began, ticks = self.start
        return began + timedelta(seconds=time.monotonic() - ticks)

    def seconds(self) -> int:
        """The same as the outbox has it."""
        return int(self.now.timestamp())

    def deliver(self, due: Sequence[Posted], limit: int | None) -> Iterator[Tried]:
        """Deliver what is due, at most so many messages; what became of each that was tried."""
        count = 0
        for group in self.groups(self.awake(due)):
            if limit is not None and count >= limit:
                return
            if self.has_room(group[0].delivery):
                count += 1
                yield from self.one(group)

    def awake(self, due: Sequence[Posted]) -> Iterator[Posted]:
        """What may go out now; the rest is put off until the quiet is over."""
        for posted in due:
            until = quiet_for(self.plans.get(posted.recipient), posted, self.now, self.settings)
            if until is None:
                yield posted
            else:
                self.outbox.postponed([posted.number], int(until.timestamp()))

    def groups(self, due: Iterator[Posted]) -> list[list[Posted]]:
        """What goes together: each by itself, but a digest's as one.

        What was tried as one before stays one, so that its key stays the same.
        """
        found: dict[object, list[Posted]] = {}
        for posted in due:
            plan = self.plans.get(posted.recipient)
            where = (posted.delivery, posted.to)
            together: object = posted.number
            if posted.batch:
                together = (posted.batch, *where)
            elif plan and plan.digest:
                together = ("", posted.recipient, *where)
            found.setdefault(together, []).append(posted)
        return list(found.values())

    def has_room(self, delivery: str) -> bool:
        """Whether a delivery is open and takes another message this minute."""
        if delivery in self.shut:
            return False
        kind = deliveries(self.settings).get(delivery, {}).get("kind")
        pace = PACES.get(str(kind))
        if pace is None:
            return True
        since = int((self.now - _MINUTE).timestamp())
        if self.outbox.sent_since(delivery, since) >= pace.many:
            return False
        if pace.gap and delivery in self.last:
            left = pace.gap.total_seconds() - (time.monotonic() - self.last[delivery])
            time.sleep(max(left, 0))
        return True

    def one(self, group: list[Posted]) -> Iterator[Tried]:
        """Try one message and record at once how that went."""
        first, numbers = group[0], [posted.number for posted in group]
        key = first.batch or first.key
        plan = self.plans.get(first.recipient)
        if not first.batch and plan and plan.digest:
            key = key if len(group) == 1 else key_of_all(posted.key for posted in group)
            self.outbox.join(numbers, key)
            group = [posted._replace(batch=key) for posted in group]
        try:
            kind, way = self.way(first)
            send(kind, way, self.message(group, key))
        except TktError as error:
            # Nothing was tried: once the secrets can be read again it goes out as if for the first
            # time. Other ways may have what they need.
            self.shut.add(first.delivery)
            self.missing.append(error)
            yield from (Tried(posted, "waiting", (error.key, error.params)) for posted in group)
        except Undelivered as failure:
            told = failure.key, failure.params
            again = None if failure.permanent else self.next_try(first.tries)
            if failure.halts:
                self.shut.add(first.delivery)
            at = self.seconds()
            self.outbox.tried(numbers, told, at=at, again=again)
            state = "failed" if again is None else "waiting"
            yield from (Tried(posted, state, told) for posted in group)
        else:
            self.outbox.sent(numbers, self.seconds())
            yield from (Tried(posted, "sent") for posted in group)
        self.last[first.delivery] = time.monotonic()

    def message(self, group: Sequence[Posted], key: str) -> Message:
        """What goes out; where it cannot be made, the others must go out all the same."""
        try:
            return self.compose(group, key, self.settings)
        except Exception as error:
            raise Undelivered.stumbling(error) from None

    def next_try(self, tries: int) -> int | None:
        """When to try again what was tried so often before; None if it was often enough."""
        if tries >= len(BACK_OFF):
            return None
        return int((self.now + BACK_OFF[tries]).timestamp())

    def way(self, posted: Posted) -> tuple[str, Way]:
        """The kind of a delivery, and the way there with its secrets."""
        known = deliveries(self.settings).get(posted.delivery)
        if known is None:
            raise Undelivered("notify.no_way", permanent=True, name=posted.delivery)
        if posted.delivery not in self.ways:
            try:
                self.ways[posted.delivery] = opened(known, self.secrets)
            except NotFound as error:
                raise Undelivered.of(error.key, error.params) from None
        return str(known["kind"]), Way(self.ways[posted.delivery], posted.to, self.now)


def opened(delivery: Mapping[str, Any], secrets: Secrets) -> dict[str, str]:
    """What the settings say of a delivery, its secrets looked up; it fails as that does."""
    return {
        name: secrets.value(value) if name in _SECRET and is_reference(value) else str(value)
        for name, value in delivery.items()
    }


def quiet_for(
    plan: Plan | None, posted: Posted, now: datetime, settings: Settings
) -> datetime | None:
    """Until when a recipient is not to be disturbed with this; None if they may be."""
    if plan is None or plan.quiet is None:
        return None
    if posted.facts.get("priority") in plan.quiet_except:
        return None
    return quiet_until(plan.quiet, now, settings.zone)
