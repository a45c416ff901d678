"""Articles' files as commands find them and leave them, a commit for each action."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tkt.domain.change import shown, worded
from tkt.domain.kb.article import Article
from tkt.errors import Refused
from tkt.services.kb.finding import find
from tkt.storage.article_files import checked
from tkt.storage.reading import LIMIT

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from tkt.services.acting import Acting
    from tkt.storage.desk import Desk
    from tkt.storage.transaction import Saved, Transaction

    Made = tuple[Article, Saved | None]
    """An article as it is now, and what was recorded; None if there was nothing to record."""


def committed(desk: Desk, article: Article) -> bytes:
    """The file of an article as it is in the commit."""
    sql = "SELECT blob FROM articles WHERE path = ?"
    ((blob,),) = desk.index.select(sql, (article.path,))
    return next(desk.git.blobs([blob], LIMIT)) or b""


def check_unedited(desk: Desk, path: str, raw: bytes | None) -> None:
    """Refused where the file in the work tree has edits that nobody has recorded."""
    if desk.tree.leaves_out(path):
        return
    if desk.tree.read(path) not in (raw, None):
        raise Refused("kb.edited", path=path)


def save(
    desk: Desk,
    reference: str,
    make: Callable[[Article, bytes], bytes],
    *,
    action: str,
    acting: Acting,
    lang: str | None = None,
    reason: str | None = None,
) -> Made:
    """Record what ``make`` makes of the file of the article that is meant."""

    def decide(run: Transaction) -> Made:
        article = find(desk, reference, lang=lang)
        raw = run.files.get(article.path) or committed(desk, article)
        check_unedited(desk, article.path, raw)
        made = make(article, raw)
        after = checked(made, path=article.path)
        if made == raw:
            return after, None
        message = _message(action, after, acting, reason, _differences(article, after))
        saved = run.save_files({article.path: made}, message, person=acting.person, now=acting.now)
        return after, saved

    return desk.write(decide, acting.grouping("kb"))


def add(desk: Desk, path: str, text: str, *, acting: Acting, tail: Mapping[str, str] = {}) -> Made:
    """Record a new article; Refused if its file is there already."""

    def decide(run: Transaction) -> Made:
        raw = text.encode()
        article = checked(raw, path=path)
        sql = "SELECT 1 FROM articles WHERE path = ?"
        if desk.tree.read(path) is not None or next(desk.index.select(sql, (path,)), None):
            raise Refused("kb.exists", path=path, slug=article.slug)
        message = _message("new", article, acting, None, [], tail)
        return article, run.save_files({path: raw}, message, person=acting.person, now=acting.now)

    return desk.write(decide, acting.grouping("kb"))


def _message(
    action: str,
    article: Article,
    acting: Acting,
    reason: str | None,
    lines: list[str],
    more: Mapping[str, str] = {},
) -> str:
    trailers = (
        ("Article", article.slug),
        *more.items(),
        ("Action", f"kb-{action}"),
        ("Actor", acting.by),
    )
    subject = f"kb {action} {article.slug} {article.title}"
    return worded(subject, trailers, lines=lines, reason=reason)


def _differences(before: Article, after: Article) -> list[str]:
    """What has changed of an article, a line each."""
    found = [
        f"- {name}: {shown(_plain(old))} → {shown(_plain(new))}"
        for name, old, new in zip(Article._fields, before, after, strict=True)
        if old != new and name not in ("body", "path", "slug", "quiz")
    ]
    if before.body != after.body:
        found.append(f"- body: {len(before.body)} → {len(after.body)} characters")
    return found


def _plain(value: object) -> object:
    return list(value) if isinstance(value, tuple) else value
