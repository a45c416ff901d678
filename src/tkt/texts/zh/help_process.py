"""Help for workflows, automation and macros, in Chinese."""

from __future__ import annotations

TEXTS: dict[str, str] = {}
