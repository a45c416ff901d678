"""How a delivery fails, and what a transport is given to try it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tkt.named import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

TIMEOUT = 15.0
"""Seconds that the other side may take for an answer."""
LONGEST = 60.0
"""Seconds that may go by where several questions make one delivery."""


class Undelivered(Exception):
    """A message that was not taken; ``key`` and ``params`` name its text in the catalogue.

    ``permanent``: trying again cannot help. ``halts``: the way itself is shut, nothing else gets
    through it now either.
    """

    def __init__(
        self, key: str, /, *, permanent: bool = False, halts: bool = False, **params: object
    ) -> None:
        super().__init__(key)
        self.key = key
        self.params: dict[str, object] = params
        self.permanent = permanent
        self.halts = halts

    @staticmethod
    def of(key: str, params: Mapping[str, object]) -> Undelivered:
        """One for good, out of what something else ran into."""
        failure = Undelivered(key, permanent=True)
        failure.params.update(params)
        return failure

    @staticmethod
    def stumbling(error: Exception) -> Undelivered:
        """One for a fault of our own; its text might quote a secret, so its name must do."""
        return Undelivered("notify.stumbled", message=type(error).__name__)


class Way(NamedTuple):
    """A delivery with its secrets looked up: what the settings say, ``to`` whom, and when it is."""

    options: Mapping[str, str]
    to: str
    at: datetime

    @property
    def mobile(self) -> str | None:
        """The mobile number to call, where ``to`` is one."""
        return self.to if self.to.lstrip("+").isdigit() else None

    @property
    def user(self) -> str | None:
        """The user to call by their id in the chat."""
        return self.to if self.to and self.mobile is None else None
