"""Words that mean the same: what the file says, and which of them a text has."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from tkt.domain.kb.wording import fold
from tkt.domain.shape import Fault
from tkt.domain.spec.nested import ListOf
from tkt.domain.spec.simple import Text
from tkt.named import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence

    Groups = Sequence[Sequence[str]]

SYNONYMS = ListOf(ListOf(Text()))
"""A list of lists of words; each list holds words that mean the same."""


class Meant(NamedTuple):
    """A place in a folded text where a word of a group stands, and the others of the group."""

    start: int
    end: int
    others: tuple[str, ...]


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


def meant_in(folded: str, groups: Groups) -> list[Meant]:
    """The words of groups that a folded text has; of two that overlap the longer one."""
    there = [(word, group) for group in groups for word in group if word in folded]
    there.sort(key=lambda pair: -len(pair[0]))
    found: dict[tuple[int, int], list[str]] = {}
    for word, group in there:
        edge = r"(?<![0-9a-z])" if word.isascii() else ""
        after = r"(?![0-9a-z])" if word.isascii() else ""
        for match in re.finditer(edge + re.escape(word) + after, folded):
            place = match.span()
            if place in found or all(place[1] <= a or b <= place[0] for a, b in found):
                found.setdefault(place, []).extend(group)
    return [
        Meant(start, end, tuple(one for one in dict.fromkeys(words) if one != folded[start:end]))
        for (start, end), words in sorted(found.items())
    ]
