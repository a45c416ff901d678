"""Which canned replies there are for a person: by shortcut, by name, by the words in them."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING
from unicodedata import normalize

from tkt.domain.kb.article import Article
from tkt.domain.kb.synonyms import ways_to_say
from tkt.domain.kb.wording import LIMIT, fold
from tkt.domain.replies.whose import KIND, Person, nearest
from tkt.domain.replies.wording import has_all
from tkt.errors import NotFound, Refused, UsageProblem
from tkt.services.kb.finding import LANGUAGE, best

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Sequence

    from tkt.storage.desk import Desk

    Variants = Sequence[Article]
    """One reply in all its languages."""
    By = Callable[[], str]
    """Who asks; to find that out takes Git, and is only done where a reply is not for all."""

_SAID = "SELECT a.doc FROM articles AS a WHERE a.kind = 'reply'"
_BY_WORD = (
    "SELECT DISTINCT a.slug FROM shortcuts AS s CROSS JOIN articles AS a ON a.num = s.num"
    " WHERE s.shortcut >= ? AND s.shortcut < ? AND a.kind = 'reply' ORDER BY s.shortcut"
)
_LAST = "\U0010ffff"
_LOOKED_AT = 60
"""So many replies with the words looked for are held against whose they are."""


def person(desk: Desk, by: str) -> Person:
    """Somebody with their teams."""
    agent = desk.settings.agent(by)
    return Person(agent.id, agent.teams) if agent else Person(by)


def every(desk: Desk, by: By, *, drafts: bool = False) -> list[Article]:
    """All replies that somebody may use, by name, each in the desk's language."""
    docs = desk.index.select(f"{_SAID} ORDER BY a.slug, a.lang")
    return _each(desk, (Article.of(json.loads(doc)) for (doc,) in docs), by, drafts)


def find(
    desk: Desk,
    text: str,
    by: By,
    *,
    drafts: bool = False,
    lang: str | None = None,
    limit: int | None = None,
) -> list[Article]:
    """Replies whose shortcut or name begins so, then those with all the words, the best first.

    Those with some of the words only where there are no others.
    """
    most = max(_LOOKED_AT, limit or 0)
    found = _each(desk, _loaded(desk, _beginning(desk, text)[:most]), by, drafts, lang)
    if limit is not None and len(found) >= limit:
        return found[:limit]
    from tkt.services.kb.searching import Filters, Searcher

    searcher = Searcher(desk)
    statuses = ("published", "draft") if drafts else ("published",)
    hits = searcher.search(text, Filters((KIND,), statuses), limit=most)
    here = {one.slug for one in found}
    others = _loaded(desk, [hit.article.slug for hit in hits if hit.article.slug not in here])
    usable = _each(desk, others, by, drafts, lang)
    wanted = [ways_to_say(word, searcher.groups) for word in fold(text[:LIMIT]).split()]
    slugs = {one.slug for one in others if has_all(one, wanted)}
    complete = [one for one in usable if one.slug in slugs]
    return [*found, *(complete if found or complete else usable)][:limit]


def named(desk: Desk, reference: str, by: By, *, drafts: bool = False) -> Variants:
    """The one reply that somebody means by a shortcut, a name, or the beginning of one.

    One's own goes before that of a team, and that before one for all. Refused if it is not theirs
    to use, NotFound with the nearest if there is none, UsageProblem if there are several.
    """
    wanted = reference.strip().removeprefix("kb/").removeprefix(f"{KIND}/").removesuffix(".md")
    exact = _with_word(desk, wanted)
    them = exact or _beginning(desk, wanted)
    variants = _loaded(desk, them)
    if not variants:
        raise _missing(desk, reference, by)
    mine = _usable(desk, variants, by, drafts)
    if not mine:
        raise _not_theirs(variants, person(desk, by()))
    slugs = list(dict.fromkeys(one.slug for one in nearest(mine)))
    if len(slugs) > 1:
        names = [slug.partition("/")[2] for slug in slugs]
        told = ", ".join(names[:8])
        raise UsageProblem("canned.ambiguous", name=reference, found=told, first=names[0])
    return [one for one in mine if one.slug == slugs[0]]


def said_in(desk: Desk, variants: Variants, lang: str | None) -> Article:
    """The variant of a reply in a language, else in the desk's, else whichever there is."""
    return best(variants, lang, desk.settings.language or LANGUAGE)


def _each(
    desk: Desk, replies: Iterable[Article], by: By, drafts: bool, lang: str | None = None
) -> list[Article]:
    """Those that somebody may use, in their order, each once and in the best of its languages."""
    groups: dict[str, list[Article]] = {}
    for reply in _usable(desk, replies, by, drafts):
        groups.setdefault(reply.slug, []).append(reply)
    return [said_in(desk, variants, lang) for variants in groups.values()]


def _usable(desk: Desk, replies: Iterable[Article], by: By, drafts: bool) -> list[Article]:
    wanted = ("published", "draft") if drafts else ("published",)
    found = [reply for reply in replies if reply.status in wanted]
    if all(reply.scope == "desk" for reply in found):
        return found
    who = person(desk, by())
    return [reply for reply in found if who.may_use(reply)]


def _words(text: str) -> Iterable[str]:
    """A word as shortcuts are kept, and as it would be with plain letters and digits."""
    folded = text.strip().casefold()
    return dict.fromkeys((folded, normalize("NFKC", folded).casefold())) if folded else ()


def _with_word(desk: Desk, text: str) -> list[str]:
    return [slug for word in _words(text)
            for (slug,) in desk.index.select(_BY_WORD, (word, f"{word}\0"))]  # fmt: skip


def _beginning(desk: Desk, text: str) -> list[str]:
    return [slug for word in _words(text)
            for (slug,) in desk.index.select(_BY_WORD, (word, word + _LAST))]  # fmt: skip


def _loaded(desk: Desk, slugs: Collection[str]) -> list[Article]:
    """All variants of replies, in the order of their slugs as given."""
    wanted = list(dict.fromkeys(slugs))
    rows = desk.index.among("SELECT doc FROM articles WHERE slug IN ({marks})", wanted)
    place = {slug: number for number, slug in enumerate(wanted)}
    found = [Article.of(json.loads(doc)) for (doc,) in rows]
    return sorted(found, key=lambda one: (place[one.slug], one.path))


def _missing(desk: Desk, reference: str, by: By) -> NotFound:
    from tkt.domain.query.mistakes import close_names

    words = [word for one in every(desk, by) for word in (one.name, *one.shortcuts)]
    if close := close_names(reference, words):
        return NotFound("canned.none_like", name=reference, close=close[0])
    return NotFound("canned.none", name=reference)


def _not_theirs(variants: Variants, who: Person) -> Refused:
    """Why a reply that is there is not for somebody."""
    first = variants[0]
    if not who.may_use(first):
        whose = first.owner if first.scope == "personal" else first.team
        return Refused("canned.not_yours", name=first.name, whose=whose or "–")
    return Refused("canned.not_published", name=first.name, path=first.path)
