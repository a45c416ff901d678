"""What is said of calendars, in Chinese."""

from __future__ import annotations

TEXTS: dict[str, str] = {}
