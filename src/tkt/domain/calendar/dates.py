"""Dates as settings files write them."""

from __future__ import annotations

import re
from datetime import date

from tkt.domain.spec.simple import Parsed


def read_date(text: str) -> date:
    """``2027-02-06`` and no other spelling; ValueError for what is no date."""
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
"""A date, as ``2027-02-06``."""
