"""What --help says of replies and tone, in Chinese."""

from __future__ import annotations

TEXTS: dict[str, str] = {}
