"""A progress bar on a terminal, for what takes long."""

from __future__ import annotations

from typing import IO, TYPE_CHECKING

from tkt.texts import say

if TYPE_CHECKING:
    from collections.abc import Callable

    from tkt.cli.out import Streams

_CELLS = 24


def bar(stream: IO[str], key: str) -> Callable[[int, int], None]:
    """A function that draws how much of a whole is done, and wipes the line at the end."""
    drawn = -1

    def draw(done: int, total: int) -> None:
        nonlocal drawn
        percent = 100 * done // max(total, 1)
        if percent == drawn:
            return
        drawn = percent
        filled = "█" * (_CELLS * percent // 100)
        stream.write(f"\r{say(key)} {filled:░<{_CELLS}} {percent:3d}% {done:,}/{total:,}")
        if done >= total:
            stream.write("\r\x1b[K")
        stream.flush()

    return draw


def on_terminal(out: Streams, key: str) -> Callable[[int, int], None] | None:
    """A bar where somebody watches, None elsewhere."""
    return bar(out.stderr, key) if out.stderr.isatty() and not out.quiet else None
