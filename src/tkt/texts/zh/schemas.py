"""What the keys of settings files mean, in Chinese."""

from __future__ import annotations

TEXTS: dict[str, str] = {}
