"""The text of an article as a customer reads it: Markdown's signs taken out, all else as it is."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from tkt.domain.plaintext import safe

if TYPE_CHECKING:
    from tkt.domain.kb.article import Article

_MARKS = (
    (r"(?m)^#{1,6} +", ""),
    (r"(?m)^> ?", ""),
    (r"(?m)^( *)[*+-] +", r"\1· "),
    (r"\*\*(\S(?:[^*\n]*\S)?)\*\*", r"\1"),
    (r"!?\[([^\]\n]*)\]\((\w+://\S+?)\)", r"\1 \2"),
    (r"!?\[([^\]\n]*)\]\([^)\s]*\)", r"\1"),
    (r"`([^`\n]+)`", r"\1"),
    (r"\n{3,}", "\n\n"),
)  # fmt: skip
"""Signs that a chat would show as signs. A link to another article leads customers nowhere."""


def plain(article: Article) -> str:
    """The text of an article; markup in it is text like any other."""
    text = safe(article.body, newlines=True)
    for sign, instead in _MARKS:
        text = re.sub(sign, instead, text)
    return text.strip()
