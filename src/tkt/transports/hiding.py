"""What the other side said, without the secrets that it quotes, in whatever form it quotes them."""

from __future__ import annotations

import base64
import re
from typing import TYPE_CHECKING
from urllib.parse import quote, quote_plus, unquote, unquote_plus, urlsplit

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from tkt.transports.outcome import Way

_MOST = 200
"""Characters of what the other side said that are kept."""
_SHORT, _TELLTALE = 4, 8
"""Parts of an address that are shorter than that hide nothing; a plain word may be a bit longer."""


def harmless_words(said: str, way: Way, *more: str) -> str:
    """One line of what was said by the other side of a way; ``more`` are secrets made for it."""
    options = way.options
    secrets = {options.get(name, "") for name in ("secret", "password")} | set(more)
    for url in (options.get("url", ""), *(each for each in more if "://" in each)):
        secrets |= set(_parts(url))
    forms = {form for secret in secrets for form in _forms(secret) if form}
    if forms:
        # The longest first: what is part of another would leave the rest of it standing.
        told = "|".join(map(re.escape, sorted(forms, key=len, reverse=True)))
        said = re.sub(told, "***", said, flags=re.IGNORECASE)
    # Cut afterwards: half a secret would not be found.
    return " ".join(said.split())[:_MOST]


def _parts(url: str) -> Iterator[str]:
    """An address and what of it opens the door by itself: the path, its long parts, the values."""
    yield url
    try:
        parts = urlsplit(url)
    except ValueError:
        return
    whole = (f"{parts.path}?{parts.query}", parts.query, parts.path)
    yield from (each for each in whole if len(each) >= _TELLTALE)
    for segment in parts.path.split("/"):
        if len(segment) >= _TELLTALE or (len(segment) >= _SHORT and re.search(r"\d", segment)):
            yield segment
    for pair in re.split("[&;]", f"{parts.query}&{parts.fragment}"):
        value = pair.partition("=")[2] or pair
        if len(value) >= _SHORT:
            yield value


def _forms(secret: str) -> Iterator[str]:
    """A secret as it may be quoted: as it is, percent-encoded or not any more, in base64."""
    plain = {secret, unquote(secret), unquote_plus(secret)}
    for each in plain:
        yield from (each, quote(each, safe=""), quote(each), quote_plus(each))
        if len(each) >= _SHORT:
            yield from _in_base64(each.encode("utf-8", "replace"))


def _in_base64(raw: bytes) -> Iterable[str]:
    """What base64 of anything has in it that has ``raw`` in it, wherever it stands there."""
    for before in range(3):
        told = base64.b64encode(bytes(before) + raw).decode()
        core = told[(0, 2, 3)[before] : (before + len(raw)) * 8 // 6]
        yield from (core, core.translate(str.maketrans("+/", "-_")), quote(core, safe=""))
