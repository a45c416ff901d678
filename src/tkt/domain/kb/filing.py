"""By what articles are filtered in full-text search: marks that no text can hold.

A mark begins with a character of private use, which is no word to whoever cuts texts into words,
so nothing that is typed can ever be one.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from tkt.domain.kb.article import Article

_FIRST, _SIGN = "\ue000", "\ue001"


def mark(what: str, value: str) -> str:
    """The mark of a value: ``what`` it is of, in one word, and the value."""
    plain = value.casefold()
    told = "".join(c if c.isalnum() else f"{_SIGN}{ord(c):x}{_SIGN}" for c in plain)
    return f"{_FIRST}{what}{_FIRST}{told}"


def marks_of(article: Article) -> Iterator[str]:
    """All marks of an article."""
    yield mark("kind", article.kind)
    yield mark("status", article.status)
    yield mark("audience", article.audience)
    yield mark("lang", article.lang or "")
    yield from (mark("category", one) for one in article.categories)


def wanted(what: str, values: Iterable[str]) -> str:
    """The part of a MATCH expression that lets only articles with one of these values pass."""
    return f"filed : ({' OR '.join(f'{chr(34)}{mark(what, one)}{chr(34)}' for one in values)})"
