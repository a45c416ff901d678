"""Help for calendars, clocks and sweeps, in Chinese."""

from __future__ import annotations

TEXTS: dict[str, str] = {}
