"""How a desk's bot decides, as a value."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tkt.named import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping

OFF = "off"
MODES = ("first", "assist", OFF)
"""Whether it answers customers itself, proposes to agents, or does nothing."""
THRESHOLD = 0.9
"""How sure it must be so that 95 % of what it answers from the shipped articles is right, with a
margin of which tests/benchmarks/README.md speaks."""
MARGIN = 0.02
"""By how much the next best article must be less alike: of two that fit as well none is right."""


class Bot(NamedTuple):
    """How a desk's bot decides.

    It is as sure as ``threshold``, and by ``margin`` surer than of any other article. ``channels``
    are those on which it speaks (none: all). ``human`` and ``complaint`` are words of the desk
    beside those that everybody says; ``categories`` are those of complaints, and words of a rule
    for severity up to ``severity`` are complaints as well.
    """

    threshold: float = THRESHOLD
    margin: float = MARGIN
    channels: tuple[str, ...] = ()
    vip_tags: tuple[str, ...] = ("vip",)
    human: tuple[str, ...] = ()
    complaint: tuple[str, ...] = ()
    categories: tuple[str, ...] = ("complaint", "bad-review")
    severity: int = 2
    is_off: bool = False

    @staticmethod
    def of(said: Mapping[str, Any]) -> Bot:
        """What a section says, as :func:`section` keeps it."""
        told: dict[str, Any] = {k: tuple(v) if isinstance(v, list) else v for k, v in said.items()}
        return Bot(**told)
