"""An article: what stands above its text, and where its file lies.

The file of an article is ``kb/KIND/NAME.md``; that of its variant in another language is
``kb/KIND/NAME.LANG.md``. All variants have one name in common, ``KIND/NAME``, its *slug*.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from tkt.domain.calendar.dates import DATE
from tkt.domain.fields import is_name
from tkt.domain.kb.quiz import unanswerable
from tkt.domain.shape import Fault
from tkt.domain.spec.nested import Key, ListOf, Record, taken
from tkt.domain.spec.simple import Choice, Name, Parsed, Text, Texts
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
_LANG = re.compile(r"[a-z]{2,3}(?:-[A-Za-z0-9]+)*")


def _language(text: str) -> None:
    if not _LANG.fullmatch(text):
        raise ValueError(text)


LANGUAGE = Parsed(_language, "article.not_language", examples=("zh", "en"))
"""A language, as in the web's tags."""
QUIZ = Record("quiz", {
    "ask": Key(Text(), needed=True),
    "options": Texts(),
    "answer": Key(Texts(), needed=True),
    "why": Text(),
})  # fmt: skip
ARTICLE = Record("article", {
    "title": Key(Text(), needed=True),
    "kind": Choice(*KINDS),
    "status": Choice(*STATUSES),
    "audience": Choice(*AUDIENCES),
    "questions": Texts(),
    "category": Texts(named=True),
    "products": Texts(),
    "lang": LANGUAGE,
    "owner": Name(),
    "review": DATE,
    "tickets": Texts(),
    "shortcut": Texts(),
    "scope": Choice(*SCOPES),
    "team": Name(),
    "quiz": ListOf(QUIZ),
})  # fmt: skip
"""What may stand above the text of an article."""


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


def read_article(data: Any, body: str, *, path: str) -> tuple[Article | None, list[Fault]]:
    """(the article that a file at ``path`` says, or None; everything wrong with it).

    ``data`` is what stands above its text, ``body`` the text.
    """
    place = place_of(path)
    assert place
    found, faults = taken(ARTICLE, data)
    if found.get("kind", place.kind) != place.kind:
        told = {"kind": found["kind"], "folder": place.kind}
        faults.append(Fault(("kind",), "article.wrong_folder", told))
    if place.lang and found.get("lang", place.lang) != place.lang:
        told = {"lang": found["lang"], "named": place.lang}
        faults.append(Fault(("lang",), "article.wrong_language", told))
    if place.kind == "reply":
        faults += _unowned(found)
    for n, text in unanswerable(found.get("quiz", ())):
        faults.append(Fault(("quiz", n, "answer"), "article.no_option", {"value": text}))
    if "title" not in found:
        return None, faults
    public = place.kind in ("faq", "reply")
    return Article(
        path=path,
        slug=place.slug,
        kind=place.kind,
        title=found["title"],
        body=body,
        lang=place.lang or found.get("lang"),
        status=found.get("status", "draft"),
        audience=found.get("audience", "public" if public else "internal"),
        questions=tuple(found.get("questions", ())),
        categories=tuple(found.get("category", ())),
        products=tuple(found.get("products", ())),
        owner=found.get("owner"),
        review=found.get("review"),
        tickets=tuple(found.get("tickets", ())),
        shortcuts=tuple(found.get("shortcut", ())),
        scope=found.get("scope", "desk"),
        team=found.get("team"),
        quiz=tuple(found.get("quiz", ())),
    ), faults


def _unowned(found: Mapping[str, Any]) -> list[Fault]:
    """A reply for a team, or for one person, must say for which."""
    needed = {"team": "team", "personal": "owner"}.get(found.get("scope", "desk"))
    if needed is None or needed in found:
        return []
    return [Fault(("scope",), "article.whose", {"scope": found["scope"], "key": needed})]
