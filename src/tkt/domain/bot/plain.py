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
_SEE_ALSO = rf"\n\s*\n[^\n\[\]]{{0,20}}[:：]\s*(?:{_NEARBY}[\s、,，;；。.]*)+\Z"
"""A last paragraph of nothing but such links, which is for colleagues."""


def plain(article: Article) -> str:
    """The text of an article without its marks and without what it refers to at its end.

    HTML in it is text like any other.
    """
    said = re.sub(_SEE_ALSO, "", safe(article.body, newlines=True))
    return markdown.plain(re.sub(_NEARBY, r"\1", said)).strip()
