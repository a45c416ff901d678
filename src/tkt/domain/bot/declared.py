"""What tkt.yaml may say of the bot."""

from __future__ import annotations

from typing import Any

from tkt.domain.bot.manner import OFF
from tkt.domain.spec.nested import Either, Record
from tkt.domain.spec.simple import Choice, Number, Texts

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


def section(found: Any) -> dict[str, Any]:
    """The section as plain data for the index."""
    return {"is_off": True} if found == OFF else dict(found)
