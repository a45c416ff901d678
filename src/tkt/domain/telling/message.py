"""What is delivered: one message, in the forms that the ways of delivery need."""

from __future__ import annotations

from hashlib import sha256
from typing import TYPE_CHECKING, Any

from tkt.named import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

_MORE = "…"
_HARMLESS = str.maketrans("@<>", "＠＜＞")
_PLAIN = str.maketrans("@<>*_`[]()#~|\\!", "＠＜＞＊＿｀［］（）＃～｜＼！")


class Message(NamedTuple):
    """One message; ``ticket`` is None for a digest of several.

    ``text`` is for mail. ``robot`` and ``markdown`` are for chats: nothing from outside in them can
    call anybody or be taken for markup. ``data`` is what a program gets.
    """

    key: str
    ticket: str | None
    subject: str
    text: str
    robot: str
    markdown: str
    data: Mapping[str, Any]

    @property
    def mark(self) -> str:
        """The end of a text that has no header to put its key into."""
        return f"#{self.key[:10]}"


def key_of(ticket: str, event: str, recipient: str, why: str) -> str:
    """The key of a notice: the same on every machine that comes to deliver it."""
    return _digest((ticket, event, recipient, why))


def key_of_all(keys: Iterable[str]) -> str:
    """The key of a digest of several."""
    return _digest(sorted(keys))


def _digest(parts: Iterable[str]) -> str:
    return sha256("\0".join(parts).encode("utf-8", "surrogatepass")).hexdigest()[:32]


def harmless(text: str) -> str:
    """Text from outside that calls nobody in a chat: ``@all`` and ``<at …>`` become wide."""
    return text.translate(_HARMLESS)


def without_markup(text: str) -> str:
    """Text from outside that is no Markdown either, in any dialect of it."""
    return text.translate(_PLAIN)


def cut(text: str, tail: str, limit: int) -> str:
    """``text`` and, on a line of its own, ``tail`` in at most ``limit`` bytes of UTF-8.

    What is too much goes from the end of ``text``, whole characters at a time.
    """
    whole = f"{text}\n{tail}"
    raw = whole.encode()
    if len(raw) <= limit:
        return whole
    room = limit - len(f"{_MORE}\n{tail}".encode())
    head = text.encode()[: max(room, 0)].decode(errors="ignore")
    return f"{head}{_MORE}\n{tail}"
