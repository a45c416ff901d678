"""Why a ticket was classified as it was, out of its event: names, words and numbers in one line."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping


def reason(because: Any) -> str:
    """What an event's ``classified`` says; whatever a person may have made of it by hand."""
    return "; ".join(_parts(because)) if isinstance(because, dict) else ""


def _parts(because: Mapping[str, Any]) -> Iterator[str]:
    if "category" in because:
        words = because.get("words")
        score = because.get("score", 0)
        how = f"{_listed(words)} ({score})" if words else because.get("by")
        yield f"category {because['category']}: {how}"
    for name in ("severity", "priority"):
        one = because.get(name)
        if isinstance(one, dict):
            yield f"{name} {one.get('value')}: {_listed(one.get('words')) or one.get('rule')}"


def _listed(words: Any) -> str:
    return ", ".join(map(str, words)) if isinstance(words, list) else ""
