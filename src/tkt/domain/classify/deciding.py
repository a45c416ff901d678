"""What a text makes of a ticket: its category, and what follows from it, each with its reason."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tkt.domain.classify.because import FILE, Because, in_matrix
from tkt.domain.classify.folding import fold
from tkt.domain.classify.machines import is_machine_mail
from tkt.domain.fields import PRIORITIES
from tkt.named import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from tkt.domain.classify.category import Category
    from tkt.domain.classify.matching import Classifier, Found, Hit

DECIDED = ("category", "workflow", "team", "priority", "severity")
"""The fields that a classification may set."""
_RANK = {name: rank for rank, name in enumerate(PRIORITIES)}


class Facts(NamedTuple):
    """What else is known of a ticket: its tags, its order's value, what a person said of it."""

    tags: tuple[str, ...] = ()
    value: float | None = None
    impact: str | None = None
    urgency: str | None = None


class Decision(NamedTuple):
    """What was decided; ``by`` is how: words, machine (mail of one), inbox, or said (by a person).

    ``found`` is all that the text says, ``words`` what rules for severity went by.
    """

    category: str | None
    by: str
    found: Found
    workflow: str | None = None
    team: str | None = None
    severity: Because | None = None
    priority: Because | None = None
    words: tuple[Hit, ...] = ()

    @property
    def score(self) -> float:
        """What the words for the category come to."""
        return next((r.score for r in self.found.ranked if r.category == self.category), 0)

    @property
    def hits(self) -> tuple[Hit, ...]:
        """The words for the category."""
        return next((r.hits for r in self.found.ranked if r.category == self.category), ())

    @property
    def rule(self) -> str:
        """Where it stands in classify.yaml that a ticket is of this category."""
        if self.by == "inbox":
            return f"{FILE}#inbox"
        return f"{FILE}#categories.{self.category}" if self.category else FILE

    @property
    def fields(self) -> dict[str, Any]:
        """The fields that follow."""
        told = {
            "category": self.category,
            "workflow": self.workflow,
            "team": self.team,
            "priority": self.priority and self.priority.value,
            "severity": self.severity and self.severity.value,
        }
        return {name: value for name, value in told.items() if value is not None}


def decide(
    classifier: Classifier,
    categories: Mapping[str, Category],
    text: str,
    facts: Facts,
    *,
    said: str | None = None,
) -> Decision:
    """What a text makes of a ticket; ``said`` is the category where a person named one."""
    folded = fold(text)
    found = classifier.find_in(folded)
    category, by = _category(classifier, found, folded, said)
    known = categories.get(category or "")
    rules = list(_fitting(classifier, found, category, facts))
    severities = [Because(rule["level"], f"{FILE}#severity.{n}") for n, rule in rules]
    priorities = [
        Because(rule["priority"], f"{FILE}#severity.{n}") for n, rule in rules if "priority" in rule
    ]
    if known is not None:
        place = f"{FILE}#categories.{known.name}"
        severities += [Because(known.severity, place)] if known.severity else []
        priorities += [Because(known.priority, place)] if known.priority else []
    priorities += _weighed(classifier, rules, facts)
    numbers = {n - 1 for n, _ in rules}
    return Decision(
        category,
        by,
        found,
        known.workflow if known else None,
        known.team if known else None,
        min(severities, key=lambda one: one.value, default=None),
        max(priorities, key=lambda one: _RANK[one.value], default=None),
        tuple(hit for hit in found.severe if hit.owner in numbers),
    )


def _category(
    classifier: Classifier, found: Found, folded: str, said: str | None
) -> tuple[str | None, str]:
    """(the category, how it was found): a machine's mail goes to the first one for such."""
    if said is not None:
        return said, "said"
    if classifier.spam and is_machine_mail(folded):
        named = [one.category for one in found.ranked if one.category in classifier.spam]
        return (named or classifier.spam)[0], "machine"
    if found.ranked:
        return found.ranked[0].category, "words"
    return classifier.inbox, "inbox"


def _fitting(
    classifier: Classifier, found: Found, category: str | None, facts: Facts
) -> Iterator[tuple[int, Mapping[str, Any]]]:
    """The rules for severity that fit, by their numbers from 1."""
    worded = {hit.owner for hit in found.severe}
    for number, rule in enumerate(classifier.data["severity"]):
        asked = (
            (number in worded) if rule.get("words") else None,
            (category in rule["categories"]) if rule.get("categories") else None,
            (not set(rule["tags"]).isdisjoint(facts.tags)) if rule.get("tags") else None,
            (facts.value is not None and facts.value > rule["above"]) if "above" in rule else None,
        )
        if any(answer is not None for answer in asked) and False not in asked:
            yield number + 1, rule


def _weighed(
    classifier: Classifier, rules: list[tuple[int, Mapping[str, Any]]], facts: Facts
) -> list[Because]:
    """The matrix's priority: impact and urgency as said, else those of the most severe rule."""
    by_level = [rule for _, rule in sorted(rules, key=lambda one: one[1]["level"])]
    impact = facts.impact or next((r["impact"] for r in by_level if "impact" in r), None)
    urgency = facts.urgency or next((r["urgency"] for r in by_level if "urgency" in r), None)
    found = in_matrix(classifier.data["matrix"], impact, urgency)
    return [found] if found else []


def told(decision: Decision, shown: str | None = None) -> dict[str, Any]:
    """The decision as an event carries it.

    ``shown`` is the folded text as it is recorded, where that is not all of it: a word that is not
    there is part of something personal, and is not repeated.
    """
    because: dict[str, Any] = {}
    if decision.by != "said":
        because = {"category": decision.category, "by": decision.by, "rule": decision.rule}
        if decision.hits:
            because["score"] = decision.score
            because["words"] = _shown_of(decision.hits, shown)
    if decision.severity:
        because["severity"] = decision.severity._asdict()
        if decision.words:
            because["severity"]["words"] = _shown_of(decision.words, shown)
    if decision.priority:
        because["priority"] = decision.priority._asdict()
    return because


def _shown_of(hits: tuple[Hit, ...], shown: str | None) -> list[str]:
    return [word for word in words_of(hits) if shown is None or word in shown]


def words_of(hits: tuple[Hit, ...]) -> list[str]:
    """Words as the text has them, each once."""
    return list(dict.fromkeys(hit.found for hit in hits))
