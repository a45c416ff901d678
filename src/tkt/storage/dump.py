"""Plain data to its one canonical YAML text: what every program writes and any person may edit.

Text in quotes is always in double quotes. Whatever a YAML 1.1 reader would take for something
other than text stands in quotes, and so does every character that an editor or a terminal would
hide or obey. Full timestamps with an offset are the exception: they stay plain.
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from tkt.storage.yaml import MAX_DEPTH

WIDTH = 120

# A key that takes more than 1024 characters has to be announced by a question mark.
_LONG_KEY = 1000
_UNSEEN = (
    "\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ufdd0-\ufdef\ufeff\ufffe\uffff"
    "\ud800-\udfff"
)
_SURROGATE = re.compile("[\ud800-\udfff]")
_FULL_TIME = (
    r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(?:\.[0-9]+)?"
    r"(?:Z|[+-][0-9]{2}:[0-9]{2})"
)
_NOT_TEXT = (
    r"(?i:y|n|yes|no|on|off|true|false|null)|~|=|<<"
    r"|0[xX][0-9a-fA-F_]*|0[oO][0-7_]*|0[bB][01_]*"
    r"|[0-9][0-9_,]*(?::[0-9_]+)*(?:\.[0-9_]*)?(?:[eE][-+]?[0-9_]+)?"
    rf"|(?!{_FULL_TIME}\Z)[0-9]{{4}}-[0-9]{{1,2}}-[0-9]{{1,2}}(?:(?:[Tt]| +)[0-9].*)?"
)


_FIRST = rf"(?!(?:{_NOT_TEXT})\Z)[^\s{_UNSEEN}\-?:,\[\]{{}}#&*!|>'\"%@`.+]"
_PLAIN_IN_BLOCK = re.compile(
    rf"{_FIRST}(?:[^\t\n :{_UNSEEN}]++|:(?=[^\s])| +(?=[^\s#]))*+(?<!\s)"
).fullmatch
# Inside brackets older readers take every colon and question mark for an indicator.
_PLAIN_IN_FLOW = re.compile(
    rf"{_FULL_TIME}|{_FIRST}(?:[^\t\n :?,\[\]{{}}{_UNSEEN}]++| +(?=[^\s#]))*+(?<!\s)"
).fullmatch
# No line break, blank or tab first: the first line tells the reader how far the text is indented.
_LITERAL = re.compile(rf"[^\s{_UNSEEN}][^{_UNSEEN}]*+").fullmatch
_FILLED_LINE = re.compile(r"\n(?=[^\n])")
_UNQUOTABLE = re.compile(rf'["\\\t\n{_UNSEEN}]').search
_ESCAPES: dict[int, str] = {
    code: f"\\u{code:04X}"
    for first, last in (
        (0x00, 0x1F), (0x7F, 0x9F), (0x2028, 0x202E), (0x2066, 0x2069), (0xFDD0, 0xFDEF),
        (0xFEFF, 0xFEFF), (0xFFFE, 0xFFFF),
    )
    for code in range(first, last + 1)
}  # fmt: skip
_ESCAPES |= {0x22: '\\"', 0x5C: "\\\\", 9: "\\t", 10: "\\n", 13: "\\r", 27: "\\e", 0: "\\0"}


def dump(doc: Mapping[str, Any]) -> str:
    """The canonical text of a document: one ``key: value`` a line, the timeline as a block.

    ``doc`` is plain data (str keys; str, int, finite float, bool, None, list and dict values).
    Raises TypeError or ValueError for anything else: lone surrogates, NaN, over 32 levels.
    """
    if not doc:
        return "{}\n"
    return "".join([entry(key, value) + "\n" for key, value in doc.items()])


def entry(key: str, value: Any, pad: str = "", depth: int = 1) -> str:
    """One entry of a block mapping: the first line without, the others with ``pad`` before them.

    ``depth`` is the level of the mapping, 1 at the top; a list under a top-level ``timeline`` is
    written one event at a time, a str under ``text`` as a literal block where that is possible.
    The last line has no line end unless the text itself ends in empty lines.
    """
    name = _block_key(key)
    head = f"{name}:" if len(name) <= _LONG_KEY else f"? {name}\n{pad}:"
    if isinstance(value, str):
        if key == "text" and (block := _literal(value, pad + "  ")):
            return f"{head} {block}"
        return f"{head} {value if _PLAIN_IN_BLOCK(value) else _quoted(value)}"
    if key == "timeline" and depth == 1 and isinstance(value, list | tuple) and value:
        return head + "".join(["\n" + item(event) for event in value])
    return f"{head} {_flow(value, depth + 1)}"


def item(event: Any, pad: str = "  ") -> str:
    """One item of the timeline, its dash after ``pad``: a line, or a block if it holds a text."""
    if not isinstance(event, Mapping) or not _wants_block(event):
        line = f"{pad}- {_flow(event, 3)}"
        if len(line) <= WIDTH or not event or not isinstance(event, Mapping):
            return line
    inner = pad + "  "
    return f"{pad}- " + f"\n{inner}".join([entry(key, event[key], inner, 3) for key in event])


def flow(value: Any) -> str:
    """A value on one line, as it may stand inside ``[…]`` and ``{…}``."""
    return _flow(value, 2)


def _wants_block(event: Mapping[str, Any]) -> bool:
    return "text" in event or any([type(v) is str and "\n" in v for v in event.values()])


def _flow(value: Any, depth: int) -> str:
    if isinstance(value, str):
        return str.__str__(value) if _PLAIN_IN_FLOW(value) else _quoted(value)
    if value is None or isinstance(value, bool | int | float):
        return _number_or_word(value)
    if depth > MAX_DEPTH:
        raise ValueError(f"more than {MAX_DEPTH} levels")
    if isinstance(value, Mapping):
        return "{" + ", ".join([_pair(key, value[key], depth) for key in value]) + "}"
    if isinstance(value, list | tuple):
        return "[" + ", ".join([_flow(part, depth + 1) for part in value]) + "]"
    raise TypeError(f"not plain data: {type(value).__name__}")


def _pair(key: str, value: Any, depth: int) -> str:
    return f"{_flow_key(key)}: {_flow(value, depth + 1)}"


@lru_cache(1024)
def _block_key(key: str) -> str:
    return key if _PLAIN_IN_BLOCK(key) else _quoted(key)


@lru_cache(1024)
def _flow_key(key: str) -> str:
    name = key if _PLAIN_IN_FLOW(key) else _quoted(key)
    return f"? {name}" if len(name) > _LONG_KEY else name


def _number_or_word(value: float | bool | None) -> str:
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int):
        return int.__repr__(value)
    if not math.isfinite(value):
        raise ValueError("not a finite number")
    text = float.__repr__(value)
    # `1e+16` is text to a YAML 1.1 reader.
    return text if "." in text else text.replace("e", ".0e")


def _literal(text: str, pad: str) -> str:
    """``|`` and the indented text, or nothing if the text has to be quoted."""
    if not _LITERAL(text):
        return ""
    body = text.rstrip("\n")
    ends = len(text) - len(body)
    chomping = "-" if ends == 0 else "" if ends == 1 else "+"
    return f"|{chomping}\n{pad}{_FILLED_LINE.sub(chr(10) + pad, body)}" + "\n" * (ends - 1)


def _quoted(text: str) -> str:
    if not _UNQUOTABLE(text):
        return f'"{text}"'
    if _SURROGATE.search(text):
        raise ValueError("half of a surrogate pair cannot be written")
    return f'"{text.translate(_ESCAPES)}"'
