"""The text of an article as a customer reads it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from tkt.domain.kb import plain as markdown
from tkt.domain.plaintext import safe

if TYPE_CHECKING:
    from tkt.domain.kb.article import Article

_NEARBY = r"\[([^\]\n]+)\]\((?!\w+:)[^)\n]*\)"
"""A link to another article, or to a place in one, leads customers nowhere."""


def plain(article: Article) -> str:
    """The text of an article without its marks; HTML in it is text like any other."""
    return markdown.plain(re.sub(_NEARBY, r"\1", safe(article.body, newlines=True))).strip()
