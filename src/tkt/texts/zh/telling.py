"""What is said of notices and their delivery, in Chinese."""

from __future__ import annotations

TEXTS: dict[str, str] = {}
