"""Records out of CSV: commas, semicolons or tabs, cells of several lines, and broken rows.

The header names the columns; an empty cell says nothing. A row that cannot be read is named by the
line it begins in, and reading goes on behind that line.
"""

from __future__ import annotations

import csv
from typing import TYPE_CHECKING, Any

from tkt.errors import BadData
from tkt.storage.tables import LINE_LIMIT, Position, Record, Source, is_too_long

if TYPE_CHECKING:
    from collections.abc import Iterator

DELIMITERS = ",;\t"
_MIB = LINE_LIMIT >> 20


class _BadLine(Exception):
    def __init__(self, key: str, column: int = 1, **params: object) -> None:
        super().__init__(key)
        self.key, self.column, self.params = key, column, params


class _Lines:
    """Hands decoded lines to the csv reader and knows where it is."""

    def __init__(self, source: Source, start: Position) -> None:
        self.source = source
        self.offset = source.stream.seek(start.offset)
        self.line = start.line
        self.begin()

    def begin(self) -> None:
        """A new record begins here."""
        self.first = self.line + 1
        self.began = self.offset
        self.behind_first: Position | None = None

    @property
    def at(self) -> Position:
        """The place reached."""
        return Position(self.offset, self.line)

    def __iter__(self) -> _Lines:
        return self

    def __next__(self) -> str:
        raw = self.source.line()
        if not raw:
            raise StopIteration
        self.offset, self.line = self.offset + len(raw), self.line + 1
        too_long = is_too_long(raw)
        if too_long:
            self.offset += self.source.skip_line()
        self.behind_first = self.behind_first or self.at
        if too_long or self.offset - self.began > LINE_LIMIT:
            raise _BadLine("import.too_long", limit=_MIB)
        try:
            text = raw.decode()
        except UnicodeDecodeError as error:
            raise _BadLine("import.not_text", error.start + 1) from error
        if "\0" in text:
            raise _BadLine("import.nul", text.index("\0") + 1)
        return text


class Delimited:
    """The records of a file: a header, then a row each.

    BadData if there is no header to be read, or if it names one column twice.
    """

    def __init__(self, source: Source) -> None:
        self.source = source
        csv.field_size_limit(LINE_LIMIT)
        first = source.first_line().decode(errors="replace")
        announced = first.strip().strip('"')
        self.delimiter = _delimiter(first)
        start = source.start
        if announced[:4].lower() == "sep=" and len(announced) == 5:
            self.delimiter = announced[4]
            start = next(self._rows(start))[2]
        self.columns: list[str] = []
        for line, row, end in self._rows(start):
            if isinstance(row, BadData):
                raise row
            self.columns = [cell.strip() for cell in row]
            self.start = end
            self._check_header(line)
            return
        raise self._fault("import.no_header", 1)

    def _check_header(self, line: int) -> None:
        named = [name for name in self.columns if name]
        for name in named:
            if named.count(name) > 1:
                raise self._fault("import.column_twice", line, field=name[:60])
        if not named:
            raise self._fault("import.no_header", line)

    def records(self, start: Position) -> Iterator[Record]:
        """Every record from ``start`` on."""
        for line, row, end in self._rows(start):
            if isinstance(row, BadData):
                yield Record(line, end, None, row)
            elif any(row):
                yield self._record(line, row, end)

    def _record(self, line: int, row: list[str], end: Position) -> Record:
        columns = self.columns
        extra = [cell for cell in row[len(columns) :] if cell]
        if len(row) < len(columns) or extra:
            fault = self._fault("import.ragged", line, cells=len(row), columns=len(columns))
            return Record(line, end, None, fault)
        data: dict[str, Any] = {
            name: cell for name, cell in zip(columns, row, strict=False) if cell and name
        }
        nameless = [i for i, name in enumerate(columns) if not name and row[i]]
        if nameless:
            fault = self._fault("import.nameless", line, number=nameless[0] + 1)
            return Record(line, end, None, fault)
        return Record(line, end, data, None)

    def _rows(self, start: Position) -> Iterator[tuple[int, list[str] | BadData, Position]]:
        """(line, cells or fault, where the next row begins)."""
        lines = _Lines(self.source, start)
        reader = csv.reader(lines, delimiter=self.delimiter, strict=True)
        while True:
            lines.begin()
            try:
                row = next(reader, None)
            except _BadLine as bad:
                first, resume = lines.line, lines.at
                fault = self._fault(bad.key, first, bad.column, **bad.params)
                if bad.key == "import.too_long" and lines.first < first:
                    first, resume = lines.first, lines.behind_first or resume
                    fault = self._fault("import.unclosed", first)
            except csv.Error as error:
                # The quotation may have begun by mistake: what follows its first line may be sound.
                first, resume = lines.first, lines.behind_first or lines.at
                fault = self._fault("import.unclosed", first)
                if lines.line == first and "unexpected end" not in str(error):
                    fault = self._fault("import.bad_row", first, message=str(error)[:100])
            else:
                if row is None:
                    return
                yield lines.first, row, lines.at
                continue
            yield first, fault, resume
            lines = _Lines(self.source, resume)
            reader = csv.reader(lines, delimiter=self.delimiter, strict=True)

    def _fault(self, key: str, line: int, column: int = 1, **params: object) -> BadData:
        return BadData(key, path=self.source.name, line=line, column=column, **params)


def _delimiter(header: str) -> str:
    """What parts the cells of a header, outside quotes; a comma where nothing does."""
    outside = "".join(header.split('"')[::2])
    return max(DELIMITERS, key=outside.count)
