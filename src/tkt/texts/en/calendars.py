"""What is said of calendars, in English."""

from __future__ import annotations

TEXTS: dict[str, str] = {}
