"""One end to a whole exchange: connecting, encrypting, asking and every byte of the answer.

A time limit of a socket is one for each byte; who drips them keeps such a socket for ever.
"""

from __future__ import annotations

import socket
import threading
import time
from contextlib import suppress
from typing import TYPE_CHECKING, Any

from tkt.transports.outcome import Undelivered

if TYPE_CHECKING:
    from typing import Self


class Deadline:
    """Connections made through this are cut when its ``seconds`` are over."""

    def __init__(self, seconds: float) -> None:
        self.seconds = seconds
        self.passed = False
        self._end = time.monotonic() + seconds
        self._lines: list[socket.socket] = []
        self._lock = threading.Lock()
        self._timer = threading.Timer(seconds, self._cut)
        self._timer.daemon = True

    def __enter__(self) -> Self:
        self._timer.start()
        return self

    def __exit__(self, *_raised: object) -> None:
        self._timer.cancel()
        with self._lock:
            for line in self._lines:
                line.close()
            self._lines.clear()

    def connect(
        self, address: tuple[str, int], timeout: float, _source: Any = None
    ) -> socket.socket:
        """A connection; called as :func:`socket.create_connection` is."""
        failure: OSError = OSError()
        for family, kind, proto, _, where in socket.getaddrinfo(*address, type=socket.SOCK_STREAM):
            line = socket.socket(family, kind, proto)
            try:
                line.settimeout(min(timeout, self._left()))
                line.connect(where)
                line.settimeout(timeout)
                self._watch(line)
            except OSError as error:
                line.close()
                failure = error
            else:
                return line
        raise failure

    def slow(self) -> Undelivered:
        """What is told of an exchange that did not end in time."""
        return Undelivered("notify.slow", halts=True, seconds=round(self.seconds))

    def _left(self) -> float:
        left = self._end - time.monotonic()
        if left <= 0:
            raise TimeoutError
        return left

    def _watch(self, line: socket.socket) -> None:
        """Keep a second handle: encryption takes the first one over."""
        with self._lock:
            if self.passed:
                raise TimeoutError
            self._lines.append(line.dup())

    def _cut(self) -> None:
        with self._lock:
            self.passed = True
            for line in self._lines:
                with suppress(OSError):
                    line.shutdown(socket.SHUT_RDWR)
