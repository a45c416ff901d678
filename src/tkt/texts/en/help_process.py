"""Help for workflows, automation and macros, in English."""

from __future__ import annotations

TEXTS: dict[str, str] = {}
