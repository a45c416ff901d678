"""What --help says of replies and tone, in English."""

from __future__ import annotations

TEXTS: dict[str, str] = {}
