"""A customer's id, where their file lies, and the shape in which contacts are compared.

An id is ``c-`` and eight characters of the alphabet of ticket ids:
:mod:`tkt.domain.customers.new_ids` says how it is come by.
"""

from __future__ import annotations

import re
from unicodedata import normalize

from tkt.domain.ids import ALPHABET

FOLDER = "customers"
PHONE, MAIL, NAME = "phone", "mail", ""
"""Channels that mean something here; the empty one is that of names."""

LENGTH = 8
_ID = re.compile(rf"c-[{ALPHABET}]{{{LENGTH}}}")
_MOBILE = re.compile(r"(?:\+?86|0086)?(1[3-9][0-9]{9})")
_CALLED = re.compile(r"\+?[0-9]{5,20}")
_BETWEEN = re.compile(r"[\s()\-]+")


def is_customer_id(text: object) -> bool:
    """Whether a text is a whole id of a customer."""
    return isinstance(text, str) and _ID.fullmatch(text) is not None


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
