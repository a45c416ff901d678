"""Regular expressions of classify.yaml: whether they can be trusted with any text, and their parts.

A pattern is refused if a text exists on which it might not come to an end within a second: repeats
inside repeats, choices inside repeats, or too many ways to share out a text among repeats.
"""

from __future__ import annotations

import re
from functools import cache
from importlib import import_module
from typing import TYPE_CHECKING, Any

from tkt.domain.classify.folding import fold_pattern

if TYPE_CHECKING:
    from collections.abc import Iterable

LIMIT = 1000
"""So many characters of a folded text are looked at by patterns."""
MOST = 300
"""Characters that a pattern may have."""
_WAYS = 100_000
"""In so many ways may a text be shared out among the repeats of a pattern, from any one place."""
_REPEATS = ("MAX_REPEAT", "MIN_REPEAT", "POSSESSIVE_REPEAT")


@cache
def compiled(pattern: str) -> re.Pattern[str]:
    """A pattern, folded as texts are, ready to search."""
    return re.compile(fold_pattern(pattern), re.IGNORECASE)


def fault_of(pattern: str) -> tuple[str, dict[str, object]] | None:
    """(text key, parameters) of what is wrong with a pattern; None if nothing is."""
    if len(pattern) > MOST:
        return "classify.pattern_long", {"most": MOST}
    try:
        tree = _parsed(pattern)
        found = compiled(pattern)
    except (re.error, OverflowError, RecursionError) as error:
        return "classify.bad_pattern", {"message": str(error)}
    if _is_slow(tree):
        return "classify.pattern_slow", {}
    if found.search("") is not None:
        return "classify.pattern_empty", {}
    return None


def literals_of(pattern: str) -> list[str]:
    """Texts that stand in whatever a pattern finds: without them it need not be asked."""
    found: list[str] = []
    run = ""
    for kind, said in _parsed(pattern):
        if str(kind) == "LITERAL":
            run += chr(said)
            continue
        found, run = [*found, run], ""
        if str(kind) == "SUBPATTERN":
            inner = [(str(each), value) for each, value in said[3]]
            if inner and all(each == "LITERAL" for each, _ in inner):
                found.append("".join(chr(value) for _, value in inner))
    texts = {text.casefold() for text in (*found, run) if text}
    return sorted(texts, key=lambda text: (-len(text), text))


def _parsed(pattern: str) -> Any:
    """The tree of a pattern, as Python's own compiler has it."""
    # It has no public name since sre_parse was taken back.
    return import_module("re._parser").parse(fold_pattern(pattern), re.IGNORECASE)


def _is_slow(tree: Any) -> bool:
    ways = 1
    for least, most, body in _repeats(tree):
        if most == least or most <= 1:
            continue
        if any(_varies(kind, said) for kind, said in _all(body)):
            return True
        ways *= min(most, LIMIT) - least + 1
        if ways > _WAYS:
            return True
    return any(_varies(kind, said) for _, most, body in _repeats(tree) if most > 4
               for kind, said in _all(body))  # fmt: skip


def _varies(kind: Any, said: Any) -> bool:
    """Whether this can be found in one place in several ways."""
    name = str(kind)
    return name == "BRANCH" or (name in _REPEATS and said[0] != said[1])


def _repeats(tree: Any) -> Iterable[tuple[int, int, Any]]:
    for kind, said in _all(tree):
        if str(kind) in _REPEATS:
            yield int(said[0]), int(said[1]), said[2]


def _all(tree: Any) -> Iterable[tuple[Any, Any]]:
    """Every node of a tree."""
    for kind, said in tree:
        yield kind, said
        yield from _inside(said)


def _inside(said: Any) -> Iterable[tuple[Any, Any]]:
    if type(said).__name__ == "SubPattern":
        yield from _all(said)
    elif isinstance(said, tuple | list):
        for part in said:
            yield from _inside(part)
