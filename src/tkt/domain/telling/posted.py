"""A message in the outbox: what it says of a notice, where it goes, and what became of it."""

from __future__ import annotations

from typing import Any

from tkt.named import NamedTuple

STATES = ("failed", "waiting", "sent", "dropped")
"""What can have become of a message, in the order in which a person wants to know."""


class Posted(NamedTuple):
    """One message of the outbox; instants are seconds since 1970, ``error`` is (key, parameters).

    ``facts`` are what its text is made of. ``batch`` is the key of the digest that it goes with.
    """

    number: int
    key: str
    delivery: str
    to: str
    recipient: str
    ticket: str
    event: str
    why: str
    facts: dict[str, Any]
    state: str
    made: int
    due: int
    batch: str | None
    tries: int
    error: tuple[str, dict[str, Any]] | None
    ended: int | None


class New(NamedTuple):
    """A message to be put in; as in :class:`Posted`."""

    key: str
    delivery: str
    to: str
    recipient: str
    ticket: str
    event: str
    why: str
    facts: dict[str, Any]
    made: int
    due: int
