"""Markdown as plain text: what a person reads, with nothing that marks it up.

HTML in it is text like any other: nothing is taken out, and nothing runs anywhere.
"""

from __future__ import annotations

import re

_FENCE = re.compile(r"^\s*(```|~~~)")
_HEADING = re.compile(r"^#{1,6}\s+(.*?)\s*#*$")
_IMAGE = re.compile(r"!\[([^\]\n]*)\]\(([^()\s]*)[^()]*\)")
_LINK = re.compile(r"(?<!!)\[([^\]\n]+)\]\(([^()\s]*)[^()]*\)")
_STRONG = re.compile(r"(\*\*|__)(?=\S)(.+?)(?<=\S)\1")
_EM = re.compile(r"(?<![\w*])\*(?=[^\s*])([^*\n]+?)(?<=[^\s*])\*(?![\w*])")
_CODE = re.compile(r"`([^`\n]+)`")
_RULE = re.compile(r"^\s*([-*_])(\s*\1){2,}\s*$")
_TABLE_RULE = re.compile(r"^\s*\|?\s*:?-{2,}:?\s*(\|\s*:?-{2,}:?\s*)*\|?\s*$")
_BULLET = re.compile(r"^(\s*)[*+-]\s+")
_QUOTE = re.compile(r"^\s*>\s?")


def plain(markdown: str) -> str:
    """A text without its marks; lines stay lines."""
    lines: list[str] = []
    fenced = False
    for line in markdown.split("\n"):
        if _FENCE.match(line):
            fenced = not fenced
        elif fenced:
            lines.append(line)
        elif not _RULE.match(line) and not ("|" in line and _TABLE_RULE.match(line)):
            lines.append(_line(line))
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip("\n")


def _line(line: str) -> str:
    if heading := _HEADING.match(line):
        return _inline(heading[1])
    line = _QUOTE.sub("", line)
    if line.lstrip().startswith("|"):
        return "  ".join(_inline(cell.strip()) for cell in line.strip().strip("|").split("|"))
    return _inline(_BULLET.sub(r"\1· ", line))


def _inline(text: str) -> str:
    """A line without its marks; what stands in code is left as it is."""
    pieces = _CODE.split(text)
    return "".join(piece if at % 2 else _unmarked(piece) for at, piece in enumerate(pieces))


def _unmarked(text: str) -> str:
    text = _IMAGE.sub(lambda m: m[1] or m[2], text)
    text = _LINK.sub(lambda m: m[1] if m[1] == m[2] or not m[2] else f"{m[1]} ({m[2]})", text)
    text = _STRONG.sub(r"\2", text)
    return _EM.sub(r"\1", text)


def links(markdown: str) -> list[tuple[int, str]]:
    """(line from 1, target) of every link and picture outside of code."""
    found: list[tuple[int, str]] = []
    fenced = False
    for number, line in enumerate(markdown.split("\n"), 1):
        if _FENCE.match(line):
            fenced = not fenced
        elif not fenced:
            pieces = _CODE.split(line)
            text = "".join(piece for at, piece in enumerate(pieces) if not at % 2)
            found += [(number, match[2]) for way in (_IMAGE, _LINK) for match in way.finditer(text)]
    return found
