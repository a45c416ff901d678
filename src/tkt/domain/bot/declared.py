"""What tkt.yaml may say of the bot."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tkt.domain.spec.nested import Either, Record
from tkt.domain.spec.simple import Choice, Number, Texts
from tkt.named import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping

OFF = "off"
MODES = ("first", "assist", OFF)
"""Whether it answers customers itself, proposes to agents, or does nothing."""
THRESHOLD = 0.6
"""How sure it must be: what ``tkt bot calibrate`` found on the shipped articles."""

BOT = Either(Choice(OFF), Record("bot", {
    "threshold": Number(0, 1, whole=False),
    "margin": Number(0, 1, whole=False),
    "channels": Texts(named=True),
    "vip_tags": Texts(named=True),
    "human": Texts(),
    "complaint": Texts(),
    "categories": Texts(named=True),
    "severity": Number(0, 5),
}))  # fmt: skip
"""The section ``bot``."""


class Bot(NamedTuple):
    """How a desk's bot decides.

    It is as sure as ``threshold``, and by ``margin`` surer than of any other article. ``channels``
    are those on which it speaks (none: all). ``human`` and ``complaint`` are words of the desk
    beside those that everybody says; ``categories`` are those of complaints, and words of a rule
    for severity up to ``severity`` are complaints as well.
    """

    threshold: float = THRESHOLD
    margin: float = 0.0
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


def section(found: Any) -> dict[str, Any]:
    """The section as plain data for the index."""
    return {"is_off": True} if found == OFF else dict(found)
