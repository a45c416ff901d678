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


def marks_of(pattern: str) -> list[list[str]]:
    """What a text must have for a pattern to find anything: of each list one mark at least.

    A mark is one character or two that follow each other, folded. A text without them need not be
    searched, nor the pattern made ready, which takes far longer than a search.
    """
    found = {tuple(sorted(marks)) for marks in _clauses(_parsed(pattern)) if marks}
    return [list(marks) for marks in sorted(found, key=lambda marks: (len(marks), marks))]


def _clauses(tree: Any) -> list[set[str]]:
    found: list[set[str]] = []
    run = ""
    for kind, said in tree:
        name = str(kind)
        if name == "LITERAL":
            run += chr(said).casefold()
            continue
        found, run = [*found, *_in_run(run)], ""
        if name == "SUBPATTERN":
            found += _clauses(said[3])
        elif name == "BRANCH":
            found += _in_any(said[1])
        elif name == "IN":
            found += _in_set(said)
        elif name in _REPEATS and said[0]:
            found += _clauses(said[2])
    return [*found, *_in_run(run)]


def _in_run(run: str) -> list[set[str]]:
    return [{pair} for pair in map(str.__add__, run, run[1:])] or ([{run}] if run else [])


def _in_any(branches: Iterable[Any]) -> list[set[str]]:
    """What one of several needs, each by the fewest marks; nothing if one of them needs nothing."""
    needs = [_clauses(branch) for branch in branches]
    if not all(needs):
        return []
    return [set().union(*(min(each, key=_weakness) for each in needs))]


def _weakness(marks: set[str]) -> tuple[int, int]:
    return -min(map(len, marks)), len(marks)


def _in_set(chars: Iterable[tuple[Any, Any]]) -> list[set[str]]:
    if any(str(kind) != "LITERAL" for kind, _ in chars):
        return []  # a class, a range, or all but some
    return [{chr(said).casefold() for _, said in chars}]


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
