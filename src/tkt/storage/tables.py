"""Files of many records, as other systems write them: opened whatever their encoding, and written.

A file is brought into one shape first: bytes of UTF-8 that can be read again from any place.
Anything else (GB18030, UTF-16, a pipe) is copied into a temporary file on the way, so that what
follows holds one line at a time however long the file is.
"""

from __future__ import annotations

import codecs
import os
from contextlib import contextmanager
from typing import IO, TYPE_CHECKING

from tkt.errors import Unavailable
from tkt.named import NamedTuple
from tkt.storage import files

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from tkt.errors import BadData

LINE_LIMIT = 16 << 20
"""Bytes that one line, or one record of several lines, may have."""

_CHUNK = 1 << 20
_THREE_BYTES = 0xE0
"""The least byte with which a character of three bytes begins in UTF-8."""
_WIDE = ((b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be"))


class Position(NamedTuple):
    """A place between two records: bytes before it, and lines before it."""

    offset: int
    line: int


class Record(NamedTuple):
    """One record: the line it begins in (from 1), where the next begins, its data or its fault."""

    line: int
    end: Position
    data: dict[str, object] | None
    fault: BadData | None


class Source:
    """A file of records: ``name`` for messages, UTF-8 bytes from ``start`` on, ``lines`` in all."""

    def __init__(self, name: str, stream: IO[bytes], start: int, lines: int) -> None:
        self.name = name
        self.stream = stream
        self.start = Position(start, 0)
        self.lines = lines

    def line(self) -> bytes:
        """The next line; one over :data:`LINE_LIMIT` as its first part, see :meth:`skip_line`."""
        return self.stream.readline(LINE_LIMIT + 1)

    def skip_line(self) -> int:
        """Read past what is left of a line; the number of bytes."""
        skipped = 0
        while rest := self.stream.readline(_CHUNK):
            skipped += len(rest)
            if rest.endswith(b"\n"):
                break
        return skipped

    def first_line(self) -> bytes:
        """The first line that says something; the next read begins anew at ``start``."""
        self.stream.seek(self.start.offset)
        line = b""
        while not line.strip() and (line := self.line()):
            pass
        self.stream.seek(self.start.offset)
        return line


def is_too_long(line: bytes) -> bool:
    """Whether what :meth:`Source.line` gave is only the first part of a line over the limit."""
    return len(line) > LINE_LIMIT and not line.endswith(b"\n")


@contextmanager
def opened(
    path: str | None, stdin: IO[bytes] | None, *, name: str, mixed: bool = False
) -> Iterator[Source]:
    """The file at ``path``, or ``stdin``; Unavailable if it cannot be read.

    In a ``mixed`` one each line may be in an encoding of its own.
    """
    from tempfile import TemporaryFile

    try:
        with (
            open(path, "rb") if path is not None else TemporaryFile() as stream,
            TemporaryFile() as copy,
        ):
            if path is None:
                assert stdin
                while chunk := stdin.read(_CHUNK):
                    stream.write(chunk)
            elif not stream.seekable():
                # A named pipe: what has been read cannot be read again.
                while chunk := stream.read(_CHUNK):
                    copy.write(chunk)
                with TemporaryFile() as again:
                    yield _readable(name, copy, again, mixed)
                return
            yield _readable(name, stream, copy, mixed)
    except OSError as error:
        if isinstance(error, BrokenPipeError):
            raise
        raise Unavailable("file.unreadable", path=name, message=error.strerror) from error


def _readable(name: str, stream: IO[bytes], copy: IO[bytes], mixed: bool) -> Source:
    stream.seek(0)
    head = stream.read(3)
    if mixed and not head.startswith(tuple(mark for mark, _ in _WIDE)):
        start = 3 if head == codecs.BOM_UTF8 else 0
        if _copied(stream, start, "utf-8", None) is None:
            return Source(name, copy, 0, _copied_by_line(stream, start, copy))
    if head == codecs.BOM_UTF8:
        return Source(name, stream, 3, _lines(stream))
    for mark, encoding in _WIDE:
        if head.startswith(mark) and (lines := _copied(stream, 2, encoding, copy)) is not None:
            return Source(name, copy, 0, lines)
    if _copied(stream, 0, "utf-8", None) is None:
        lines = _copied(stream, 0, "gb18030", copy)
        if lines is not None:
            return Source(name, copy, 0, lines)
    # Lines that are no text are named one by one.
    return Source(name, stream, 0, _lines(stream))


def _copied_by_line(stream: IO[bytes], start: int, copy: IO[bytes]) -> int:
    """Copy a file as UTF-8 line by line; one that is no text stays as it is. The number of lines.

    Chinese in UTF-8 has three bytes a character: a line that is UTF-8 by chance has only pairs.
    """
    stream.seek(start)
    count = 0
    while line := stream.readline(LINE_LIMIT):
        count += 1
        if line.isascii() or (max(line) >= _THREE_BYTES and _is_text(line, "utf-8")):
            copy.write(line)
        elif _is_text(line, "gb18030"):
            copy.write(line.decode("gb18030").encode())
        else:
            copy.write(line)
    return count


def _is_text(line: bytes, encoding: str) -> bool:
    try:
        line.decode(encoding)
    except UnicodeDecodeError:
        return False
    return True


def _lines(stream: IO[bytes]) -> int:
    stream.seek(0)
    count, last = 0, b""
    while chunk := stream.read(_CHUNK):
        count += chunk.count(b"\n")
        last = chunk
    return count + (not last.endswith(b"\n") and bool(last))


def _copied(stream: IO[bytes], start: int, encoding: str, copy: IO[bytes] | None) -> int | None:
    """Copy a file as UTF-8; the number of lines, None if it is not in this encoding."""
    stream.seek(start)
    decoder = codecs.getincrementaldecoder(encoding)()
    count = 0
    try:
        while chunk := stream.read(_CHUNK):
            text = decoder.decode(chunk)
            if copy is not None:
                count += text.count("\n")
                copy.write(text.encode())
        decoder.decode(b"", final=True)
    except UnicodeError:
        if copy is not None:
            copy.seek(0)
            copy.truncate()
        return None
    return count + 1


def write_whole(path: str, chunks: Iterable[str], *, encoding: str) -> None:
    """Write a file so that it is there whole or not at all; Unavailable if the disk says no."""
    folder, _, name = os.path.abspath(path).rpartition("/")
    temporary = f"{folder}/.{name}.{os.getpid()}.new"
    try:
        with open(temporary, "w", encoding=encoding, newline="") as stream:
            for chunk in chunks:
                stream.write(chunk)
            stream.flush()
            os.fsync(stream.fileno())
        os.replace(temporary, f"{folder}/{name}")
    except OSError as error:
        raise Unavailable("file.unwritable", path=path, message=error.strerror) from error
    finally:
        files.forget(temporary)
