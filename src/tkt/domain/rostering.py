"""rosters/*.yaml: what a roster may say of shifts, leave and swaps."""

from __future__ import annotations

import re
from datetime import date

from tkt.domain.spec.nested import Key, ListOf, Record
from tkt.domain.spec.simple import Name, Parsed, Text, Texts

_DAY = "(mon|tue|wed|thu|fri|sat|sun)"
_CLOCK = "([01][0-9]|2[0-3]):[0-5][0-9]"


def _fitting(pattern: str, text: str) -> None:
    if re.fullmatch(pattern, text) is None:
        raise ValueError(text)


def _days(text: str) -> None:
    """``mon``, or ``mon-fri``."""
    _fitting(f"{_DAY}(-{_DAY})?", text)


def _hours(text: str) -> None:
    """``09:00-18:00``; one that ends before it begins goes on past midnight."""
    _fitting(f"{_CLOCK}-({_CLOCK}|24:00)", text)


DATE = Parsed(date.fromisoformat, "roster.not_date", examples=("2026-11-11",))
"""A day."""
SHIFT = Record("shift", {
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
LEAVE = Record("leave", {
    "agent": Key(Name(), needed=True),
    "since": Key(DATE, needed=True),
    "until": DATE,
    "reason": Text(),
})  # fmt: skip
SWAP = Record("swap", {
    "date": Key(DATE, needed=True),
    "from": Key(Name(), needed=True),
    "to": Key(Name(), needed=True),
})  # fmt: skip
ROSTER = Record("roster", {
    "shifts": ListOf(SHIFT),
    "leave": ListOf(LEAVE),
    "swaps": ListOf(SWAP),
})  # fmt: skip
"""What rosters/NAME.yaml may say."""
