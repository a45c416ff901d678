"""Help for notices and their delivery, in English."""

from __future__ import annotations

TEXTS: dict[str, str] = {}
