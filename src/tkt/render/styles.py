"""Colour that means something: urgency, states, what is contested or edited."""

from __future__ import annotations

from typing import Any

_RED, _YELLOW, _GREEN, _DIM, _BOLD_RED = "31", "33", "32", "2", "1;31"

_BY_KEY = {
    "priority": {"urgent": _BOLD_RED, "紧急": _BOLD_RED, "high": _RED, "高": _RED,
                 "low": _DIM, "低": _DIM},
    "state_category": {"new": _YELLOW, "pending": _DIM, "resolved": _GREEN, "closed": _DIM},
}  # fmt: skip


def style_of(key: str, value: Any) -> str | None:
    """The SGR parameters for a cell; None for none."""
    return _BY_KEY.get(key, {}).get(value) if isinstance(value, str) else None
