"""Help for calendars, clocks and sweeps, in English."""

from __future__ import annotations

TEXTS: dict[str, str] = {}
