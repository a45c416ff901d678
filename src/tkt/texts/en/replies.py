"""What is said of canned replies, drafts and tone, in English."""

from __future__ import annotations

TEXTS: dict[str, str] = {}
