"""Business hours, as far as automation asks for them."""

from __future__ import annotations

from typing import Protocol


class Hours(Protocol):
    """When a team is there; instants are seconds since 1970."""

    def is_open(self, epoch: float) -> bool:
        """Whether somebody is there."""

    def next_opening(self, epoch: float) -> float | None:
        """When somebody will be there again; None if never."""


class Always:
    """A desk without calendars never closes."""

    def is_open(self, epoch: float) -> bool:
        """Yes."""
        return True

    def next_opening(self, epoch: float) -> float | None:
        """At once."""
        return epoch
