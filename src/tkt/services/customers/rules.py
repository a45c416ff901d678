"""What classify.yaml says of customers' tags."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any
from unicodedata import normalize

from tkt.domain.customers.tagging import Rule
from tkt.domain.fields import PRIORITIES
from tkt.domain.spec.nested import labels

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tkt.storage.desk import Desk


def declared(desk: Desk) -> dict[str, dict[str, Any]]:
    """Every tag that classify.yaml knows, with what it says of it."""
    text = desk.classifier
    found: dict[str, dict[str, Any]] = json.loads(text).get("tags", {}) if text else {}
    return found


def rules(desk: Desk) -> list[Rule]:
    """The rules by which tags are given."""
    made = (Rule.of(tag, said) for tag, said in sorted(declared(desk).items()))
    return [rule for rule in made if rule is not None]


def label_of(desk: Desk) -> dict[str, tuple[str, str]]:
    """(Chinese, English) of every tag that classify.yaml knows."""
    return {tag: labels(said.get("label"), tag) for tag, said in declared(desk).items()}


def ids_called(desk: Desk, said: str) -> tuple[str, ...]:
    """Tags that have this id or label in either language, and ``said`` itself: tags may be free."""
    wanted = _folded(said)
    found = (tag for tag, names in label_of(desk).items()
             if wanted in map(_folded, (tag, *names)))  # fmt: skip
    return tuple(dict.fromkeys((said, *found)))


def _folded(name: str) -> str:
    return normalize("NFKC", name).casefold().strip()


def priority_for(desk: Desk, tags: Iterable[str]) -> tuple[str, str] | None:
    """(priority, tag) of the most urgent that one of these tags brings; None if none does."""
    known = declared(desk)
    ranks = list(PRIORITIES)
    brought = [(said, tag) for tag in tags if (said := known.get(tag, {}).get("priority"))]
    return max(brought, key=lambda pair: ranks.index(pair[0]), default=None)
