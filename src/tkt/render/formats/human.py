"""For a person at a terminal: columns that line up with Chinese and fit the width, cards that wrap.

A column printer of our own, because tabulate costs as much to import as everything else a list
does. No line is wider than the terminal (from 20 cells on): long texts are cut with ``…`` first;
where that is not enough the last columns go, which a ``…`` at the end of the header says. An id, a
number or a time is not cut. What is said in a conversation has a bar before it, and an indentation,
that tell without any colour whose it is.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING, Any

from tkt.domain.plaintext import clip, one_line, safe, width, wrap
from tkt.domain.table import Part, Phrase, Strip
from tkt.render.columns import GAP, Measured, choose, fit, measured
from tkt.render.ink import cut, flow, paint, painted, parts_of, text_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from tkt.domain.table import Card, Column, Kind, Section, Table, Tone
    from tkt.render.formats import Look
    from tkt.render.ink import Parts

_NARROWEST = 20
_RIGHT = frozenset({"number", "duration"})
_MEASURE = 76
"""Cells that a line of a conversation takes at the most: longer ones are tiring to read."""
_TWO_SIDES, _FEW, _SHORT, _BETWEEN = 72, 4, 36, 4
"""From so many cells on, more than so many fields stand in two columns, if they are no longer than
that, so far apart."""
_HANG = 4
"""Cells that what belongs to the line above stands further in."""
_BARS: Mapping[Tone, tuple[int, str]] = {
    "theirs": (_HANG, "│ "),
    "ours": (8, "┃ "),
    "auto": (8, "┃ "),
    "aside": (8, "┊ "),
    "gone": (8, "× "),
}
"""What is said in a conversation: how far in it stands, and behind what."""

_SIGNS = {
    "state:new": "░",
    "state:open": "█",
    "state:pending": "▒",
    "state:resolved": "─",
    "state:closed": "·",
}
_OTHER_SIGNS = "▓▚▞▤▥"
"""What a bar is made of, so that it can be read without colour."""


def table(table: Table, look: Look) -> Iterator[str]:
    """Title, header, one line a row, notes. All rows are held, to measure them."""
    for line in _table_lines(table, look):
        yield line + "\n"


def card(card: Card, look: Look) -> Iterator[str]:
    """Title, ``label  value`` lines, then each section's heading and wrapped text."""
    cells = max(look.width, _NARROWEST)
    if card.title:
        for line in flow(parts_of(card.title, "title"), cells):
            yield paint(line, look) + "\n"
    yield from _fields(card.fields, cells, look)
    before: Tone = "plain"
    for section in card.body:
        quiet = section.tone == "quiet"
        is_small_print = quiet and not section.heading
        if not is_small_print and not (quiet and before in ("quiet", "day")):
            yield "\n"
        for shown in _section_lines(section, before, cells, look):
            yield shown + "\n"
        before = before if is_small_print else section.tone


def _section_lines(section: Section, before: Tone, cells: int, look: Look) -> Iterator[str]:
    """A heading and what stands below it, or beside it where it is to be passed over quietly."""
    tone, content = section.tone, section.content
    heading = _hanging(parts_of(section.heading, "title"), cells) if section.heading else []
    if tone == "quiet" and isinstance(content, str):
        indent = 0 if heading else _BARS.get(before, (0, ""))[0]
        yield from _quiet_lines(heading, one_line(content), indent, cells, look)
        return
    for line in heading:
        yield paint(line, look)
    if isinstance(content, Strip):
        yield from _strip_lines(content, cells, look)
        return
    if not isinstance(content, str):
        yield from _table_lines(content, look)
        return
    indent, bar = _BARS.get(tone, (0, ""))
    begins = " " * min(indent, cells // 4) + painted(bar, tone, look)
    room = cells - min(indent, cells // 4) - width(bar)
    text = safe(content, newlines=True).strip("\n") if bar else safe(content, newlines=True)
    for said in wrap(text.rstrip("\n"), min(room, _MEASURE) if bar else room) if text else ():
        yield f"{begins}{painted(said, tone, look) if tone in ('gone', 'auto') else said}".rstrip()


def _strip_lines(strip: Strip, cells: int, look: Look) -> Iterator[str]:
    """A bar, and below it what its signs stand for."""
    cells = min(cells, _MEASURE)
    signs: dict[str, Part] = {}
    for piece in strip.pieces:
        sign = _SIGNS.get(piece.meaning or "") or _OTHER_SIGNS[len(signs) % len(_OTHER_SIGNS)]
        signs.setdefault(piece.label, Part(sign, piece.meaning))
    taken = zip(strip.pieces, strip.cells(cells), strict=True)
    bar = (signs[piece.label]._replace(text=signs[piece.label].text * n) for piece, n in taken)
    yield paint(cut(tuple(bar), cells), look)
    legend = [part for label, sign in signs.items() for part in (sign, Part(f" {label}   "))]
    for line in flow(parts_of(Phrase(*legend)), cells):
        yield paint(line, look).rstrip()


def _hanging(heading: Parts, cells: int) -> list[Parts]:
    """A heading as lines; what does not fit in the first stands further in."""
    if width(text_of(heading)) <= cells:
        return [heading]
    first, *others = flow(heading, cells - _HANG)
    return [first, *((Part(" " * _HANG), *line) for line in others)]


def _quiet_lines(
    heading: list[Parts], content: str, indent: int, cells: int, look: Look
) -> Iterator[str]:
    """A heading and a few words beside it; more words go on below where these begin."""
    begins, taken = "", 0
    if heading:
        *above, last = heading
        yield from (paint(line, look) for line in above)
        begins, taken = paint(last, look), width(text_of(last))
        indent = taken + GAP
        is_beside = indent + width(content) <= cells or indent <= cells // 2
        if not content or not is_beside:
            yield begins
            begins, taken, indent = "", 0, _HANG
    for line in wrap(content, min(cells - indent, _MEASURE)) if content else ():
        yield begins + " " * (indent - taken) + painted(line, "quiet", look)
        begins, taken = "", 0


def _cell(value: Any, kind: Kind, look: Look) -> Parts:
    """``value`` worded for people, with what it means."""
    if isinstance(value, datetime) and look.now is not None and kind in ("due", "since"):
        if kind == "since":
            return parts_of(cell_text(look.now - value, look), "waiting")
        told = look.due(value) if look.due else cell_text(value, look)
        return parts_of(told, "late" if value < look.now else None)
    if isinstance(value, Phrase):
        return parts_of(value)
    return parts_of(cell_text(value, look), "id" if kind == "id" else None)


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
        yield painted(clip(one_line(table.title), cells), "title", look)
    rows = table.rows if isinstance(table.rows, list) else list(table.rows)

    def measure(column: Column) -> Measured:
        key, kind = column.key, column.kind
        return measured(
            column, one_line(look.label(key)), [_cell(row.get(key), kind, look) for row in rows]
        )

    columns = choose(table.columns, measure, cells)
    widths = fit(columns, cells)
    heads = [parts_of(column.head) for column in columns]
    more = " …" if len(widths) < len(columns) else ""
    yield painted(_line(columns, heads, widths, look) + more, "heading", look)
    for number in range(len(rows)):
        yield _line(columns, [column.cells[number] for column in columns], widths, look)
    for note in table.notes:
        for line in wrap(one_line(note), cells):
            yield painted(line, "heading", look)


def _line(
    columns: Sequence[Measured], values: Sequence[Parts], widths: list[int], look: Look
) -> str:
    """One line of cells."""
    shown: list[str] = []
    for column, value, cells in zip(columns, values, widths, strict=False):
        parts = cut(value, cells)
        room = " " * (cells - width(text_of(parts)))
        text = paint(parts, look)
        shown.append(room + text if column.column.kind in _RIGHT else text + room)
    return (" " * GAP).join(shown).rstrip(" ")


def _fields(fields: Mapping[str, Any], cells: int, look: Look) -> Iterator[str]:
    """A line a field; in two columns where there is room for that, what is long below them."""
    labels = {key: one_line(look.label(key)) for key in fields}
    column = min(max(map(width, labels.values()), default=0), cells // 3)
    rows = [
        (clip(labels[key], column), _cell(value, "text", look)) for key, value in fields.items()
    ]
    if cells >= _TWO_SIDES and len(rows) > _FEW:
        most = min((cells - _BETWEEN) // 2 - column - GAP, _SHORT)
        yield from _side_by_side(
            [row for row in rows if width(text_of(row[1])) <= most], column, look
        )
        rows = [row for row in rows if width(text_of(row[1])) > most]
    for label, value in rows:
        begins = painted(label, "heading", look) + " " * (column - width(label) + GAP)
        for line in flow(value if text_of(value) else parts_of("-"), cells - column - GAP):
            yield begins + paint(line, look) + "\n"
            begins = " " * (column + GAP)


def _side_by_side(rows: list[tuple[str, Parts]], column: int, look: Look) -> Iterator[str]:
    """Fields of one line each, two a line."""
    taken = max((width(text_of(value)) for _, value in rows[::2]), default=0)
    for left, right in zip(rows[::2], [*rows[1::2], None], strict=False):
        line = ""
        for label, value in filter(None, (left, right)):
            text = value if text_of(value) else parts_of("-")
            line += painted(label, "heading", look) + " " * (column - width(label) + GAP)
            line += paint(text, look) + " " * (taken + _BETWEEN - width(text_of(text)))
        yield line.rstrip(" ") + "\n"
