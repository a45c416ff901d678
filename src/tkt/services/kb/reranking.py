"""Hits in another order: the one place where a model may have a say in what is found.

A plug-in is an entry point of the group ``tkt.rerankers``: something to call with the path or the
name of a model (None where tkt.yaml names none), which gives something to call with a question and
texts, which gives a score for each, more being better. Only the order changes: scores, and what is
found at all, stay what they were, and an article that is asked for by its very title stays first.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tkt.domain.kb.scoring import EXACT
from tkt.errors import Refused, TktError

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from tkt.services.kb.searching import Hit

    Scorer = Callable[[str, Sequence[str]], Sequence[float]]
    Reranker = Callable[[str, list[Hit]], list[Hit]]

GROUP = "tkt.rerankers"
EMBEDDING = "embedding"
"""The plug-in that is built in."""
_FEW = 20
"""So many hits, the best, are ordered anew."""
_BODY = 500
"""So many characters of a body stand for it."""


def named(name: str, *, model: str | None) -> Reranker:
    """The plug-in called ``name``; Refused, with what to install, if there is none to be had."""
    try:
        scorer = _made(name, model)
    except TktError:
        raise
    except Exception as error:
        raise Refused("kb.reranker_failed", name=name, message=_said(error)) from error

    def rerank(question: str, hits: list[Hit]) -> list[Hit]:
        exact = [hit for hit in hits if hit.score >= EXACT]
        some, rest = hits[len(exact) : _FEW], hits[max(_FEW, len(exact)) :]
        if len(some) < 2:
            return hits
        try:
            scores = scorer(question, [_text(hit) for hit in some])
            order = sorted(range(len(some)), key=lambda at: (-scores[at], at))
        except Exception as error:
            raise Refused("kb.reranker_failed", name=name, message=_said(error)) from error
        return [*exact, *(some[at] for at in order), *rest]

    return rerank


def _made(name: str, model: str | None) -> Scorer:
    from importlib.metadata import entry_points

    found = entry_points(group=GROUP, name=name)
    if found:
        make: Callable[[str | None], Scorer] = next(iter(found)).load()
        return make(model)
    if name == EMBEDDING:
        return embedding(model)
    known = sorted({EMBEDDING, *entry_points(group=GROUP).names})
    raise Refused("kb.no_reranker", name=name, known=", ".join(known))


def embedding(model: str | None) -> Scorer:
    """A small sentence-embedding model on this machine, by fastembed; nothing is downloaded."""
    try:
        from fastembed import TextEmbedding
    except ImportError as error:
        raise Refused("kb.no_extra", name=EMBEDDING) from error
    if model is None:
        raise Refused("kb.no_model", name=EMBEDDING)
    made: Any = TextEmbedding(
        _MODEL, specific_model_path=model, local_files_only=True, lazy_load=True
    )

    def score(question: str, texts: Sequence[str]) -> list[float]:
        asked, *others = made.embed([question, *texts])
        return [float(_cosine(asked, other)) for other in others]

    return score


_MODEL = "BAAI/bge-small-zh-v1.5"
"""Whose shape the model at the path has: small, and made for Chinese."""


def _cosine(one: Any, other: Any) -> float:
    length = (float(one @ one) * float(other @ other)) ** 0.5
    return float(one @ other) / length if length else 0.0


def _text(hit: Hit) -> str:
    article = hit.article
    return "\n".join((article.title, *article.questions, article.body[:_BODY]))


def _said(error: Exception) -> str:
    return f"{type(error).__name__}: {error}"
