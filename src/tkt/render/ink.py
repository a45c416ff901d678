"""Colours and links for a terminal, put on a text once that is safe and as wide as it may be."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from tkt.domain.plaintext import clip, one_line, wrap
from tkt.domain.table import Part, Phrase

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from tkt.render.formats import Look

Parts = tuple[Part, ...]

_SGR = "[0-9;]*"
_URL = r"[!-~]+"


def parts_of(value: str, meaning: str | None = None) -> Parts:
    """The parts of a text, safe and on one line; those of a mere string mean ``meaning``."""
    if isinstance(value, Phrase):
        return tuple([part._replace(text=_flat(part.text)) for part in value.parts])
    return (Part(one_line(value), meaning),)


def _flat(text: str) -> str:
    """One line and safe; the spaces that part it from what stands beside it are kept."""
    return text if text.isprintable() else one_line(text)


def text_of(parts: Parts) -> str:
    """What is there to read."""
    return parts[0].text if len(parts) == 1 else "".join([part.text for part in parts])


def cut(parts: Parts, cells: int) -> Parts:
    """The parts in at most ``cells`` cells; what is cut off shows as ``…``."""
    text = text_of(parts)
    short = clip(text, cells)
    if short == text:
        return parts
    kept = _between(parts, 0, len(short) - 1)
    return (*kept, kept[-1]._replace(text="…")) if kept else (Part(short),)


def flow(parts: Parts, cells: int) -> Iterator[Parts]:
    """The parts as lines of at most ``cells`` cells."""
    text, start = text_of(parts), 0
    for line in wrap(text, cells):
        found = text.find(line, start)
        if found < 0:  # wrapping has left out spaces in the midst of the line
            yield (Part(line, parts[-1].meaning),)
            continue
        start = found + len(line)
        yield _between(parts, found, start)


def _between(parts: Parts, start: int, end: int) -> Parts:
    """What stands from character ``start`` to character ``end``."""
    kept: list[Part] = []
    at = 0
    for part in parts:
        piece = part.text[max(start - at, 0) : max(end - at, 0)]
        if piece:
            kept.append(part._replace(text=piece))
        at += len(part.text)
    return tuple(kept)


def paint(parts: Sequence[Part], look: Look) -> str:
    """The parts as a terminal is to be sent them."""
    if not look.colour and look.link is None:
        return "".join([part.text for part in parts])
    return "".join([_linked(part, look) for part in parts])


def painted(text: str, meaning: str | None, look: Look) -> str:
    """A safe text in the colour of what it means."""
    if not (look.colour and meaning and text and look.style):
        return text
    sgr = look.style(meaning)
    return f"\x1b[{sgr}m{text}\x1b[0m" if sgr and re.fullmatch(_SGR, sgr) else text


def _linked(part: Part, look: Look) -> str:
    text = painted(part.text, part.meaning, look)
    url = look.link(part.link) if part.link and look.link else None
    if not (url and text and re.fullmatch(_URL, url)):
        return text
    return f"\x1b]8;;{url}\x1b\\{text}\x1b]8;;\x1b\\"
