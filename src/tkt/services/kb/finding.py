"""Which article is meant: by its slug, or by its name alone, in the language that is best."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from tkt.domain.kb.article import FOLDER, KINDS, Article
from tkt.errors import NotFound, UsageProblem

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from tkt.storage.desk import Desk

LANGUAGE = "zh"
"""Of an article, where neither it nor the desk names any."""


def find(
    desk: Desk, reference: str, *, lang: str | None = None, kinds: Sequence[str] = KINDS
) -> Article:
    """The article that ``reference`` means: a slug, a path, or a name that one of ``kinds`` has.

    In ``lang``, else in the desk's language, else in whichever there is. NotFound with the nearest
    name if there is none, UsageProblem if several kinds have one of that name.
    """
    wanted = reference.strip().removeprefix(f"{FOLDER}/")
    names = [wanted, wanted.removesuffix(".md"), wanted.removesuffix(".md").rpartition(".")[0]]
    slugs = [name if "/" in name else f"{kind}/{name}" for name in names for kind in kinds]
    known = {one.slug: one for one in among(desk, slugs, lang=lang)}
    found = [known[slug] for slug in dict.fromkeys(slugs) if slug in known]
    if not found:
        raise _missing(desk, wanted)
    if len(found) > 1 and "/" not in wanted:
        told = ", ".join(one.slug for one in found)
        raise UsageProblem(
            "article.ambiguous", reference=reference, found=told, first=found[0].slug
        )
    return found[0]


def among(desk: Desk, slugs: Iterable[str], *, lang: str | None = None) -> list[Article]:
    """Those of the articles that there are, each in the best of its languages."""
    wanted = list(dict.fromkeys(slugs))
    sql = "SELECT doc FROM articles WHERE slug IN ({marks})"
    found: dict[str, list[Article]] = {}
    for (doc,) in desk.index.among(sql, wanted):
        one = Article.of(json.loads(doc))
        found.setdefault(one.slug, []).append(one)
    usual = desk.settings.language or LANGUAGE
    return [best(found[slug], lang, usual) for slug in wanted if slug in found]


def best(variants: Sequence[Article], lang: str | None, usual: str) -> Article:
    """Of one article's variants that in ``lang``, else in the desk's language, else the first."""
    for wanted in (lang, usual, None):
        for one in variants:
            if wanted is not None and (one.lang or usual) == wanted:
                return one
    return min(variants, key=lambda one: one.path)


def _missing(desk: Desk, wanted: str) -> NotFound:
    """What to say of an article that is not there."""
    from difflib import get_close_matches

    slugs = [slug for (slug,) in desk.index.select("SELECT DISTINCT slug FROM articles")]
    names = {slug if "/" in wanted else slug.partition("/")[2]: slug for slug in slugs}
    if near := get_close_matches(wanted, names, 1, 0.6):
        return NotFound("article.near", reference=wanted, near=names[near[0]])
    return NotFound("article.none", reference=wanted)
