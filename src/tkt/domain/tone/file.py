"""tone.yaml: what it may say, and reading it into what a text is held against."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from tkt.domain.classify import negating
from tkt.domain.classify.file import WORDS, Pattern
from tkt.domain.classify.folding import fold, is_wordlike
from tkt.domain.classify.patterns import marks_of
from tkt.domain.shape import Fault
from tkt.domain.spec.kind import unknown
from tkt.domain.spec.nested import LABEL, Key, ListOf, Record, labels, taken
from tkt.domain.spec.simple import Choice, Flag, Name, Number, Texts

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from tkt.domain.settings import Settings

KINDS = (
    "forbidden", "platform", "advertising", "cold", "blaming", "greeting", "apology", "short",
    "shouting",
)  # fmt: skip
"""What a rule is about."""
LEVELS = ("warn", "block")
"""What follows: it is said, or the text is not sent."""
_LOOKING = ("words", "patterns", "lacks", "shorter")
"""What a rule may look for: of these it has at least one."""
RULE = Record("tone_rule", {
    "id": Key(Name(), needed=True),
    "label": LABEL,
    "kind": Key(Choice(*KINDS), needed=True),
    "level": Choice(*LEVELS),
    "words": WORDS,
    "patterns": ListOf(Pattern(), lone=True),
    "lacks": WORDS,
    "shorter": Number(1, 1000),
    "except": WORDS,
    "unless": WORDS,
    "negated": Flag(),
    "quoted": Flag(),
    "first": Flag(),
    "categories": Texts(named=True),
    "severity": Number(1, 5),
    "channels": Texts(named=True),
    "suggest": Key(LABEL, needed=True),
})  # fmt: skip
TONE = Record("tone", {"negations": WORDS, "rules": ListOf(RULE)})
"""What tone.yaml may say."""


def read_tone(data: Any) -> tuple[str, list[Fault]]:
    """(its sound rules as the index keeps them, empty without any; everything wrong with it)."""
    found, faults = taken(TONE, data)
    rules = found.get("rules", [])
    faults += _faults_among(rules)
    sound = [rule for rule in rules if any(key in rule for key in _LOOKING)]
    if not sound:
        return "", faults
    said = {
        "negations": negating.folded(found.get("negations", negating.NEGATIONS)),
        "rules": list(map(_ready, sound)),
    }
    return json.dumps(said, ensure_ascii=False, separators=(",", ":")), faults


def crossed(tone: str, desk: Settings) -> list[Fault]:
    """Categories that rules name and the desk does not have."""
    known = [one.name for one in desk.categories]
    rules = json.loads(tone)["rules"] if tone and known else []
    return [
        unknown(("rules", number, "categories"), "tone.no_category", name, known)
        for number, rule in enumerate(rules)
        for name in rule.get("categories", ())
        if name not in known
    ]


def _faults_among(rules: Iterable[Mapping[str, Any]]) -> Iterator[Fault]:
    seen: set[str] = set()
    for number, rule in enumerate(rules):
        if not any(key in rule for key in _LOOKING):
            yield Fault(("rules", number), "tone.looks_for_nothing", {"id": rule["id"]})
        if rule["id"] in seen:
            yield Fault(("rules", number, "id"), "tone.twice", {"id": rule["id"]})
        seen.add(rule["id"])


def _ready(rule: Mapping[str, Any]) -> dict[str, Any]:
    """A rule as it is held against folded texts: each word with whether it must stand alone."""
    kept = {key: rule[key] for key in (
        "id", "kind", "shorter", "negated", "quoted", "first", "categories", "severity", "channels",
    ) if key in rule}  # fmt: skip
    for key in ("words", "lacks", "except", "unless"):
        if key in rule:
            kept[key] = [_word(word) for word in map(fold, rule[key])]
    if "patterns" in rule:
        kept["patterns"] = [[source, marks_of(source)] for source in rule["patterns"]]
    return {
        **kept,
        "level": rule.get("level", "warn"),
        "label": labels(rule.get("label"), rule["id"]),
        "suggest": labels(rule["suggest"], rule["id"]),
    }


def _word(word: str) -> tuple[str, int]:
    return word, int(is_wordlike(word[0])) + 2 * int(is_wordlike(word[-1]))
