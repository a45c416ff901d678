"""rosters/*.yaml and availability/*.yaml: what they may say, and reading them."""

from __future__ import annotations

import re
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from tkt.domain.fields import parse_time
from tkt.domain.settings import Availability
from tkt.domain.spec.kind import BAD, bad
from tkt.domain.spec.nested import Key, ListOf, Record, taken
from tkt.domain.spec.simple import Choice, Name, Parsed, Text, Texts

if TYPE_CHECKING:
    from tkt.domain.shape import Fault
    from tkt.domain.spec.kind import Faults, Where

_DAY = "(mon|tue|wed|thu|fri|sat|sun)"
_CLOCK = "([01][0-9]|2[0-3]):[0-5][0-9]"


def _fitting(pattern: str, text: str) -> None:
    if re.fullmatch(pattern, text) is None:
        raise ValueError(text)


def _days(text: str) -> None:
    """``mon``, or ``mon-fri``."""
    _fitting(f"{_DAY}(-{_DAY})?", text)


def _hours(text: str) -> None:
    """``09:00-18:00``; one that ends before it begins goes on past midnight.

    One that ends when it begins may mean all day or nothing; all day is ``00:00-24:00``.
    """
    _fitting(f"{_CLOCK}-({_CLOCK}|24:00)", text)
    start, _, end = text.partition("-")
    if start == end:
        raise ValueError(text)


def _date(text: str) -> None:
    """``2026-11-11``, in years that leave room to reckon on either side."""
    _fitting(r"\d{4}-\d\d-\d\d", text)
    if not 1900 <= date.fromisoformat(text).year < 9000:
        raise ValueError(text)


def _moment(text: str) -> None:
    """``2026-11-11T12:00:00+08:00``."""
    if parse_time(text) is None:
        raise ValueError(text)


class _Lasting(Record):
    """What lasts from ``since`` to ``until``; one that ends before it begins cannot be meant."""

    def take(self, value: Any, where: Where, faults: Faults) -> Any:
        """As every record."""
        taken = super().take(value, where, faults)
        since, until = (taken.get(key) if taken is not BAD else None for key in ("since", "until"))
        if since and until and datetime.fromisoformat(until) < datetime.fromisoformat(since):
            said = {"since": since, "until": until}
            return bad(faults, (*where, "until"), "roster.until_first", **said)
        return taken


DATE = Parsed(_date, "roster.not_date", examples=("2026-11-11",))
"""A day."""
SHIFT = _Lasting("shift", {
    "name": Text(),
    "agents": Key(Texts(named=True), needed=True),
    "days": ListOf(Parsed(_days, "roster.not_days", examples=("mon-fri", "sat")), lone=True),
    "dates": ListOf(DATE, lone=True),
    "hours": Key(
        ListOf(Parsed(_hours, "roster.not_hours", examples=("09:00-18:00",)), lone=True),
        needed=True,
    ),
    "since": DATE,
    "until": DATE,
})  # fmt: skip
LEAVE = _Lasting("leave", {
    "agent": Key(Name(), needed=True),
    "since": Key(DATE, needed=True),
    "until": DATE,
    "reason": Text(),
})  # fmt: skip
SWAP = Record("swap", {
    "date": Key(DATE, needed=True),
    "from": Key(Name(), needed=True),
    "to": Key(Name(), needed=True),
    "reason": Text(),
})  # fmt: skip
ROSTER = Record("roster", {
    "holidays": Choice("on", "off"),
    "shifts": ListOf(SHIFT),
    "leave": ListOf(LEAVE),
    "swaps": ListOf(SWAP),
})  # fmt: skip
"""What rosters/NAME.yaml may say."""
STATUSES = ("active", "away", "unavailable")
"""Whether an agent takes work."""
MOMENT = Parsed(_moment, "roster.not_moment", examples=("2026-11-11T12:00:00+08:00",))
"""An instant with its offset."""
AVAILABILITY = _Lasting("availability", {
    "status": Key(Choice(*STATUSES), needed=True),
    "reason": Text(),
    "since": MOMENT,
    "until": MOMENT,
})  # fmt: skip
"""What availability/AGENT.yaml may say."""


def read_roster(data: Any, *, name: str) -> tuple[tuple[str, dict[str, Any]], list[Fault]]:
    """(name, sound part) of a roster, and its faults."""
    found, faults = taken(ROSTER, data)
    return (name, found), faults


def read_availability(
    data: Any, *, name: str
) -> tuple[tuple[str, Availability] | None, list[Fault]]:
    """(agent, whether they take work), and the faults; None if that cannot be told."""
    found, faults = taken(AVAILABILITY, data)
    return ((name, Availability(**found)) if "status" in found else None), faults
