"""For a person at a terminal: columns that line up with Chinese and fit the width, cards that wrap.

A column printer of our own, because tabulate costs as much to import as everything else a list
does. No line is wider than the terminal (from 20 cells on): long texts are cut with ``…`` first;
where that is not enough the last columns go, which a ``…`` at the end of the header says. An id, a
number or a time is not cut.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING, Any

from tkt.domain.plaintext import clip, one_line, pad, safe, width, wrap

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tkt.domain.table import Card, Column, Section, Table
    from tkt.render.formats import Look

_GAP = 2
_NARROWEST = 20
_RIGHT = frozenset({"number", "duration"})
_ELASTIC = frozenset({"text", "name", "list", "path"})
# Texts may be cut to the first of these, or to the second before a column goes; ids, numbers and
# times mean nothing when cut, so only what cannot be one of them is.
_COMFORT, _CUT, _WHOLE = 12, 6, 24
_BOLD, _DIM = "1", "2"
_INDENT = {"plain": 0, "theirs": 2, "ours": 6, "aside": 6, "quiet": 6}
_SGR = re.compile(r"[0-9;]*")


def table(table: Table, look: Look) -> Iterator[str]:
    """Title, header, one line a row, notes. All rows are held, to measure them."""
    for line in _table_lines(table, look):
        yield line + "\n"


def card(card: Card, look: Look) -> Iterator[str]:
    """Title, ``label  value`` lines, then each section's heading and wrapped text."""
    cells = max(look.width, _NARROWEST)
    if card.title:
        for line in wrap(one_line(card.title), cells):
            yield _paint(line, _BOLD, look) + "\n"
    yield from _fields(card.fields, cells, look)
    for section in card.body:
        yield from _section(section, cells, look)


def _section(section: Section, cells: int, look: Look) -> Iterator[str]:
    """A heading and what stands below it; what is said among ourselves stands further in."""
    quiet = section.tone == "quiet"
    sgr = _DIM if quiet else _BOLD
    if look.style is not None:
        sgr = look.style("tone", section.tone) or sgr
    heading = clip(one_line(section.heading), cells)
    yield ("" if quiet else "\n") + _paint(heading, sgr, look) + "\n"
    if not isinstance(section.content, str):
        yield from (line + "\n" for line in _table_lines(section.content, look))
        return
    indent = " " * min(_INDENT[section.tone], cells // 4)
    text = safe(section.content, newlines=True).rstrip("\n")
    for line in wrap(text, cells - len(indent)):
        yield f"{indent}{_paint(line, _DIM if quiet else None, look)}".rstrip() + "\n"


def cell_text(value: Any, look: Look) -> str:
    """``value`` worded for people, safe and on one line; empty for None."""
    if isinstance(value, str):
        return one_line(value)
    if value is None:
        return ""
    if isinstance(value, bool):
        return "✓" if value else "-"
    if isinstance(value, datetime):
        return one_line(look.moment(value) if look.moment else _moment(value, look))
    if isinstance(value, timedelta):
        return one_line(look.span(value) if look.span else _span(value))
    if isinstance(value, date | time):
        return value.isoformat()
    if isinstance(value, Mapping):
        pairs = (f"{one_line(str(key))}: {cell_text(item, look)}" for key, item in value.items())
        return ", ".join(pairs)
    if isinstance(value, list | tuple):
        return ", ".join(cell_text(item, look) for item in value)
    if isinstance(value, set | frozenset):
        return ", ".join(sorted(cell_text(item, look) for item in value))
    return one_line(str(value))


def _moment(at: datetime, look: Look) -> str:
    """As short as ``now`` allows: the time today, the day this year, or all of it."""
    if look.tz is not None and at.tzinfo is not None:
        at = at.astimezone(look.tz)
    now = look.now.astimezone(at.tzinfo) if look.now is not None else None
    if now is None or now.year != at.year:
        return f"{at:%Y-%m-%d %H:%M}"
    return f"{at:%H:%M}" if now.date() == at.date() else f"{at:%m-%d %H:%M}"


def _span(duration: timedelta) -> str:
    """The two largest units: ``3d 4h``, ``2h 05m``, ``7m``, ``30s``."""
    sign = "-" if duration < timedelta() else ""
    minutes, seconds = divmod(int(abs(duration).total_seconds()), 60)
    hours, minutes = divmod(minutes, 60)
    days, hours = divmod(hours, 24)
    if days:
        return f"{sign}{days}d {hours}h"
    if hours:
        return f"{sign}{hours}h {minutes:02}m"
    return f"{sign}{minutes}m" if minutes else f"{sign}{seconds}s"


def _table_lines(table: Table, look: Look) -> Iterator[str]:
    cells = max(look.width, _NARROWEST)
    if table.title:
        yield _paint(clip(one_line(table.title), cells), _BOLD, look)
    columns = table.columns
    keys = [column.key for column in columns]
    values = [[row.get(key) for key in keys] for row in table.rows]
    texts = [[cell_text(value, look) for value in row] for row in values]
    heads = [one_line(look.label(key)) for key in keys]
    needed = [max((width(row[i]) for row in texts), default=0) for i in range(len(keys))]
    widths = _fit(columns, list(map(width, heads)), needed, cells)
    more = " …" if len(widths) < len(columns) else ""
    header = _line(columns, heads, widths, None, look) + more
    yield _paint(header, _DIM, look)
    for row, shown in zip(values, texts, strict=True):
        yield _line(columns, shown, widths, row, look)
    for note in table.notes:
        for line in wrap(one_line(note), cells):
            yield _paint(line, _DIM, look)


def _line(
    columns: tuple[Column, ...], texts: list[str], widths: list[int], values: Any, look: Look
) -> str:
    """One line of cells; ``values`` (None for the header) decide on each cell's colour."""
    parts: list[str] = []
    styled = look.style is not None and look.colour and values is not None
    for i, cells in enumerate(widths):
        text = clip(texts[i], cells)
        room = " " * (cells - width(text))
        if styled and look.style is not None:
            text = _paint(text, look.style(columns[i].key, values[i]), look)
        parts.append(room + text if columns[i].kind in _RIGHT else text + room)
    return (" " * _GAP).join(parts).rstrip(" ")


def _fit(columns: tuple[Column, ...], heads: list[int], needed: list[int], cells: int) -> list[int]:
    """A width for each column that is shown; fewer than ``columns`` when not all have room."""
    elastic = [column.kind in _ELASTIC for column in columns]
    wanted = [min(max(pair), cells) for pair in zip(heads, needed, strict=True)]
    comfort = [_COMFORT if gives else cells for gives in elastic]
    # A heading gives way before the values below it do.
    least = [
        max(min(value, _CUT if gives else _WHOLE), min(head, _CUT), 1)
        for gives, value, head in zip(elastic, needed, heads, strict=True)
    ]
    for count in range(len(columns), 0, -1):
        room = cells - _GAP * (count - 1) - (0 if count == len(columns) else _GAP)
        if sum(least[:count]) <= room:
            widths = wanted[:count]
            _shrink(widths, comfort, room)
            _shrink(widths, least, room)
            return widths
    return wanted[:1]


def _shrink(widths: list[int], floors: list[int], room: int) -> None:
    """Narrow the widest, cell by cell and none below its floor, until all fit in ``room``."""
    excess = sum(widths) - room
    while excess > 0:
        above = [i for i, cells in enumerate(widths) if cells > floors[i]]
        if not above:
            return
        widths[max(above, key=widths.__getitem__)] -= 1
        excess -= 1


def _fields(fields: Mapping[str, Any], cells: int, look: Look) -> Iterator[str]:
    labels = {key: one_line(look.label(key)) for key in fields}
    column = min(max(map(width, labels.values()), default=0), cells // 3)
    for key, value in fields.items():
        label = _paint(pad(clip(labels[key], column), column), _DIM, look)
        sgr = look.style(key, value) if look.style is not None and look.colour else None
        text = cell_text(value, look) or "-"
        for number, line in enumerate(wrap(text, cells - column - _GAP)):
            before = " " * column if number else label
            yield before + " " * _GAP + _paint(line, sgr, look) + "\n"


def _paint(text: str, sgr: str | None, look: Look) -> str:
    if not (sgr and text and look.colour and _SGR.fullmatch(sgr)):
        return text
    return f"\x1b[{sgr}m{text}\x1b[0m"
