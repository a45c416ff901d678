"""What is said of courses and who has taken them, in English."""

from __future__ import annotations

TEXTS: dict[str, str] = {}
