"""A field's value in a cell of a table, and back."""

from __future__ import annotations

import json
from typing import Any

from tkt.storage.jsonlines import NotJson, parse

_WRITE = json.JSONEncoder(ensure_ascii=False).encode


def cell(value: Any) -> str:
    """A value as text: text as it is, nothing as nothing, anything else as JSON.

    Text with a NUL in it, which ends a cell for many programs, leaves the cell empty; the timeline
    has it.
    """
    if value is None:
        return ""
    if isinstance(value, str):
        return "" if "\0" in value else value
    return _WRITE(value)


def items(text: str) -> list[str]:
    """The items of a list in a cell: a JSON array, or parts between commas."""
    if text.lstrip().startswith("["):
        try:
            found = parse(text)
        except NotJson:
            found = None
        if isinstance(found, list) and all(isinstance(item, str) for item in found):
            return found
    parts = text.replace("，", ",").replace("、", ",").split(",")
    return list(dict.fromkeys(part.strip() for part in parts if part.strip()))
