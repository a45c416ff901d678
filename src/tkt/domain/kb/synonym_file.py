"""The file of words that mean the same."""

from __future__ import annotations

from typing import Any

from tkt.domain.kb.wording import fold
from tkt.domain.shape import Fault
from tkt.domain.spec.nested import ListOf
from tkt.domain.spec.simple import Text

SYNONYMS = ListOf(ListOf(Text()))
"""A list of lists of words; each list holds words that mean the same."""


def read_synonyms(data: Any) -> tuple[list[list[str]], list[Fault]]:
    """(the groups, folded; everything wrong with them)."""
    faults: list[Fault] = []
    found: list[list[str]] = []
    taken = SYNONYMS.take(data, (), faults) if data is not None else []
    for at, group in enumerate(taken if isinstance(taken, list) else ()):
        words = list(dict.fromkeys(fold(word).strip() for word in group))
        if len(words) < 2:
            faults.append(Fault((at,), "kb.lone_synonym", {"word": ", ".join(group)}))
        else:
            found.append(words)
    return found, faults
