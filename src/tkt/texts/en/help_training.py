"""What --help says of training, in English."""

from __future__ import annotations

TEXTS: dict[str, str] = {}
