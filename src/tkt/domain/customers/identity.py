"""A customer's id, where their file lies, and the shape in which contacts are compared.

An id is ``c-`` and eight characters of the alphabet of ticket ids. That of a customer who is first
known by a contact is worked out from it, so that two clones which import the same orders make the
same file; anybody else's is drawn. Of 200,000 customers two meet by chance in 3 % of desks: the
later one then takes the next id that the contact gives.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from unicodedata import normalize

from tkt.domain.ids import ALPHABET

if TYPE_CHECKING:
    from collections.abc import Callable

FOLDER = "customers"
PHONE, MAIL, NAME = "phone", "mail", ""
"""Channels that mean something here; the empty one is that of names."""

_LENGTH = 8
_ID = re.compile(rf"c-[{ALPHABET}]{{{_LENGTH}}}")
_MOBILE = re.compile(r"(?:\+?86|0086)?(1[3-9][0-9]{9})")
_CALLED = re.compile(r"\+?[0-9]{5,20}")
_BETWEEN = re.compile(r"[\s()\-]+")


def is_customer_id(text: object) -> bool:
    """Whether a text is a whole id of a customer."""
    return isinstance(text, str) and _ID.fullmatch(text) is not None


def id_from(channel: str, contact: str, *, attempt: int = 0) -> str:
    """The id of a customer who is first known by a contact; the same on every clone."""
    from hashlib import blake2b

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
    while taken(found := _spelt(draw(len(ALPHABET) ** _LENGTH))):
        pass
    return found


def _spelt(value: int) -> str:
    characters = []
    for _ in range(_LENGTH):
        value, digit = divmod(value, len(ALPHABET))
        characters.append(ALPHABET[digit])
    return "c-" + "".join(characters)


def path_of(customer_id: str) -> str:
    """Where a customer's file is, relative to the desk: ``customers/7K/c-7KQ4M2PA.yaml``."""
    return f"{FOLDER}/{customer_id[2:4]}/{customer_id}.yaml"


def id_in_path(path: str) -> str | None:
    """The id of the customer whose file lies at ``path``; None if nobody's may."""
    stem = path.rpartition("/")[2].removesuffix(".yaml")
    return stem if is_customer_id(stem) and path == path_of(stem) else None


def contact_key(text: str) -> str:
    """A contact as contacts are compared: +86 138-0013-8000 and 13800138000 are one."""
    folded = " ".join(normalize("NFKC", text).casefold().split())
    bare = _BETWEEN.sub("", folded)
    if mobile := _MOBILE.fullmatch(bare):
        return mobile[1]
    return bare if _CALLED.fullmatch(bare) else folded


def is_mobile(text: str) -> bool:
    """Whether a text is a Chinese mobile number."""
    return _MOBILE.fullmatch(_BETWEEN.sub("", normalize("NFKC", text))) is not None
