"""classify.yaml: what it may say of categories, severities and customers' tags, and reading it."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from tkt.domain.classify.category import Category
from tkt.domain.fields import PRIORITIES
from tkt.domain.spec.nested import LABEL, Key, Keyed, ListOf, Record, labels, taken
from tkt.domain.spec.simple import Choice, Name, Number, Parsed, Text, Texts
from tkt.domain.when import parse_duration

if TYPE_CHECKING:
    from tkt.domain.shape import Fault

CATEGORY = Record("category", {
    "label": LABEL,
    "description": Text(),
    "keywords": Texts(),
    "exclude": Texts(),
    "priority": Choice(*PRIORITIES),
    "severity": Number(1, 5),
    "workflow": Name(),
    "team": Name(),
    "skills": Keyed(Number(1, 5)),
})  # fmt: skip
SEVERITY = Record("severity", {
    "level": Key(Number(1, 5), needed=True),
    "label": LABEL,
    "keywords": Texts(),
    "categories": Texts(named=True),
    "tags": Texts(named=True),
    "priority": Choice(*PRIORITIES),
})  # fmt: skip
TAG = Record("tag", {
    "label": LABEL,
    "spent": Number(0, 1_000_000_000, whole=False),
    "orders": Number(1, 1_000_000),
    "within": Parsed(parse_duration, "config.not_duration", examples=("365d", "90d")),
    "priority": Choice(*PRIORITIES),
})  # fmt: skip
CLASSIFY = Record("classify", {
    "categories": Keyed(CATEGORY),
    "severity": ListOf(SEVERITY),
    "tags": Keyed(TAG),
})  # fmt: skip
"""What classify.yaml may say."""


def read_classify(data: Any) -> tuple[dict[str, Any], list[Fault]]:
    """What classify.yaml says, as keyword arguments of :class:`~tkt.domain.settings.Settings`."""
    found, faults = taken(CLASSIFY, data)
    if not found:
        return {}, faults
    categories = found.get("categories", {})
    said: dict[str, Any] = {
        "categories": tuple(_category(name, one) for name, one in categories.items()),
        "classifier": json.dumps(found, ensure_ascii=False, separators=(",", ":")),
    }
    return said, faults


def _category(name: str, said: dict[str, Any]) -> Category:
    zh, en = labels(said.get("label"), name)
    rest = {key: said[key] for key in ("workflow", "team", "priority", "severity", "skills")
            if key in said}  # fmt: skip
    return Category(name, zh, en, **rest)
