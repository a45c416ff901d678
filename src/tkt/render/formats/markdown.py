"""Markdown for reports, merge requests and chats: pipe tables, whatever the text contains.

What a person wrote shows as written: marks that Markdown would act on (bars, links, emphasis, HTML)
are escaped, line ends in a cell are ``<br>``. The one home of tabulate, which is imported on use.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from tkt.domain.plaintext import safe
from tkt.domain.table import Strip
from tkt.render.formats.human import cell_text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tkt.domain.table import Card, Table
    from tkt.render.formats import Look

_ACTED_ON = re.compile(r"[\\`*\[\]<&|~]|(?<!\w)_|_(?!\w)")
_STARTS_BLOCK = re.compile(r"(?m)^(\s*)([#>+=-]|\d+(?=[.)]))")
_RIGHT = frozenset({"number", "duration"})


def table(table: Table, look: Look) -> Iterator[str]:
    """Title, pipe table, notes. All rows are held, to line them up."""
    yield from _table(table, look)


def card(card: Card, look: Look) -> Iterator[str]:
    """Heading, list of fields, a second-level heading for every section."""
    yield f"# {_inline(card.title, look)}\n"
    if card.fields:
        yield "\n"
    for key, value in card.fields.items():
        yield f"- **{_inline(look.label(key), look)}**: {_inline(value, look)}".rstrip() + "\n"
    for section in card.body:
        yield f"\n## {_inline(section.heading, look)}\n\n"
        if isinstance(section.content, str):
            yield _block(section.content)
        elif isinstance(section.content, Strip):
            yield _inline(" → ".join(piece.label for piece in section.content.pieces), look) + "\n"
        else:
            yield from _table(section.content, look)


def _table(table: Table, look: Look) -> Iterator[str]:
    from tabulate import tabulate

    if table.title:
        yield f"## {_inline(table.title, look)}\n\n"
    keys = [column.key for column in table.columns]
    rows = [[_inline(row.get(key), look) for key in keys] for row in table.rows]
    heads = [_inline(look.label(key), look) for key in keys]
    aligned = ["right" if column.kind in _RIGHT else "left" for column in table.columns]
    # Numbers are text by now: tabulate would turn 1e5 into 100000.
    yield (
        tabulate(
            [heads, *rows],
            headers="firstrow",
            tablefmt="pipe",
            disable_numparse=True,
            colalign=aligned,
        )
        + "\n"
    )
    for note in table.notes:
        yield f"\n{_inline(note, look)}\n"


def _inline(value: Any, look: Look) -> str:
    if not isinstance(value, str):
        return _ACTED_ON.sub(r"\\\g<0>", cell_text(value, look))
    text = safe(value, newlines=True).strip()
    return _ACTED_ON.sub(r"\\\g<0>", text).replace("\n", "<br>")


def _block(text: str) -> str:
    """A text of several lines: each stays a line, none becomes a heading, list or quote."""
    text = _ACTED_ON.sub(r"\\\g<0>", safe(text, newlines=True).strip("\n"))
    text = _STARTS_BLOCK.sub(_defuse, text)
    # Two spaces at the end keep a single line end; four at the start would make code.
    return "".join(f"{line.strip()}  \n" if line.strip() else "\n" for line in text.split("\n"))


def _defuse(match: re.Match[str]) -> str:
    mark = match[2]
    return match[1] + (f"{mark}\\" if mark.isdigit() else f"\\{mark}")
