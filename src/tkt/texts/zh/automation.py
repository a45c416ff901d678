"""What is said of automation rules, macros and promises, in Chinese."""

from __future__ import annotations

TEXTS: dict[str, str] = {}
