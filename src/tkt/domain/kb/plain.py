"""Markdown as plain text: what a person reads, with nothing that marks it up.

HTML in it is text like any other: nothing is taken out, and nothing runs anywhere.
"""

from __future__ import annotations

import re

_FENCE = re.compile(r"^\s*(```|~~~)")
# Every one of them is through with a line in a time that grows as the line does.
_HEADING = re.compile(r"^#{1,6}\s+(.*)$")
_TARGET = r"\(([^()\s]*)(?:\s[^()]*)?\)"
_IMAGE = re.compile(rf"!\[([^\[\]\n]*)\]{_TARGET}")
_LINK = re.compile(rf"(?<!!)\[([^\[\]\n]+)\]{_TARGET}")
_STRONG = re.compile(r"(\*\*|__)(?=\S)(.{1,300}?)(?<=\S)\1")
_EM = re.compile(r"(?<![\w*])\*(?=[^\s*])([^*\n]+?)(?<=[^\s*])\*(?![\w*])")
_CODE = re.compile(r"`([^`\n]+)`")
_RULE = re.compile(r"^\s*([-*_])(\s*\1){2,}\s*$")
_TABLE_RULE = re.compile(r"^\s*\|?\s*:?-{2,}:?\s*(\|\s*:?-{2,}:?\s*)*\|?\s*$")
_BULLET = re.compile(r"^(\s*)[*+-]\s+")
_QUOTE = re.compile(r"^\s*>\s?")
_BREAK = "\x00"
"""Stands where a link stood; no article has one."""


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
        return _inline(heading[1].rstrip().rstrip("#").rstrip())
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


def untargeted(markdown: str) -> str:
    """A text in which links and pictures are their titles alone: where they lead says nothing."""
    if "](" not in markdown:
        return markdown
    return _LINK.sub(r"\1", _IMAGE.sub(r"\1", markdown))


def gist(markdown: str) -> str:
    """What a text itself says, as it reads: without lines that only lead to other articles."""
    if "](" not in markdown:
        return plain(markdown)
    lines = [line for line in markdown.split("\n") if not _leads_elsewhere(line)]
    return plain(untargeted("\n".join(lines)))


def _leads_elsewhere(line: str) -> bool:
    """Whether a line is links alone, maybe behind a word and a colon (相关：)."""
    head, *rest = _LINK.sub(_BREAK, _IMAGE.sub(_BREAK, line)).split(_BREAK)
    if not rest or any(char.isalnum() for piece in rest for char in piece):
        return False
    return not any(map(str.isalnum, head)) or head.rstrip().endswith((":", "："))


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
