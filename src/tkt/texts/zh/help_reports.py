"""Help for reports and summaries, in Chinese."""

from __future__ import annotations

TEXTS: dict[str, str] = {}
