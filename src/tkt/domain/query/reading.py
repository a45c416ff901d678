"""A query out of the text that spells it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tkt.domain.query.bind import bind
from tkt.domain.query.parser import parse

if TYPE_CHECKING:
    from datetime import datetime, tzinfo

    from tkt.domain.query.tree import Query
    from tkt.domain.query.vocabulary import Vocabulary


def read(text: str, *, vocabulary: Vocabulary, now: datetime, tz: tzinfo, me: str | None) -> Query:
    """The bound query that ``text`` spells; UsageProblem with ``column`` and ``text`` if none."""
    query = parse(text, fields=vocabulary.field_names(), flags=vocabulary.flag_names())
    return bind(query, vocabulary=vocabulary, now=now, tz=tz, me=me)
