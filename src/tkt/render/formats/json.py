"""JSON: one document, an array for a Table and an object for a Card.

What a terminal could act on (C1 controls, DEL, bidirectional controls, line separators, lone
surrogates; see :data:`tkt.domain.plaintext.UNSAFE`) is written as ``\\uXXXX``: reading it back
gives the identical text. (One thing JSON cannot say: a high lone surrogate right before a low one;
no decoder of files or arguments makes that.) All else is written as it is, keys in their order.

Instants are ISO 8601 with their offset, durations seconds, sets sorted lists, a number that is none
(NaN, infinite) null.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from json.encoder import encode_basestring
from math import isfinite
from os import PathLike, fspath
from typing import TYPE_CHECKING, Any

from tkt.domain.plaintext import UNSAFE
from tkt.domain.table import RawJson

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from tkt.domain.table import Card, Table
    from tkt.render.formats import Look

_UNSAFE = f"[{UNSAFE}]"


def table(table: Table, look: Look) -> Iterator[str]:
    """An array, one row a line."""
    before = "[\n"
    for row in table.rows:
        yield before + to_json(row)
        before = ",\n"
    yield "[]\n" if before == "[\n" else "\n]\n"


def card(card: Card, look: Look) -> Iterator[str]:
    """An object, one key a line."""
    document = card.document
    if isinstance(document, Mapping) and document:
        lines = (f"  {to_json(str(key))}: {to_json(document[key])}" for key in document)
        yield "{\n" + ",\n".join(lines) + "\n}\n"
    else:
        yield to_json(document) + "\n"


def to_json(value: Any) -> str:
    """``value`` as JSON on one line; TypeError for what is neither plain data nor a time."""
    text = _encode(value)
    return text if text.isprintable() else re.compile(_UNSAFE).sub(_escape, text)


def _escape(match: re.Match[str]) -> str:
    code = ord(match[0])
    if code > 0xFFFF:
        code -= 0x10000
        return f"\\u{0xD800 + (code >> 10):04x}\\u{0xDC00 + (code & 0x3FF):04x}"
    # A line end is never part of a string here: it stood between the values of a RawJson.
    return " " if match[0] in "\n\r\t" else f"\\u{code:04x}"


def _encode(value: Any) -> str:
    write = _WRITERS.get(type(value))
    if write is None:
        write = next((write for kind, write in _KINDS if isinstance(value, kind)), None)
        if write is None:
            raise TypeError(f"no JSON for {type(value).__name__}")
    return write(value)


def _object(value: Mapping[Any, Any]) -> str:
    pairs = [
        f"{encode_basestring(key if type(key) is str else str(key))}: {_encode(item)}"
        for key, item in value.items()
    ]
    return "{" + ", ".join(pairs) + "}"


def _array(value: Any) -> str:
    return "[" + ", ".join(map(_encode, value)) + "]"


def _set(value: Any) -> str:
    return "[" + ", ".join(sorted(map(_encode, value))) + "]"


def _instant(value: Any) -> str:
    return f'"{value.isoformat()}"'


def _float(value: float) -> str:
    return float.__repr__(value) if isfinite(value) else "null"


def seconds(value: timedelta) -> int | float:
    """A duration in seconds, a whole number when it is one."""
    total = value.total_seconds()
    return int(total) if total.is_integer() else total


_WRITERS: dict[type, Callable[[Any], str]] = {
    str: encode_basestring,
    RawJson: str.__str__,
    int: int.__repr__,
    bool: lambda value: "true" if value else "false",
    type(None): lambda value: "null",
    float: _float,
    dict: _object,
    list: _array,
    tuple: _array,
    set: _set,
    frozenset: _set,
    datetime: _instant,
    date: _instant,
    time: _instant,
    timedelta: lambda value: repr(seconds(value)),
}
# Subclasses: enumerations of text, path objects, mappings of every make.
_KINDS: tuple[tuple[Any, Callable[[Any], str]], ...] = (
    (str, lambda value: encode_basestring(str.__str__(value))),
    (Mapping, _object),
    (PathLike, lambda value: encode_basestring(str(fspath(value)))),
    *_WRITERS.items(),
)
