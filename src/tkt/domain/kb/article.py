"""An article, and where its file lies; :mod:`tkt.domain.kb.front` reads one.

The file of an article is ``kb/KIND/NAME.md``; that of its variant in another language is
``kb/KIND/NAME.LANG.md``. All variants have one name in common, ``KIND/NAME``, its *slug*.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from tkt.domain.fields import is_name
from tkt.named import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping

FOLDER = "kb"
KINDS = ("faq", "case", "training", "reply")
"""Questions with their answers, cases worth learning from, lessons, and replies ready to send."""
STATUSES = ("draft", "published", "archived")
AUDIENCES = ("internal", "public")
SCOPES = ("desk", "team", "personal")
"""Who a reply is for: everybody, a team, or its owner alone."""

_PATH = re.compile(
    rf"{FOLDER}/({'|'.join(KINDS)})/([^/.]+)(?:\.([a-z]{{2,3}}(?:-[A-Za-z0-9]+)*))?\.md"
)


class Article(NamedTuple):
    """One article in one language. ``review`` is a date as written, the day it is to be read again.

    ``questions`` are those that it answers, in the words of customers; ``tickets`` those that a
    case was drawn from; ``shortcuts`` what an agent types for a reply; ``quiz`` what a lesson asks.
    """

    path: str
    slug: str
    kind: str
    title: str
    body: str
    lang: str | None = None
    status: str = "draft"
    audience: str = "internal"
    questions: tuple[str, ...] = ()
    categories: tuple[str, ...] = ()
    products: tuple[str, ...] = ()
    owner: str | None = None
    review: str | None = None
    tickets: tuple[str, ...] = ()
    shortcuts: tuple[str, ...] = ()
    scope: str = "desk"
    team: str | None = None
    quiz: tuple[Mapping[str, Any], ...] = ()

    @property
    def name(self) -> str:
        """Its name without the kind."""
        return self.slug.partition("/")[2]

    @property
    def is_public(self) -> bool:
        """Whether customers may read it."""
        return self.status == "published" and self.audience == "public"

    @staticmethod
    def of(doc: Mapping[str, Any]) -> Article:
        """What :meth:`doc` gave."""
        said: dict[str, Any] = {k: tuple(v) if isinstance(v, list) else v for k, v in doc.items()}
        return Article(**said)

    def doc(self) -> dict[str, Any]:
        """As plain data, without what is as it is by itself."""
        usual = Article._field_defaults
        said = self._asdict()
        return {k: v for k, v in said.items() if k not in usual or v != usual[k]}


class Place(NamedTuple):
    """What the path of an article says: its slug, its kind, and its language if it names one."""

    slug: str
    kind: str
    lang: str | None


def place_of(path: str) -> Place | None:
    """What the path of an article says; None where none may lie."""
    match = _PATH.fullmatch(path)
    if match is None or not is_name(match[2]):
        return None
    return Place(f"{match[1]}/{match[2]}", match[1], match[3])


def path_of(slug: str, lang: str | None = None) -> str:
    """Where the file of an article lies; with ``lang`` that of a variant."""
    return f"{FOLDER}/{slug}.{lang}.md" if lang else f"{FOLDER}/{slug}.md"
