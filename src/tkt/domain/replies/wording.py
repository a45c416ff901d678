"""Whether a canned reply has the words that somebody looks for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tkt.domain.kb.wording import fold

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tkt.domain.kb.article import Article


def has_all(reply: Article, wanted: Iterable[Iterable[str]]) -> bool:
    """Whether it has every word, each in one of the folded ways to say it."""
    said = (reply.name, *reply.shortcuts, reply.title, *reply.questions, reply.body)
    folded = fold("\n".join(said))
    return all(any(way in folded for way in ways) for ways in wanted)
