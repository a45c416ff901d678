"""Files of articles as commands write them: what did not change stays as a person laid it out."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tkt.storage import yaml
from tkt.storage.articles import examined, split
from tkt.storage.dump import dump
from tkt.storage.rewrite import rewrite

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tkt.domain.kb.article import Article


def text_of(front: Mapping[str, Any], body: str) -> str:
    """The file of a new article."""
    return _joined(dump(front), body)


def changed(
    raw: bytes, *, path: str, front: Mapping[str, Any] = {}, body: str | None = None
) -> bytes:
    """A file with other values in its front matter (None: without the key), or another body.

    BadData if the file cannot be read.
    """
    text = yaml.decode(raw, path=path)
    head, old = split(text) or ("", text)
    head = head.removeprefix("\n")
    if front:
        doc = {**(yaml.load(head, path=path) or {}), **front}
        doc = {key: value for key, value in doc.items() if value is not None}
        head = rewrite(head, doc, path=path)
    return _joined(head, old if body is None else body).encode()


def _joined(head: str, body: str) -> str:
    head = head if not head or head.endswith("\n") else f"{head}\n"
    body = body.strip("\n").rstrip()
    return f"---\n{head}---\n" + (f"\n{body}\n" if body else "")


def checked(raw: bytes, *, path: str) -> Article:
    """The article that a file says; BadData with its place if anything is wrong with it."""
    article, faults = examined(raw, path=path)
    for fault in faults:
        raise fault
    assert article
    return article


def body_starts(raw: bytes, *, path: str) -> int:
    """The line, from 1, on which the text of an article begins."""
    text = yaml.decode(raw, path=path)
    front, _ = split(text) or ("", "")
    lines, end = text.split("\n"), front.count("\n") + 1
    return next((at for at, line in enumerate(lines[end + 1 :], end + 2) if line), end + 2)
