"""How good the search is: a file of questions with the articles that answer them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tkt.domain.kb.judging import Asked, Judged, judge
from tkt.errors import BadData
from tkt.named import NamedTuple
from tkt.services.kb.searching import Searcher

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tkt.services.kb.searching import Filters
    from tkt.services.transfer.importing import Records
    from tkt.storage.desk import Desk
    from tkt.storage.tables import Record

_QUESTION = ("question", "问题", "问法", "text")
_ARTICLE = ("article", "文章", "slug")
_PART = ("part", "部分")
_DEPTH = 20
"""So many places are looked at: what comes after is as good as missing."""


class Labelled(NamedTuple):
    """One row of a labelled set."""

    line: int
    question: str
    right: tuple[str, ...]
    part: str | None


class Evaluated(NamedTuple):
    """What came of a labelled set, and the rows that could not be used."""

    judged: Judged
    faults: list[BadData]


def labelled(desk: Desk, records: Records, faults: list[BadData]) -> Iterator[Labelled]:
    """The rows of a labelled set; those that cannot be used become ``faults``."""
    known = {slug for (slug,) in desk.index.select("SELECT DISTINCT slug FROM articles")}
    for record in records.records(records.start):
        try:
            yield _read(record, known, records.source.name)
        except BadData as fault:
            faults.append(fault)


def evaluate(desk: Desk, records: Records, filters: Filters) -> Evaluated:
    """Search for every question, and see at which place its article is."""
    searcher = Searcher(desk)
    faults: list[BadData] = []

    def asked() -> Iterator[Asked]:
        for row in labelled(desk, records, faults):
            hits = searcher.search(row.question, filters, limit=_DEPTH)
            found = [(hit.article.slug, hit.score) for hit in hits]
            yield Asked(row.line, row.question, row.right, row.part, found)

    return Evaluated(judge(asked()), faults)


def _read(record: Record, known: set[str], path: str) -> Labelled:
    """A row; BadData with its place if it does not say both, or names no article there is."""
    if record.data is None:
        assert record.fault
        raise record.fault
    question, article, part = (
        next((record.data[key] for key in keys if record.data.get(key)), None)
        for keys in (_QUESTION, _ARTICLE, _PART)
    )
    if not isinstance(question, str) or not isinstance(article, str):
        raise BadData("kb.not_labelled", path=path, line=record.line)
    right = tuple(slug.strip().removesuffix(".md") for slug in article.split("|") if slug.strip())
    for slug in right:
        if slug not in known:
            raise BadData("kb.label_unknown", path=path, line=record.line, slug=slug[:60])
    return Labelled(record.line, question, right, str(part) if part else None)
