"""What is said of canned replies, drafts and tone, in Chinese."""

from __future__ import annotations

TEXTS: dict[str, str] = {}
