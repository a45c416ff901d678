"""Skills that do not count in full for want of training."""

from __future__ import annotations

from tkt.named import NamedTuple


class Lapse(NamedTuple):
    """A skill that counts only below ``level``, until the ``courses`` are passed."""

    level: int
    courses: tuple[str, ...]


def effective(level: int, lapse: Lapse | None) -> int:
    """What a skill counts as."""
    return level if lapse is None else min(level, lapse.level - 1)
