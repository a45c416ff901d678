"""What --help says of the bot, in Chinese."""

from __future__ import annotations

TEXTS: dict[str, str] = {}
