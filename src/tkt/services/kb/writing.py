"""What people do with articles: writing one, changing it, publishing it, retiring it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from tkt.domain.fields import is_name
from tkt.domain.kb.article import AUDIENCES, KINDS, SCOPES, STATUSES, Article, path_of
from tkt.domain.kb.wording import fold
from tkt.domain.plaintext import one_line
from tkt.errors import Refused, UsageProblem
from tkt.named import NamedTuple
from tkt.services import naming
from tkt.services.kb import keeping
from tkt.services.kb.finding import LANGUAGE, find
from tkt.storage.article_files import changed, text_of

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from tkt.domain.settings import Settings
    from tkt.services.acting import Acting
    from tkt.services.kb.keeping import Made
    from tkt.storage.desk import Desk

_LISTS = ("questions", "category", "products", "tickets", "shortcut")
_WHOLE = ("questions",)
"""Lists of sentences, in which a comma parts nothing."""
KEYS = (
    "title", "status", "audience", "questions", "category", "products", "lang", "owner", "review",
    "tickets", "shortcut", "scope", "team",
)  # fmt: skip
_CHOICES = {"status": STATUSES, "audience": AUDIENCES, "scope": SCOPES}
_NAME_LENGTH = 40
_ASSIGNMENT = r"\s*([^=+\-\s]+)\s*(\+|-)?=\s*(.*?)\s*"


class Wanted(NamedTuple):
    """What a new article is to be; ``name`` is made of the title where none is named."""

    title: str
    kind: str = "faq"
    name: str | None = None
    categories: tuple[str, ...] = ()
    owner: str | None = None
    lang: str | None = None


def begin(desk: Desk, wanted: Wanted, acting: Acting) -> tuple[str, dict[str, Any]]:
    """(where the file of a new article goes, what stands above its text)."""
    title = _title(wanted.title)
    settings = desk.settings
    front: dict[str, Any] = {"title": title, "status": "draft"}
    if wanted.categories:
        front["category"] = [category_named(settings, one) for one in wanted.categories]
    path = _place(desk, wanted)
    if wanted.lang and not path.endswith(f".{wanted.lang}.md"):
        front["lang"] = wanted.lang
    owner = wanted.owner or (acting.by if settings.agent(acting.by) else None)
    if owner:
        front["owner"] = naming.person_named(settings, owner, me=acting.by)
    return path, front


def _title(text: str) -> str:
    """A title as it is kept: in one line."""
    title = text.strip()
    if not title or one_line(title) != title:
        raise UsageProblem("kb.bad_title", value=one_line(text, 60))
    return title


def _place(desk: Desk, wanted: Wanted) -> str:
    """Where a new article goes: a variant beside the article of another language."""
    name = wanted.name or _name_of(wanted.title)
    if not is_name(name) or "." in name:
        raise UsageProblem("kb.bad_name", value=one_line(name, 60))
    slug = f"{wanted.kind}/{name}"
    held = _languages(desk, slug)
    usual = desk.settings.language or LANGUAGE
    if wanted.name is None:
        number = 2
        while held:
            slug, number = f"{wanted.kind}/{name}-{number}", number + 1
            held = _languages(desk, slug)
        return path_of(slug)
    if held and wanted.lang and wanted.lang not in {lang or usual for lang in held}:
        return path_of(slug, wanted.lang)
    return path_of(slug)


def _languages(desk: Desk, slug: str) -> list[str]:
    sql = "SELECT lang FROM articles WHERE slug = ?"
    return [lang for (lang,) in desk.index.select(sql, (slug,))]


def _name_of(title: str) -> str:
    """A name made of a title: its letters and digits, with dashes between words."""
    words = re.findall(r"[^\W_]+", fold(title))
    name = "-".join(words)[:_NAME_LENGTH].strip("-")
    return name or "article"


def new(desk: Desk, wanted: Wanted, body: str, *, acting: Acting) -> Made:
    """Record a new article with this text."""
    path, front = begin(desk, wanted, acting)
    return keeping.add(desk, path, text_of(front, body), acting=acting)


def begun(desk: Desk, wanted: Wanted, *, acting: Acting) -> tuple[str, str]:
    """(where a new article goes, the file that a person begins with)."""
    path, front = begin(desk, wanted, acting)
    return path, text_of({**front, "questions": [], "category": front.get("category", [])}, "")


def held(desk: Desk, reference: str, *, lang: str | None) -> tuple[str, str]:
    """(where an article lies, its whole file); Refused while it has edits nobody has recorded."""
    article = find(desk, reference, lang=lang)
    raw = keeping.committed(desk, article)
    keeping.check_unedited(desk, article.path, raw)
    return article.path, raw.decode()


def edit(
    desk: Desk,
    reference: str,
    *,
    acting: Acting,
    lang: str | None = None,
    said: Sequence[str] = (),
    body: str | None = None,
) -> Made:
    """Change what stands above an article's text, or the text."""

    def make(article: Article, raw: bytes) -> bytes:
        front = _applied(desk.settings, article, said, acting)
        return changed(raw, path=article.path, front=front, body=body)

    return keeping.save(desk, reference, make, action="edit", acting=acting, lang=lang)


def rewrite(
    desk: Desk, reference: str, text: str, *, begun: str, lang: str | None, acting: Acting
) -> Made:
    """Let an article's file be what somebody has made of it in an editor.

    Refused if it is no more what they ``begun`` with: they would undo what another has done.
    """

    def make(article: Article, raw: bytes) -> bytes:
        if raw.decode() != begun:
            raise Refused("kb.changed_meanwhile", slug=article.slug)
        return text.encode()

    return keeping.save(desk, reference, make, action="edit", acting=acting, lang=lang)


def publish(
    desk: Desk, reference: str, *, review: str | None, lang: str | None, acting: Acting
) -> Made:
    """Let an article be found and sent; Refused while it says nothing."""
    day = None if review is None else review_day(review, now=acting.now, settings=desk.settings)

    def make(article: Article, raw: bytes) -> bytes:
        if not article.body.strip():
            raise Refused("kb.empty", slug=article.slug)
        front: dict[str, Any] = {} if article.status == "published" else {"status": "published"}
        if day is not None:
            front["review"] = day
        return changed(raw, path=article.path, front=front) if front else raw

    return keeping.save(desk, reference, make, action="publish", acting=acting, lang=lang)


def retire(
    desk: Desk, reference: str, *, reason: str | None, lang: str | None, acting: Acting
) -> Made:
    """Let an article be found no more; its file and its history stay."""

    def make(article: Article, raw: bytes) -> bytes:
        front = {} if article.status == "archived" else {"status": "archived"}
        return changed(raw, path=article.path, front=front) if front else raw

    return keeping.save(
        desk, reference, make, action="retire", acting=acting, lang=lang, reason=reason
    )


def review_day(text: str, *, now: datetime, settings: Settings) -> str:
    """The day that ``2027-01-01``, ``下周一`` or ``90d`` names, as a file has it."""
    from tkt.domain.when import parse_day, parse_duration

    try:
        return (now.astimezone(settings.zone) + parse_duration(text)).date().isoformat()
    except (ValueError, OverflowError):
        pass
    try:
        return parse_day(text, now=now, tz=settings.zone).isoformat()
    except ValueError as error:
        raise UsageProblem("kb.bad_review", value=text) from error


def since_when(text: str | None, *, now: datetime, settings: Settings) -> datetime | None:
    """The moment that ``90d``, or any day or time, names; None where nothing is said."""
    from tkt.domain.when import parse_duration, parse_moment

    if text is None:
        return None
    try:
        return now - parse_duration(text)
    except (ValueError, OverflowError):
        pass
    try:
        return parse_moment(text, now=now, tz=settings.zone)
    except ValueError as error:
        raise UsageProblem("env.bad_time", value=text) from error


# -- key=value --------------------------------------------------------------------------------


def _applied(
    settings: Settings, article: Article, said: Sequence[str], acting: Acting
) -> dict[str, Any]:
    """What is to stand under each key that was named; None takes it away."""
    held: dict[str, list[str]] = {
        "questions": list(article.questions), "category": list(article.categories),
        "products": list(article.products), "tickets": list(article.tickets),
        "shortcut": list(article.shortcuts),
    }  # fmt: skip
    front: dict[str, Any] = {}
    for word in said:
        match = re.fullmatch(_ASSIGNMENT, word, re.DOTALL)
        if match is None:
            raise UsageProblem("kb.not_assignment", value=one_line(word, 60), known=", ".join(KEYS))
        key, sign, text = match[1], match[2] or "", match[3]
        key = naming.nearest("key", key, dict.fromkeys(KEYS, ()))
        if key in _LISTS:
            values = _values(settings, key, text)
            held[key] = _combined(held[key], sign, values)
            front[key] = held[key] or None
        elif sign:
            raise UsageProblem("kb.not_list", key=key)
        elif not text and key != "title":
            front[key] = None
        else:
            front[key] = _value(settings, key, text, acting)
    return front


def _values(settings: Settings, key: str, text: str) -> list[str]:
    parts = [text] if key in _WHOLE else text.replace("，", ",").split(",")
    values = [part.strip() for part in parts if part.strip()]
    return [category_named(settings, one) for one in values] if key == "category" else values


def _combined(held: list[str], sign: str, values: list[str]) -> list[str]:
    if sign == "-":
        return [one for one in held if one not in values]
    return list(dict.fromkeys((*(held if sign else ()), *values)))


def _value(settings: Settings, key: str, text: str, acting: Acting) -> str:
    if key == "title":
        return _title(text)
    if key in _CHOICES:
        return naming.nearest("key", text, dict.fromkeys(_CHOICES[key], ()))
    if key == "owner":
        return naming.person_named(settings, text, me=acting.by)
    if key == "team":
        return naming.team_named(settings, text) if settings.teams else text
    if key == "review":
        return review_day(text, now=acting.now, settings=settings)
    return text


def category_named(settings: Settings, text: str) -> str:
    """The category that ``text`` names; any goes on a desk that has none."""
    if not settings.categories:
        return text
    known = {one.name: (one.zh, one.en) for one in settings.categories}
    return naming.nearest("category", text, known)


def kind_named(text: str) -> str:
    """The kind of article that ``text`` names."""
    return naming.nearest("key", text, dict.fromkeys(KINDS, ()))
