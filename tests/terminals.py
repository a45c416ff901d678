"""A terminal of a test's own: a command runs in it as at a desk, and the test is the person."""

from __future__ import annotations

import fcntl
import os
import select
import struct
import subprocess
import sys
import termios
from typing import TYPE_CHECKING

from conftest import settings_for

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

_START = 'exec "$@" <"$0" >"$0" 2>"$0"'
"""Opening the terminal first thing in a session of one's own makes it the one of that session."""


class Terminal:
    """A pseudo-terminal with ``python -m tkt args`` running in it, or another ``program``."""

    def __init__(
        self,
        folder: Path,
        args: Sequence[str],
        said: Mapping[str, str | None],
        *,
        lines: int = 24,
        program: Sequence[str] = ("-m", "tkt"),
    ) -> None:
        self._leader, follower = os.openpty()
        size = struct.pack("HHHH", lines, 80, 0, 0)
        fcntl.ioctl(follower, termios.TIOCSWINSZ, size)
        words = [sys.executable, *program, *args]
        self._process = subprocess.Popen(
            ["sh", "-c", _START, os.ttyname(follower), *words],
            cwd=folder,
            env=settings_for({"TERM": "xterm-256color", **said}),
            start_new_session=True,
        )
        # Held open until the command has ended: what it wrote last must not be lost.
        self._follower = follower
        self._raw = b""

    @property
    def seen(self) -> str:
        """Everything seen so far."""
        return self._raw.decode(errors="replace")

    def until(self, text: str) -> str:
        """Everything seen once ``text`` has been."""
        while text not in self.seen:
            if not self._read(0.05) and self._process.poll() is not None:
                raise AssertionError(f"{text!r} does not come: {self.seen!r}")
        return self.seen

    def type(self, keys: str) -> None:
        """Press keys; ``\\x03`` is Ctrl-C."""
        os.write(self._leader, keys.encode())

    def end(self) -> tuple[int, str]:
        """Wait for the end: (exit code, everything seen)."""
        while self._process.poll() is None:
            self._read(0.05)
        while self._read(0):
            pass
        os.close(self._follower)
        os.close(self._leader)
        return self._process.returncode, self.seen.replace("\r\n", "\n")

    def _read(self, seconds: float) -> bool:
        if not select.select([self._leader], [], [], seconds)[0]:
            return False
        self._raw += os.read(self._leader, 1 << 16)
        return True


def shown(folder: Path, *args: str, **said: str | None) -> str:
    """What a command shows that ends by itself, and must succeed."""
    code, seen = Terminal(folder, args, said).end()
    assert code == 0, seen
    return seen
