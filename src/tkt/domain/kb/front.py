"""What stands above the text of an article: what may stand there, and the article that it says."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from tkt.domain.calendar.dates import DATE
from tkt.domain.kb.article import AUDIENCES, KINDS, SCOPES, STATUSES, Article, place_of
from tkt.domain.kb.quiz import unanswerable
from tkt.domain.shape import Fault
from tkt.domain.spec.nested import Key, ListOf, Record, taken
from tkt.domain.spec.simple import Choice, Name, Parsed, Text, Texts

if TYPE_CHECKING:
    from collections.abc import Mapping

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
