"""Text from outside made safe for a terminal, and measured in a terminal's cells.

Cells are what a character takes on a screen with fixed columns: 2 for Chinese and emoji, 0 for
combining marks, 1 otherwise. Nothing here knows the screen; widths come in as numbers.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING
from unicodedata import category, east_asian_width

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_pattern = cache(re.compile)  # compiled on first use: most commands need few of them

UNSAFE = (
    "\x00-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u206f\ufeff\ufff9-\ufffb\ud800-\udfff"
    "\U000e0000-\U000e007f"
)
"""Inside ``[…]`` of a regular expression: what must never reach a terminal as it is.

Controls (C0, DEL, C1), line and paragraph separators, bidirectional overrides and isolates, the
byte order mark, annotations, lone surrogates and tag characters.
"""

_UNSAFE = f"[{UNSAFE}]"
_TAB = "    "
_NEWLINE = r"\r\n?"
_ELLIPSIS = "…"

_MARKS = "\u0300-\u036f\u20d0-\u20ff\ufe00-\ufe0f"
_FLAG = "\U0001f1e6-\U0001f1ff"
_TONE = "\U0001f3fb-\U0001f3ff"
_PICTURE = (
    "\u00a9\u00ae\u203c-\u2b55\u3030\u303d\u3297\u3299"
    "\U0001f000-\U0001f1e5\U0001f200-\U0001f3fa\U0001f400-\U0001faff"
)
# What people see as one character: a flag, a picture with its colour and companions, a key cap, or
# a letter with its accents.
_CLUSTER = (
    "(?s)"
    f"[{_FLAG}]{{2}}|[{_PICTURE}][{_MARKS}{_TONE}]*(?:\u200d[{_PICTURE}][{_MARKS}{_TONE}]*)*"
    f"|.[{_MARKS}]*"
)
_JOINED = f"[\u200d\ufe0f{_FLAG}{_TONE}]"
_SHOWN_AS_PICTURE = f"[{_FLAG}]|[{_PICTURE}0-9#*]\ufe0f"

_OPENERS = re.escape("（「『《〈【〔〖“‘([")
_CLOSERS = "。，、！？；：）」』》〉】〕〗”’…～·"
_SHUTS = re.escape(_CLOSERS + ",.!?;:)]}%")
_WIDE = (
    "\u1100-\u11ff\u2e80-\u303e\u3041-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f"
    "\uff01-\uff60\uffe0-\uffe6\U0001f000-\U0003ffff"
)
# One unit is never parted: opening marks, a wide character or a Latin word, closing marks.
# (Compiled on first use, and kept, by `re`: it takes milliseconds.)
_UNIT = (
    rf"[ ]+(?![ {_CLOSERS}])|"
    rf"[{_OPENERS}]*"
    rf"(?:[{_FLAG}]{{2}}"
    rf"|[{_WIDE}][{_MARKS}{_TONE}]*(?:\u200d[{_PICTURE}][{_MARKS}{_TONE}]*)*"
    rf"|[^ “‘{_WIDE}]+)?"
    rf"(?:[{_SHUTS}]|[ ]+[{_CLOSERS}])*|[ ]+"
)


class _Cells(dict[str, int]):
    """Cells of each character met so far: looking it up is all that measuring costs."""

    def __missing__(self, character: str) -> int:
        cells = self[character] = _measure(character)
        return cells


def _measure(character: str) -> int:
    code = ord(character)
    if code < 0x20 or 0x7F <= code < 0xA0 or 0x1160 <= code <= 0x11FF:
        return 0
    if category(character) in ("Mn", "Me", "Cf") and code != 0xAD:
        return 0
    # The last block is where new emoji come from; an older Python does not know them yet.
    if east_asian_width(character) in "WF" or 0x1FA70 <= code <= 0x1FAFF:
        return 2
    return 1


_cells = _Cells()


def safe(text: str, *, newlines: bool = False) -> str:
    """``text`` with nothing in it that could steer a terminal or reorder a line.

    Control characters become their pictures (``␛``), other unsafe characters ``�``, a tab a space
    (four with ``newlines``). With ``newlines`` line ends are kept, as ``\\n``.
    """
    if text.isprintable():
        return text
    if newlines:
        text = _pattern(_NEWLINE).sub("\n", text).replace("\t", _TAB)
        return _pattern(_UNSAFE).sub(_visible_but_newline, text)
    return _pattern(_UNSAFE).sub(_visible, text.replace("\t", " "))


def _visible(match: re.Match[str]) -> str:
    code = ord(match[0])
    if code < 0x20:
        return chr(0x2400 + code)
    return "\u2421" if code == 0x7F else "\ufffd"


def _visible_but_newline(match: re.Match[str]) -> str:
    return "\n" if match[0] == "\n" else _visible(match)


def one_line(text: str, limit: int | None = None) -> str:
    """``text`` safe and on one line: white space becomes single spaces; at most ``limit`` cells."""
    text = safe(" ".join(text.split()))
    return text if limit is None else clip(text, limit)


def width(text: str) -> int:
    """How many cells ``text`` takes in a terminal; control characters take none."""
    if text.isascii() and text.isprintable():
        return len(text)
    if _pattern(_JOINED).search(text):
        return sum(cells for _, cells in _clusters(text))
    return sum(map(_cells.__getitem__, text))


def _clusters(text: str) -> Iterator[tuple[str, int]]:
    """What people see as one character each, with its cells."""
    for cluster in _pattern(_CLUSTER).findall(text):
        if len(cluster) == 1:
            yield cluster, _cells[cluster]
        elif _pattern(_SHOWN_AS_PICTURE).match(cluster):
            yield cluster, 2
        else:
            yield cluster, _cells[cluster[0]]


def clip(text: str, cells: int) -> str:
    """``text`` in at most ``cells`` cells; what is cut off shows as ``…``."""
    if len(text) * 2 <= cells or width(text) <= cells:
        return text
    if cells < 1:
        return ""
    return _head(text, cells - 1).rstrip() + _ELLIPSIS


def _head(text: str, cells: int) -> str:
    """As many whole characters from the start as fit in ``cells``."""
    if text.isascii() and text.isprintable():
        return text[:cells]
    end = 0
    for cluster, taken in _clusters(text):
        cells -= taken
        if cells < 0:
            break
        end += len(cluster)
    return text[:end]


def pad(text: str, cells: int, align: str = "left") -> str:
    """``text`` with spaces up to ``cells``; ``align`` is left, right or center. Never cut."""
    missing = cells - width(text)
    if missing <= 0:
        return text
    if align == "right":
        return " " * missing + text
    if align == "center":
        return " " * (missing // 2) + text + " " * (missing - missing // 2)
    return text + " " * missing


def wrap(text: str, cells: int) -> list[str]:
    """``text`` as lines of at most ``cells`` cells (at least 2); its own line ends are kept.

    Chinese breaks anywhere but before a closing mark (，。！？）」) or after an opening one, Latin
    text at spaces; a word longer than a line is cut. Spaces at a break are dropped, those at the
    start of a line of the text are kept. An empty text is one empty line.
    """
    cells = max(cells, 2)
    lines: list[str] = []
    for paragraph in text.split("\n"):
        if len(paragraph) * 2 <= cells or width(paragraph) <= cells:
            lines.append(paragraph.rstrip(" "))
        else:
            lines += _fill(re.findall(_UNIT, paragraph), cells) if paragraph.strip(" ") else [""]
    return lines


def _fill(units: Iterable[str], cells: int) -> Iterator[str]:
    line, used = "", 0
    for unit in units:
        taken = width(unit)
        if used + taken > cells:
            if line.strip(" "):
                yield line.rstrip(" ")
                line, used = "", 0
            unit = unit.lstrip(" ")
            while (taken := width(unit)) > cells - used:
                head = _head(unit, cells - used)
                if head:
                    yield (line + head).rstrip(" ")
                # Without a head it was the indentation that left no room: it goes.
                unit, line, used = unit[len(head) :], "", 0
        line += unit
        used += taken
    if line.strip(" "):
        yield line.rstrip(" ")
