"""What is said of automation rules, macros and promises, in English."""

from __future__ import annotations

TEXTS: dict[str, str] = {}
