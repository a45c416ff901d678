"""How good a search is, on questions whose right articles are known."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tkt.named import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

FIRST, FEW = 1, 5


class Asked(NamedTuple):
    """A question, the articles any of which answers it, which part it is of, and what was found."""

    line: int
    question: str
    right: tuple[str, ...]
    part: str | None
    found: Sequence[tuple[str, float]]

    @property
    def rank(self) -> int | None:
        """At which place the first right article was found, from 1; None if it was not."""
        places = (i for i, (slug, _) in enumerate(self.found, 1) if slug in self.right)
        return next(places, None)


class Figures(NamedTuple):
    """Of so many questions the shares answered first, and among the first five; and MRR."""

    part: str | None
    total: int
    hit1: float
    hit5: float
    mrr: float

    def data(self) -> dict[str, Any]:
        """As JSON shows it."""
        return {"part": self.part, "total": self.total, "hit@1": round(self.hit1, 4),
                "hit@5": round(self.hit5, 4), "mrr": round(self.mrr, 4)}  # fmt: skip


class Judged(NamedTuple):
    """What came of a labelled set; ``misses`` are those whose first article is not right."""

    whole: Figures
    parts: tuple[Figures, ...]
    misses: tuple[Asked, ...]


def judge(asked: Iterable[Asked]) -> Judged:
    """The figures of all questions, and of each part where parts are named."""
    every = list(asked)
    parts = sorted({one.part for one in every if one.part})
    return Judged(
        _figures(None, every),
        tuple(_figures(part, [one for one in every if one.part == part]) for part in parts),
        tuple(one for one in every if one.rank != FIRST),
    )


def _figures(part: str | None, asked: Sequence[Asked]) -> Figures:
    ranks = [one.rank for one in asked]
    total = len(ranks)
    first = sum(rank == FIRST for rank in ranks)
    few = sum(rank is not None and rank <= FEW for rank in ranks)
    mean = sum(1 / rank for rank in ranks if rank)
    if not total:
        return Figures(part, 0, 0.0, 0.0, 0.0)
    return Figures(part, total, first / total, few / total, mean / total)
