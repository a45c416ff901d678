"""Records set aside on the disk between two readings of a file, so that memory does not grow."""

from __future__ import annotations

import json
from contextlib import contextmanager
from tempfile import TemporaryFile
from typing import IO, TYPE_CHECKING, Any

from tkt.errors import Unavailable

if TYPE_CHECKING:
    from collections.abc import Iterator

_WRITE = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


class Spool:
    """Mappings written one behind the other; each is found again by the place it was given."""

    def __init__(self, stream: IO[bytes]) -> None:
        self._stream = stream
        self._end = 0

    def add(self, record: dict[str, Any]) -> int:
        """Set a record aside; its place."""
        place = self._end
        line = _WRITE(record).encode() + b"\n"
        try:
            self._end += self._stream.write(line)
        except OSError as error:
            raise Unavailable("disk.failed", path="TMPDIR", message=error.strerror) from error
        return place

    def get(self, place: int) -> dict[str, Any]:
        """The record at a place."""
        self._stream.seek(place)
        found: dict[str, Any] = json.loads(self._stream.readline())
        return found


@contextmanager
def spooling() -> Iterator[Spool]:
    """A spool that is gone when it is let go of."""
    with TemporaryFile() as stream:
        yield Spool(stream)
