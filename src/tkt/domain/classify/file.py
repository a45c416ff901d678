"""classify.yaml: what it may say of categories, severities and customers' tags, and reading it."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from tkt.domain.classify.category import Category
from tkt.domain.customers.tagging import never_given
from tkt.domain.fields import PRIORITIES
from tkt.domain.spec.nested import LABEL, Key, Keyed, ListOf, Record, taken
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
    "at_most": Number(1, 1_000_000),
    "quiet": Parsed(parse_duration, "config.not_duration", examples=("180d",)),
    "rating": Number(1, 5, whole=False),
    "refunds": Number(1, 1_000_000),
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
    faults += never_given(found.get("tags", {}))
    categories = found.get("categories", {})
    said: dict[str, Any] = {
        "categories": tuple(Category.of(name, one) for name, one in categories.items()),
        "classifier": json.dumps(found, ensure_ascii=False, separators=(",", ":")),
    }
    return said, faults
