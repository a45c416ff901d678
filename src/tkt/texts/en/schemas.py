"""What the keys of settings files mean, in English."""

from __future__ import annotations

TEXTS: dict[str, str] = {}
