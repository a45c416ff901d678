"""Records out of JSON, one a line; also out of the arrays and objects that tkt itself prints."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

from tkt.errors import BadData
from tkt.storage.tables import LINE_LIMIT, Position, Record, Source, is_too_long

if TYPE_CHECKING:
    from collections.abc import Iterator

_DIGITS = 4000
"""Digits of a whole number; more, and a ticket file could not be read again."""
_HALF_PAIR = re.compile(r"\\u[dD][89a-fA-F]")


class NotJson(ValueError):
    """Text that is not the JSON of one plain value; ``key`` and ``params`` name the text for it."""

    def __init__(self, key: str, column: int = 1, **params: object) -> None:
        super().__init__(key)
        self.key = key
        self.column = column
        self.params = params


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    made = dict(pairs)
    if len(made) != len(pairs):
        names = [name for name, _ in pairs]
        twice = next(name for name in made if names.count(name) > 1)
        raise NotJson("import.key_twice", field=twice[:60])
    return made


def _no_number(text: str) -> Any:
    raise NotJson("import.not_number", value=text)


def _whole(text: str) -> int:
    if len(text) > _DIGITS:
        raise NotJson("import.not_number", value=text[:20] + "…")
    return int(text)


_DECODER = json.JSONDecoder(
    object_pairs_hook=_once, parse_constant=_no_number, parse_int=_whole, strict=False
)


def parse(text: str) -> Any:
    """The value that ``text`` says.

    NotJson if it is not JSON, nested too deep, says NaN, or names one key twice in one object.
    """
    try:
        value = _DECODER.decode(text)
    except json.JSONDecodeError as error:
        raise NotJson("import.not_json", error.pos + 1, message=error.msg) from error
    except RecursionError as error:
        raise NotJson("import.too_deep") from error
    if _HALF_PAIR.search(text):
        _refuse_half_pairs(value)
    return value


def _refuse_half_pairs(value: Any) -> None:
    try:
        json.dumps(value, ensure_ascii=False).encode()
    except UnicodeEncodeError as error:
        raise NotJson("import.half_character") from error


class JsonLines:
    """The records of a file: an object a line."""

    def __init__(self, source: Source) -> None:
        self.source = source
        self.start = source.start

    def records(self, start: Position) -> Iterator[Record]:
        """Every record from ``start`` on."""
        source = self.source
        offset, line = source.stream.seek(start.offset), start.line
        while raw := source.line():
            offset, line = offset + len(raw), line + 1
            if is_too_long(raw):
                end = Position(offset := offset + source.skip_line(), line)
                yield Record(line, end, None, self._fault("import.too_long", line, limit=_MIB))
                continue
            bare = raw.strip(b" \t\r\n,")
            if bare in (b"", b"[", b"]"):
                continue
            first, end = line, Position(offset, line)
            if bare == b"{":
                bare, end = self._gathered(bare, end)
                offset, line = source.stream.seek(end.offset), end.line
            yield self._record(bare, first, end)

    def _gathered(self, opening: bytes, end: Position) -> tuple[bytes, Position]:
        """An object over several lines, as tkt prints a single ticket, up to the brace alone."""
        parts, size, after = [opening], 0, end
        while (raw := self.source.line()) and size < LINE_LIMIT:
            after = Position(after.offset + len(raw), after.line + 1)
            parts.append(raw)
            size += len(raw)
            if raw.rstrip(b" \t\r\n,") == b"}":
                return b"".join(parts).rstrip(b" \t\r\n,"), after
        return opening, end

    def _record(self, raw: bytes, line: int, end: Position) -> Record:
        try:
            data = parse(raw.decode())
            if not isinstance(data, dict):
                raise NotJson("import.not_object")
        except UnicodeDecodeError as error:
            return Record(line, end, None, self._fault("import.not_text", line, error.start + 1))
        except NotJson as error:
            fault = self._fault(error.key, line, error.column, **error.params)
            return Record(line, end, None, fault)
        return Record(line, end, data, None)

    def _fault(self, key: str, line: int, column: int = 1, **params: object) -> BadData:
        return BadData(key, path=self.source.name, line=line, column=column, **params)


_MIB = LINE_LIMIT >> 20
