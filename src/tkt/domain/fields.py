"""The fields at the top of a ticket file: their order, their kinds, and what they may hold."""

from __future__ import annotations

import re
from datetime import datetime
from functools import lru_cache
from math import isfinite
from typing import TYPE_CHECKING, Any

from tkt.domain.plaintext import UNSAFE
from tkt.named import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping


class Field(NamedTuple):
    """One field. ``kind`` is line, name, number, list or time; ``settable`` by ``tkt set``."""

    kind: str
    zh: str
    en: str
    settable: bool = True


FIELDS: Mapping[str, Field] = {
    "id": Field("name", "单号", "id", settable=False),
    "title": Field("line", "标题", "title"),
    "status": Field("name", "状态", "status"),
    "workflow": Field("name", "流程", "workflow"),
    "category": Field("name", "类别", "category"),
    "priority": Field("name", "优先级", "priority"),
    "severity": Field("number", "严重程度", "severity"),
    "channel": Field("name", "渠道", "channel"),
    "customer": Field("line", "客户", "customer"),
    "order": Field("line", "订单", "order"),
    "tags": Field("list", "标签", "tags"),
    "team": Field("name", "团队", "team"),
    "assignee": Field("name", "负责人", "assignee"),
    "level": Field("number", "级别", "level"),
    "until": Field("time", "等到", "until", settable=False),
    "promised": Field("time", "承诺", "promised", settable=False),
    "articles": Field("list", "文章", "articles", settable=False),
    "watchers": Field("list", "关注人", "watchers"),
    "muted": Field("list", "免打扰", "muted"),
    "ticked": Field("list", "已勾选", "ticked", settable=False),
    "parent": Field("name", "父单", "parent", settable=False),
    "duplicate_of": Field("name", "重复于", "duplicate_of", settable=False),
    "blocks": Field("list", "阻塞", "blocks", settable=False),
    "relates": Field("list", "相关", "relates", settable=False),
    "split_from": Field("name", "拆自", "split_from", settable=False),
    "merged_into": Field("name", "并入", "merged_into", settable=False),
    "opened": Field("time", "开单时间", "opened", settable=False),
    "external": Field("line", "外部编号", "external"),
    "formerly": Field("list", "曾用单号", "formerly", settable=False),
    "contested": Field("list", "有争议", "contested", settable=False),
    "archived": Field("time", "归档时间", "archived", settable=False),
}
"""The fields that every desk knows, in the order in which they stand in a file."""

DERIVED = (
    "path", "state_category", "sla", "next_due_at", "edited", "updated", "waiting_since", "claim",
    "linked", "transfers", "unassigned_reason", "customer_name", "article_titles",
)  # fmt: skip
"""Keys that tkt adds to a ticket when it shows one; ``contested`` is a field, always shown."""

TIMELINE = "timeline"

RESERVED = frozenset({
    *DERIVED, "state", "broken", TIMELINE, "due", "overdue", "first_reply", "resolved", "closed",
    "messages", "replies", "notes", "unassigned", "all", "text", "num", "claimant", "claimed",
})  # fmt: skip
"""Names that JSON, queries and the index use for what is derived: no own field may hide them."""

LINKS = ("parent", "duplicate_of", "blocks", "relates", "split_from", "merged_into")
"""The fields that name other tickets."""

PRIORITIES: Mapping[str, tuple[str, str]] = {
    "low": ("低", "low"),
    "normal": ("普通", "normal"),
    "high": ("高", "high"),
    "urgent": ("紧急", "urgent"),
}
"""Priorities from least to most urgent, each with its Chinese and English label."""

_NAME = rf"[^\s{UNSAFE}/\\:,;'\"(){{}}\[\]<>=!|&*?%@`#-][^\s{UNSAFE}/\\:,;'\"]{{0,63}}"
_OWN = r"[^\W\d][\w-]{0,63}"
LINE_LIMIT = 500
"""Characters that a one-line field may hold."""
_BREAKS = "[\x00-\x1f\x7f\x85\u2028\u2029\ud800-\udfff]"
_SURROGATES = "[\ud800-\udfff]"
_INTEGER_BITS = 13_000
"""Of a whole number: what Python writes in decimal without being told to."""
_YEARS = range(1971, 9999)
"""Years of a time: Git counts seconds from 1970, and no time zone may carry one out of range."""


def is_name(text: object) -> bool:
    """Whether ``text`` can name an agent, a team, a state, a category or a tag."""
    return isinstance(text, str) and _fits(_NAME, text)


def is_slug(text: object) -> bool:
    """Whether ``text`` can name an article: its kind and its name, with a slash between."""
    if not isinstance(text, str):
        return False
    kind, slash, name = text.partition("/")
    return bool(slash) and is_name(kind) and is_name(name)


def is_field_name(text: object) -> bool:
    """Whether ``text`` can be the name of a field that a person adds to a ticket."""
    return isinstance(text, str) and text != TIMELINE and _fits(_OWN, text)


@lru_cache(4096)
def _fits(pattern: str, text: str) -> bool:
    """Whether a whole text fits; remembered, for a desk uses the same names again and again."""
    return re.fullmatch(pattern, text) is not None


def in_order(fields: Mapping[str, Any]) -> dict[str, Any]:
    """The same fields in file order: the known ones first, a person's own by name after them."""
    ordered = {name: fields[name] for name in FIELDS if name in fields}
    ordered.update((name, fields[name]) for name in sorted(fields) if name not in FIELDS)
    return ordered


def problem_with(name: str, value: object) -> str | None:
    """The text key of what is wrong with ``value`` for the field ``name``; None if nothing is."""
    field = FIELDS.get(name)
    if field is None:
        return None if is_plain(value) else "field.not_plain"
    if field.kind == "list":
        fits = is_slug if name == "articles" else is_name
        good = isinstance(value, list) and all(map(fits, value))
        return None if good and len(set(value)) == len(value) else "field.not_list"  # type: ignore[arg-type, call-overload]
    if field.kind == "number":
        return None if type(value) is int and 0 <= value <= 99 else "field.not_number"
    if not isinstance(value, str):
        return "field.not_text"
    return _problem_with_text(name, field.kind, value)


def _problem_with_text(name: str, kind: str, value: str) -> str | None:
    if kind == "time":
        return None if parse_time(value) else "field.not_time"
    if kind == "name":
        if name == "priority" and value not in PRIORITIES:
            return "field.not_priority"
        return None if is_name(value) else "field.not_name"
    if not value.strip() or re.search(_BREAKS, value):
        return "field.not_line"
    return None if len(value) <= LINE_LIMIT else "field.too_long"


def parse_time(value: str) -> datetime | None:
    """An aware datetime from ISO 8601 text; None if it is not one, has no offset, or is absurd."""
    try:
        moment = datetime.fromisoformat(value)
    except ValueError:
        return None
    return moment if moment.tzinfo is not None and moment.year in _YEARS else None


def is_plain(value: object, depth: int = 0) -> bool:
    """Whether a file can hold ``value``: text, finite numbers, lists and mappings, five deep."""
    if isinstance(value, str):
        return value.isascii() or re.compile(_SURROGATES).search(value) is None
    if isinstance(value, float):
        return isfinite(value)
    if isinstance(value, int):
        return value.bit_length() <= _INTEGER_BITS
    if value is None:
        return True
    if depth > 4:
        return False
    if isinstance(value, list):
        return all(is_plain(item, depth + 1) for item in value)
    if isinstance(value, dict):
        return all(
            isinstance(k, str) and is_plain(k) and is_plain(v, depth + 1) for k, v in value.items()
        )
    return False


def alike(left: object, right: object) -> bool:
    """Whether two plain values say the same in a file, where 1, 1.0 and true are not one."""
    if isinstance(left, dict) and isinstance(right, dict):
        return left.keys() == right.keys() and all(alike(left[key], right[key]) for key in left)
    if isinstance(left, list) and isinstance(right, list):
        return len(left) == len(right) and all(map(alike, left, right))
    return type(left) is type(right) and left == right


def listed(value: Any) -> list[Any]:
    """A field's value as a list: nothing is an empty one, anything else a list of itself."""
    if value is None:
        return []
    return value if isinstance(value, list) else [value]


def differing(before: Mapping[str, Any], after: Mapping[str, Any]) -> dict[str, Any]:
    """What to set on ``before`` to get ``after``; None stands for taking a field away."""
    changes = {name: after[name] for name in after if not alike(before.get(name), after[name])}
    changes.update((name, None) for name in before if name not in after)
    return changes


def list_fields(names: Iterable[str]) -> list[str]:
    """Those of ``names`` that hold a list, and so are changed by adding and removing."""
    return [name for name in names if name in FIELDS and FIELDS[name].kind == "list"]


ITEMS = tuple(
    name for name, field in FIELDS.items()
    if name in LINKS or (field.kind == "list" and name != "contested")
)  # fmt: skip
"""The fields that hold several values or name other tickets: the index has a row for each item."""
