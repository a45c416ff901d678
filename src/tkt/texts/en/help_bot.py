"""What --help says of the bot, in English."""

from __future__ import annotations

TEXTS: dict[str, str] = {}
