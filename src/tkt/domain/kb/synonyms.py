"""Words that mean the same: which of them a text has."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from tkt.named import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence

    Groups = Sequence[Sequence[str]]


class Meant(NamedTuple):
    """A place in a folded text where a word of a group stands, and the others of the group."""

    start: int
    end: int
    others: tuple[str, ...]


def ways_to_say(folded: str, groups: Groups) -> list[str]:
    """A folded word, and what it is with one that means the same in the place of a part of it."""
    return [folded, *(f"{folded[: one.start]}{other}{folded[one.end :]}"
                      for one in meant_in(folded, groups) for other in one.others)]  # fmt: skip


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
