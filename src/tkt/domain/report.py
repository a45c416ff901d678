"""How one ticket was worked: where its time went, who did what, and how long its customer waited.

A ticket lasts from its opening until it was over for good, or until now. That time is cut into
stretches at the instants of events, in whole seconds, so the stretches add up to it exactly. What
was taken back never happened; what was only moved to another ticket no longer counts as said here.
"""

from __future__ import annotations

from collections import Counter
from itertools import pairwise
from typing import TYPE_CHECKING

from tkt.domain.facts import asks, facts_of, steps
from tkt.domain.fields import parse_time
from tkt.domain.summary import DEEDS, counts_of
from tkt.domain.workflow import OVER
from tkt.named import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from datetime import datetime

    from tkt.domain.facts import Facts, Step
    from tkt.domain.ticket import Event, Ticket


class Stretch(NamedTuple):
    """So long a ticket was in one state, with one agent and in one team (None: nobody's)."""

    start: datetime
    end: datetime
    status: str | None
    assignee: str | None
    team: str | None

    @property
    def seconds(self) -> int:
        """How long that was."""
        return seconds_between(self.start, self.end)


class Round(NamedTuple):
    """A customer's wait, from the first word without an answer (of so many ``messages``) on.

    ``how`` it ended: with a ``reply`` of somebody, with the ticket ``over``, or not yet (None).
    """

    asked: datetime
    ended: datetime | None
    how: str | None
    by: str | None
    messages: int
    seconds: int


class Promise(NamedTuple):
    """What somebody promised the customer by when, and ``how`` that ended.

    It was ``kept``, ``dropped``, ``replaced`` by another promise, or goes on (None); ``late_s`` is
    by how much it was, or is, past its time.
    """

    made: datetime
    by: str
    due: datetime
    ended: datetime | None
    how: str | None
    late_s: int


class Report(NamedTuple):
    """All of it. ``ended`` is None for a ticket that goes on; ``until`` is when the time counted
    ends in any case. ``gaps`` is the time from each event to the next, the last one's None.
    """

    opened: datetime
    ended: datetime | None
    until: datetime
    stretches: tuple[Stretch, ...]
    rounds: tuple[Round, ...]
    facts: Facts
    done: dict[str, dict[str, int]]
    counts: dict[str, int]
    escalations: tuple[Event, ...]
    promises: tuple[Promise, ...]
    gaps: tuple[int | None, ...]

    @property
    def seconds(self) -> int:
        """How long the ticket has lasted."""
        return seconds_between(self.opened, self.until)

    @property
    def first_response(self) -> int | None:
        """Seconds from the opening to the first reply."""
        first = self.facts.first_reply
        return None if first is None else max(0, seconds_between(self.opened, first))

    def spent(self, name: str) -> dict[str | None, int]:
        """Seconds by ``status``, ``assignee`` or ``team``, in the order in which they came."""
        found: dict[str | None, int] = {}
        for stretch in self.stretches:
            value = getattr(stretch, name)
            found[value] = found.get(value, 0) + stretch.seconds
        return found


def seconds_between(start: datetime, end: datetime) -> int:
    """Whole seconds on the clock: what lies between is neither lost nor counted twice."""
    return int(end.timestamp()) - int(start.timestamp())


def report_of(ticket: Ticket, category_of: Callable[[str], str], *, now: datetime) -> Report:
    """The report of ``ticket`` at ``now``; ``category_of`` gives the category of a status."""
    known = list(steps(ticket))
    opened = ticket.opening.instant
    ended = _ended(known, category_of)
    until = max(opened, now if ended is None else ended)
    counted = counts_of(ticket, category_of)
    said = [step.event for step in known if step.is_here]
    done: dict[str, Counter[str]] = {}
    for event in said:
        done.setdefault(event.by, Counter())[event.do] += 1
    return Report(
        opened,
        None if ended is None else until,
        until,
        tuple(_stretches(known, opened, until)),
        tuple(_rounds(known, category_of, now)),
        facts_of(ticket, category_of),
        {by: dict(kinds) for by, kinds in done.items()},
        {
            deed: sum(counts >> bit & 1 for counts in counted.values())
            for bit, deed in enumerate(DEEDS)
        },
        tuple(event for event in said if event.do == "escalate"),
        tuple(_promises(known, until)),
        tuple(_gaps(ticket.events)),
    )


def _ended(known: Iterable[Step], category_of: Callable[[str], str]) -> datetime | None:
    """Since when a ticket is over for good; None while it goes on."""
    since: datetime | None = None
    ended = merged = False
    for event, instant, _ in known:
        ended, merged = _over(event, category_of, ended=ended, merged=merged)
        since = (since or instant) if ended or merged else None
    return since


def _over(
    event: Event, category_of: Callable[[str], str], *, ended: bool, merged: bool
) -> tuple[bool, bool]:
    """Whether a ticket is at its end, and whether it is part of another, after ``event``."""
    changes = event.data.get("set", {})
    if status := changes.get("status"):
        ended = category_of(status) in OVER
    return ended, bool(changes.get("merged_into", merged))


def _stretches(known: Iterable[Step], opened: datetime, until: datetime) -> Iterator[Stretch]:
    """The stretches from ``opened`` to ``until``, none of them empty."""
    held: dict[str, str | None] = dict.fromkeys(("status", "assignee", "team"))
    start = opened
    for event, instant, _ in known:
        changes = event.data.get("set", {})
        after = {name: changes.get(name, value) for name, value in held.items()}
        if after == held:
            continue
        end = min(max(start, instant), until)
        if seconds_between(start, end):
            yield Stretch(start, end, **held)
            start = end
        held = after
    if seconds_between(start, until):
        yield Stretch(start, until, **held)


def _rounds(
    known: Iterable[Step], category_of: Callable[[str], str], now: datetime
) -> Iterator[Round]:
    asked: datetime | None = None
    messages = 0
    for event, instant, is_here in known:
        how = None
        if is_here and asks(event):
            asked = asked or instant
            messages += 1
        elif is_here and event.do == "reply":
            how = "reply"
        if how is None and any(_over(event, category_of, ended=False, merged=False)):
            how = "over"
        if asked is not None and how is not None:
            by = event.by if how == "reply" else None
            yield Round(asked, instant, how, by, messages, _length(asked, instant))
        if how is not None:
            asked, messages = None, 0
    if asked is not None:
        yield Round(asked, None, None, None, messages, _length(asked, now))


def _promises(known: Iterable[Step], until: datetime) -> Iterator[Promise]:
    held: Promise | None = None
    for event, instant, _ in known:
        data = event.data
        changes = data.get("set", {})
        how = next((name for name in ("kept", "dropped") if name in data), None)
        if how is None and changes.get("promised"):
            how = "replaced"
        if held is not None and how is not None:
            yield held._replace(ended=instant, how=how, late_s=_length(held.due, instant))
            held = None
        due = parse_time(str(changes.get("promised") or ""))
        if due is not None:
            held = Promise(instant, event.by, due, None, None, 0)
    if held is not None:
        yield held._replace(late_s=_length(held.due, until))


def _length(start: datetime, end: datetime) -> int:
    return max(0, seconds_between(start, end))


def _gaps(events: tuple[Event, ...]) -> Iterator[int | None]:
    for event, after in pairwise(events):
        yield seconds_between(event.instant, after.instant)
    yield None
