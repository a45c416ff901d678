"""One item or entry more in a file that a person laid out: nothing else in it changes."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from tkt.errors import BadData
from tkt.storage.dump import flow
from tkt.storage.rewrite import rewrite, same
from tkt.storage.yaml import decode, load, load_with_positions

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence


def appended(raw: bytes, key: str, items: Sequence[Mapping[str, Any]], *, path: str) -> bytes:
    """A file with ``items`` at the end of the list under ``key``, each on a line of its own.

    BadData if the file cannot be read.
    """
    doc, positions = load_with_positions(raw, path=path)
    doc = doc or {}
    wanted = {**doc, key: [*(doc.get(key) or ()), *items]}
    text = decode(raw, path=path)
    text += "" if not text or text.endswith("\n") else "\n"
    made = _with_lines(text, key, doc.get(key), list(items), positions)
    try:
        if same(load(made, path=path), wanted):
            return made.encode()
    except BadData:
        pass
    # Between brackets, or in a layout that lines cannot simply be put into.
    return rewrite(text, wanted, path=path).encode()


def entered(raw: bytes, part: str, key: str, entry: Mapping[str, Any], *, path: str) -> bytes:
    """A file with the entry ``key`` more in the mapping under ``part``, on a line of its own.

    BadData if the file cannot be read.
    """
    doc = load(raw, path=path) or {}
    wanted = {**doc, part: {**(doc.get(part) or {}), key: entry}}
    text = decode(raw, path=path)
    text += "" if not text or text.endswith("\n") else "\n"
    if not doc.get(part):
        # Brackets that are filled would hold one ever longer line.
        line = f"  {flow({key: entry})[1:-1]}\n"
        empty = re.compile(rf"^{part}:(?: *\{{ *\}})?( *| +#.*)\n", re.MULTILINE)
        if found := empty.search(text):
            made = f"{text[: found.start()]}{part}:{found[1]}\n{line}{text[found.end() :]}"
        else:
            made = f"{text}{part}:\n{line}"
        try:
            if same(load(made, path=path), wanted):
                return made.encode()
        except BadData:
            pass
    return rewrite(text, wanted, path=path).encode()


def _with_lines(
    text: str, key: str, known: Any, items: list[Mapping[str, Any]], positions: Mapping[Any, Any]
) -> str:
    lines = text.splitlines(keepends=True)
    pad, at = "  ", len(lines)
    if known:
        line, column = positions[(key, len(known) - 1)]
        dash = lines[line - 1].rfind("-", 0, column - 1)
        pad, at = " " * max(dash, 0), _end_of(lines, line, dash)
    elif (key,) in positions:
        at = _line_of(lines, key)
    else:
        lines.append(f"{key}:\n")
        at = len(lines)
    new = [f"{pad}- {flow(item)}\n" for item in items]
    return "".join((*lines[:at], *new, *lines[at:]))


def _end_of(lines: list[str], line: int, dash: int) -> int:
    """After which line an item ends that begins on ``line`` with a dash in column ``dash``."""
    end = line
    for number in range(line, len(lines)):
        said = lines[number].strip()
        if said and len(lines[number]) - len(lines[number].lstrip(" ")) <= dash:
            break
        if said and not said.startswith("#"):
            end = number + 1
    return end


def _line_of(lines: list[str], key: str) -> int:
    """After which line the entry of ``key``, which has nothing, ends."""
    found = (n for n, line in enumerate(lines, 1) if line.startswith(f"{key}:"))
    return next(found, len(lines))
