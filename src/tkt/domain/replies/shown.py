"""A canned reply as somebody looks at it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tkt.named import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tkt.domain.kb.article import Article
    from tkt.errors import Remark


class Shown(NamedTuple):
    """A reply and its text, as it stands or as it is said on ``ticket``.

    ``variables`` is what it needs, ``langs`` are its languages.
    """

    reply: Article
    text: str
    variables: Sequence[str]
    langs: Sequence[str]
    ticket: str | None = None
    remarks: Sequence[Remark] = ()
