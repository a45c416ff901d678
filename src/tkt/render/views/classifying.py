"""What classifying finds, and how often it is right, as cards and tables."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tkt.domain.classify.deciding import told, words_of
from tkt.domain.table import Card, Column, Section, Table
from tkt.named import NamedTuple
from tkt.render.views.tickets import category_label, worded
from tkt.texts import say

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from tkt.domain.classify.deciding import Decision
    from tkt.domain.classify.judging import Judged
    from tkt.domain.classify.matching import Hit
    from tkt.domain.classify.suggested import Learnt
    from tkt.domain.settings import Settings

_HITS = (
    Column("category", "name"), Column("score", "number"), Column("words", "list"),
)  # fmt: skip
_RULES = (
    Column("category", "name"), Column("keyword"), Column("found"), Column("weight", "number"),
    Column("rule"),
)  # fmt: skip
_LINES = (
    Column("category", "name"), Column("total", "number"), Column("found", "number"),
    Column("right", "number"), Column("precision", "number"), Column("recall", "number"),
)  # fmt: skip
_CONFUSIONS = (Column("expected", "name"), Column("found", "name"), Column("total", "number"))
_MISSES = (
    Column("line", "number"), Column("expected", "name"), Column("found", "name"),
    Column("score", "number"), Column("words", "list"), Column("text"),
)  # fmt: skip
_WORDS = (
    Column("category", "name"), Column("word"), Column("gain", "number"),
    Column("right", "number"), Column("wrong", "number"), Column("seen", "number", 1),
)  # fmt: skip


class Telling(NamedTuple):
    """How it is told: for people or with names as in files, with every rule and word or not."""

    settings: Settings
    for_people: bool
    explained: bool = False

    def category(self, name: str | None) -> str | None:
        """A category as it is called."""
        if not self.for_people or name is None:
            return name
        return category_label(self.settings, name)


def card(decision: Decision, telling: Telling, *, ticket: str | None = None) -> Card:
    """What was decided, and by which words."""
    settings = telling.settings
    fields: dict[str, Any] = {"category": telling.category(decision.category)}
    for name, value in decision.fields.items():
        if name != "category":
            fields[name] = (
                worded(name, value, decision.fields, settings) if telling.for_people else value
            )
    fields["why"] = why(decision)
    ranked = Table(_HITS, list(_ranked(decision, telling)))
    sections = [Section(_heading("ranked", telling), ranked)]
    if telling.explained:
        rows = list(_explained(decision, telling))
        sections.append(Section(_heading("rules", telling), Table(_RULES, rows)))
    title = ticket or ""
    return Card(title, fields, tuple(sections), document(decision, ticket))


def why(decision: Decision) -> str:
    """How the category was found, in a few words."""
    if decision.hits and decision.by == "words":
        words = ", ".join(words_of(decision.hits))
        return say("classify.by.words", words=words, score=f"{decision.score:g}")
    return say(f"classify.by.{decision.by}")


def _heading(name: str, telling: Telling) -> str:
    return say(f"classify.heading.{name}") if telling.for_people else name


def _ranked(decision: Decision, telling: Telling) -> Iterator[dict[str, Any]]:
    for one in decision.found.ranked:
        yield {
            "category": telling.category(one.category),
            "score": one.score,
            "words": words_of(one.hits),
        }


def _explained(decision: Decision, telling: Telling) -> Iterator[dict[str, Any]]:
    """Every word that stands in the text, and what came of it."""
    for one in decision.found.ranked:
        for hit in one.hits:
            yield {**_row(hit), "category": telling.category(one.category),
                   "rule": f"classify.yaml#categories.{one.category}"}  # fmt: skip
    for hit in decision.found.denied:
        yield {
            **_row(hit),
            "weight": 0,
            "rule": say("classify.denied") if telling.for_people else "denied",
        }
    once = {(hit.owner, hit.said): hit for hit in reversed(decision.words)}
    for hit in reversed(once.values()):
        yield {**_row(hit), "rule": f"classify.yaml#severity.{hit.owner + 1}"}


def _row(hit: Hit) -> dict[str, Any]:
    return {"keyword": hit.said, "found": hit.found, "weight": hit.weight}


def document(decision: Decision, ticket: str | None) -> dict[str, Any]:
    """Everything, with names as in files."""
    return {
        "ticket": ticket,
        **{name: decision.fields.get(name) for name in
           ("category", "workflow", "team", "priority", "severity")},
        "by": decision.by,
        "score": decision.score,
        "rule": decision.rule,
        "because": told(decision),
        "ranked": [
            {"category": one.category, "score": one.score,
             "words": [{**_row(hit), "start": hit.start, "end": hit.end} for hit in one.hits]}
            for one in decision.found.ranked
        ],
        "denied": [_row(hit) for hit in decision.found.denied],
    }  # fmt: skip


def judged(found: Judged, telling: Telling, more: Mapping[str, Any]) -> Card:
    """How often a labelled set is classified rightly; ``more`` is what else JSON tells."""
    accuracy = _share(found.accuracy, telling)
    fields = {"total": found.total, "right": found.right, "accuracy": accuracy}
    lines = [
        {**line._asdict(), "category": telling.category(line.category),
         "precision": _share(line.precision, telling), "recall": _share(line.recall, telling)}
        for line in found.lines
    ]  # fmt: skip
    wrong = [{**one._asdict(), **_pair(one.expected, one.found, telling)}
             for one in found.confusions]  # fmt: skip
    misses = [{**one._asdict(), **_pair(one.expected, one.found, telling)}
              for one in found.misses]  # fmt: skip
    tables: Sequence[tuple[str, tuple[Column, ...], list[dict[str, Any]]]] = (
        ("lines", _LINES, lines), ("confusions", _CONFUSIONS, wrong), ("misses", _MISSES, misses),
    )  # fmt: skip
    sections = tuple(
        Section(_heading(name, telling), Table(columns, rows))
        for name, columns, rows in tables
        if rows
    )
    data: dict[str, Any] = {
        "total": found.total,
        "right": found.right,
        "accuracy": found.accuracy,
        "categories": [line._asdict() for line in found.lines],
        "confusions": [one._asdict() for one in found.confusions],
        "misses": [one._asdict() for one in found.misses],
        **more,
    }
    return Card("", fields, sections, data)


def _pair(expected: str, found: str | None, telling: Telling) -> dict[str, Any]:
    return {"expected": telling.category(expected), "found": telling.category(found) or "–"}


def _share(value: float | None, telling: Telling) -> str | float | None:
    if value is None:
        return "–" if telling.for_people else None
    return f"{value:.1%}" if telling.for_people else round(value, 4)


def suggestions(learnt: Learnt, telling: Telling) -> Table:
    """Words that would put held-out tickets right."""
    rows = [
        {**one._asdict(), "category": telling.category(one.category), "share": round(one.share, 3)}
        for one in learnt.suggestions
    ]
    note = say("classify.learnt", learnt=learnt.learnt_from, held=learnt.held_out,
               right=learnt.right)  # fmt: skip
    return Table(_WORDS, rows, notes=(note,))
