"""What is said of courses and who has taken them, in Chinese."""

from __future__ import annotations

TEXTS: dict[str, str] = {}
