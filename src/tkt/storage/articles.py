"""Articles' files: from bytes to an article, and the rows that the index has of them.

A file is front matter in YAML between two lines of ``---``, then the text in Markdown.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from tkt.domain.kb.article import Article, place_of
from tkt.domain.kb.filing import marks_of
from tkt.domain.kb.front import read_article
from tkt.domain.kb.plain import untargeted
from tkt.domain.kb.wording import indexed
from tkt.errors import BadData
from tkt.named import NamedTuple
from tkt.storage import yaml
from tkt.storage.reading import REGULAR, placed

if TYPE_CHECKING:
    from tkt.storage.index import Index

LIMIT = 1 << 20
"""Bytes that an article may have."""
_LINE = "---"
_JSON = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))

INDEXES = (
    "CREATE INDEX articles_by_slug ON articles (slug, lang)",
    "CREATE INDEX shortcuts_by_num ON shortcuts (num)",
    "CREATE INDEX article_uses_by_num ON article_uses (num)",
)
"""What makes finding one cost the same however many there are."""


class ArticleRows(NamedTuple):
    """What the index holds of one article; None of one that cannot be read."""

    path: str
    blob: str
    article: Article | None


def split(text: str) -> tuple[str, str] | None:
    """(front matter, text) of a file; None if it has none. Lines stand where they stood."""
    lines = text.split("\n")
    if lines[0].rstrip() != _LINE:
        return None
    for i, line in enumerate(lines[1:], 1):
        if line.rstrip() == _LINE:
            return "\n".join(["", *lines[1:i]]), "\n".join(lines[i + 1 :]).strip("\n")
    return None


def examined(
    raw: bytes | None, *, path: str, mode: str = "100644"
) -> tuple[Article | None, list[BadData]]:
    """(the article, or None if there is none to be had; everything wrong with the file)."""
    if place_of(path) is None:
        return None, [BadData("article.misplaced", path=path)]
    if mode not in REGULAR:
        return None, [BadData("ticket.not_file", path=path)]
    if raw is None or len(raw) > LIMIT:
        return None, [BadData("article.too_big", path=path, limit_kib=LIMIT >> 10)]
    try:
        parts = split(yaml.decode(raw, path=path))
        if parts is None:
            return None, [BadData("article.no_front", path=path)]
        data = yaml.load(parts[0], path=path)
    except BadData as fault:
        return None, [fault]
    article, faults = read_article(data, parts[1], path=path)
    return article, placed(faults, parts[0], path)


def rows_from(raw: bytes | None, *, path: str, blob: str, mode: str) -> ArticleRows:
    """The rows of a file."""
    return ArticleRows(path, blob, examined(raw, path=path, mode=mode)[0])


def put(index: Index, rows: ArticleRows) -> None:
    """Write one article's rows, replacing what stood there."""
    drop(index, rows.path)
    run, article = index.db.execute, rows.article
    if article is None:
        return
    num = run(
        "INSERT INTO articles (path, blob, slug, kind, lang, status, audience, doc)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        (rows.path, rows.blob, article.slug, article.kind, article.lang or "", article.status,
         article.audience, _JSON.encode(article.doc())),
    ).lastrowid  # fmt: skip
    run(
        "INSERT INTO article_words (rowid, title, questions, body, filed) VALUES (?, ?, ?, ?, ?)",
        (num, *searchable(article)),
    )
    for shortcut in (article.name, *article.shortcuts):
        run("INSERT OR IGNORE INTO shortcuts VALUES (?, ?)", (shortcut.casefold(), num))


def drop(index: Index, path: str) -> None:
    """Forget the article in a file."""
    run = index.db.execute
    row = run("SELECT num, doc FROM articles WHERE path = ?", (path,)).fetchone()
    if row is None:
        return
    num, doc = row
    # A contentless full-text table forgets a row only when told what stood in it.
    run(
        "INSERT INTO article_words (article_words, rowid, title, questions, body, filed)"
        " VALUES ('delete', ?, ?, ?, ?, ?)",
        (num, *searchable(Article.of(json.loads(doc)))),
    )
    run("DELETE FROM shortcuts WHERE num = ?", (num,))
    run("DELETE FROM articles WHERE num = ?", (num,))


def searchable(article: Article) -> tuple[str, str, str, str]:
    """What full-text search looks through, column by column; the last is what it filters by."""
    asked = "\n".join((*article.questions, *article.products))
    told = (indexed(article.title), indexed(asked), indexed(untargeted(article.body)))
    return (*told, " ".join(marks_of(article)))
