"""The id of a new customer.

That of a customer who is first known by a contact is worked out from it, so that two clones which
import the same orders make the same file; anybody else's is drawn. Of 200,000 customers two meet by
chance in 3 % of desks: the later one then takes the next id that its contact gives.
"""

from __future__ import annotations

from hashlib import blake2b
from typing import TYPE_CHECKING

from tkt.domain.customers.identity import LENGTH, contact_key
from tkt.domain.ids import ALPHABET

if TYPE_CHECKING:
    from collections.abc import Callable


def id_from(channel: str, contact: str, *, attempt: int = 0) -> str:
    """The id of a customer who is first known by a contact; the same on every clone."""
    said = f"{channel}\0{contact_key(contact)}\0{attempt}"
    return _spelt(int.from_bytes(blake2b(said.encode(), digest_size=8).digest(), "big"))


def free_id(channel: str, contact: str, *, taken: Callable[[str], bool]) -> str:
    """The first id of a contact that nobody has."""
    attempt = 0
    while taken(found := id_from(channel, contact, attempt=attempt)):
        attempt += 1
    return found


def drawn_id(draw: Callable[[int], int], *, taken: Callable[[str], bool]) -> str:
    """A free id for a customer of whom no contact is known."""
    while taken(found := _spelt(draw(len(ALPHABET) ** LENGTH))):
        pass
    return found


def _spelt(value: int) -> str:
    characters = []
    for _ in range(LENGTH):
        value, digit = divmod(value, len(ALPHABET))
        characters.append(ALPHABET[digit])
    return "c-" + "".join(characters)
