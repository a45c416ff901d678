"""Help for reports and summaries, in English."""

from __future__ import annotations

TEXTS: dict[str, str] = {}
