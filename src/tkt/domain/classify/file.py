"""classify.yaml: what it may say of categories, severities and customers' tags, and reading it."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from tkt.domain.classify.category import Category
from tkt.domain.classify.compiling import ready
from tkt.domain.classify.folding import fold
from tkt.domain.classify.patterns import fault_of
from tkt.domain.classify.sense import crossed_inside
from tkt.domain.customers.tagging import never_given
from tkt.domain.fields import PRIORITIES
from tkt.domain.spec.kind import bad, short
from tkt.domain.spec.nested import LABEL, Either, Key, Keyed, ListOf, Record, labels, taken
from tkt.domain.spec.simple import Choice, Flag, Name, Number, Parsed, Text, Texts
from tkt.domain.when import parse_duration

if TYPE_CHECKING:
    from tkt.domain.shape import Fault
    from tkt.domain.spec.kind import Faults, Where


def _word(text: str) -> None:
    if not fold(text).strip():
        raise ValueError(text)


WORD = Parsed(_word, "classify.empty_word", examples=("质量问题", "refund"))
"""A word to look for; blanks and signs alone are none."""
WORDS = ListOf(WORD, lone=True)
WEIGHT = Number(0.1, 100, whole=False)


class Pattern(Text):
    """A regular expression that no text can keep busy."""

    def take(self, value: Any, where: Where, faults: Faults) -> Any:
        """As it stands."""
        if not isinstance(value, str) or not value:
            return super().take(value, where, faults)
        if (fault := fault_of(value)) is None:
            return value
        key, params = fault
        return bad(faults, where, key, pattern=short(value), **params)


KEYWORDS = ListOf(
    Either(WORD, Record("keyword", {"any": Key(WORDS, needed=True), "weight": WEIGHT})), lone=True
)
PATTERNS = ListOf(
    Either(Pattern(), Record("pattern", {"re": Key(Pattern(), needed=True), "weight": WEIGHT})),
    lone=True,
)
CATEGORY = Record("category", {
    "label": LABEL,
    "description": Text(),
    "keywords": KEYWORDS,
    "patterns": PATTERNS,
    "exclude": WORDS,
    "priority": Choice(*PRIORITIES),
    "severity": Number(1, 5),
    "workflow": Name(),
    "team": Name(),
    "skills": Keyed(Number(1, 5)),
    "spam": Flag(),
})  # fmt: skip
SEVERITY = Record("severity", {
    "level": Key(Number(1, 5), needed=True),
    "label": LABEL,
    "keywords": KEYWORDS,
    "categories": Texts(named=True),
    "tags": Texts(named=True),
    "above": Number(0, 1_000_000_000, whole=False),
    "impact": Name(),
    "urgency": Name(),
    "priority": Choice(*PRIORITIES),
})  # fmt: skip
TAG = Record("tag", {
    "label": LABEL,
    "spent": Number(0, 1_000_000_000, whole=False),
    "orders": Number(1, 1_000_000),
    "at_most": Number(1, 1_000_000),
    "quiet": Parsed(parse_duration, "config.not_duration", examples=("180d",)),
    "rating": Number(1, 5, whole=False),
    "refunds": Number(1, 1_000_000),
    "within": Parsed(parse_duration, "config.not_duration", examples=("365d", "90d")),
    "priority": Choice(*PRIORITIES),
})  # fmt: skip
CLASSIFY = Record("classify", {
    "inbox": Name(),
    "synonyms": ListOf(ListOf(WORD)),
    "negations": WORDS,
    "categories": Keyed(CATEGORY),
    "severity": ListOf(SEVERITY),
    "matrix": Keyed(Keyed(Choice(*PRIORITIES))),
    "tags": Keyed(TAG),
})  # fmt: skip
"""What classify.yaml may say."""


def read_classify(data: Any) -> tuple[dict[str, Any], list[Fault]]:
    """What classify.yaml says, as keyword arguments of :class:`~tkt.domain.settings.Settings`."""
    found, faults = taken(CLASSIFY, data)
    if not found:
        return {}, faults
    faults += crossed_inside(found, data)
    faults += never_given(found.get("tags", {}))
    categories = found.get("categories", {})
    told = {key: said for key, said in found.items() if key in ("tags", "matrix")}
    said: dict[str, Any] = {
        "categories": tuple(_category(name, one) for name, one in categories.items()),
        "classifier": json.dumps(
            {**told, "ready": ready(found)}, ensure_ascii=False, separators=(",", ":")
        ),
    }
    return said, faults


def _category(name: str, said: dict[str, Any]) -> Category:
    zh, en = labels(said.get("label"), name)
    names = ("workflow", "team", "priority", "severity", "skills", "spam")
    rest = {key: said[key] for key in names if key in said}
    return Category(name, zh, en, **rest)
