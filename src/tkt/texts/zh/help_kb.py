"""What --help says of articles, in Chinese."""

from __future__ import annotations

TEXTS: dict[str, str] = {}
