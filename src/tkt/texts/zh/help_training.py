"""What --help says of training, in Chinese."""

from __future__ import annotations

TEXTS: dict[str, str] = {}
