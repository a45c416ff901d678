"""Colour that means something, by what a part of a text means and not by what it says.

Red is for what cannot wait, yellow for what wants to be looked at, green for what is in good hands,
cyan for names to go on with, bold for what is new or stands above the rest, faint for what may be
passed over.
"""

from __future__ import annotations

_RED, _URGENT, _YELLOW, _GREEN, _CYAN = "31", "1;31", "33", "32", "36"
_BOLD, _FAINT = "1", "2"

_STYLES = {
    "id": _CYAN,
    "title": _BOLD,
    "heading": _FAINT,
    "priority:urgent": _URGENT,
    "priority:high": _RED,
    "priority:low": _FAINT,
    "state:new": _BOLD,
    "state:pending": _FAINT,
    "state:resolved": _GREEN,
    "state:closed": _FAINT,
    "state:merged": _FAINT,
    "late": _URGENT,
    "waiting": _YELLOW,
    "mark": _YELLOW,
    "working": _GREEN,
    "found": _YELLOW,
    "theirs": "1;36",
    "ours": "1;32",
    "auto": _FAINT,
    "aside": _YELLOW,
    "gone": _FAINT,
    "quiet": _FAINT,
}


def style_of(meaning: str) -> str | None:
    """The SGR parameters for what means this; None for none."""
    return _STYLES.get(meaning)
