"""A day as files write it: ``2027-02-06``."""

from __future__ import annotations

import re
from datetime import date

from tkt.domain.spec.simple import Parsed


def read_date(text: str) -> date:
    """The day; ValueError for any other way of writing one."""
    if not re.fullmatch(r"\d{4}-\d\d-\d\d", text):
        raise ValueError(f"not a date: {text!r}")
    return date.fromisoformat(text)


def is_date(key: object) -> bool:
    """Whether a key of a mapping is a date."""
    try:
        return bool(read_date(str(key)))
    except ValueError:
        return False


DATE = Parsed(read_date, "calendar.not_date", examples=("2027-02-06",))
"""A day."""
