"""Words that agents' own decisions speak for, and what each would put right."""

from __future__ import annotations

from tkt.named import NamedTuple


class Suggestion(NamedTuple):
    """A word for a category: how many held-out tickets it puts right, and how many it puts wrong.

    ``seen`` is how many of the tickets learnt from have the word, ``share`` which part of those
    is of the category.
    """

    category: str
    word: str
    gain: int
    right: int
    wrong: int
    seen: int
    share: float


class Learnt(NamedTuple):
    """What was learnt from how many tickets, and how many of those held out are right today."""

    suggestions: list[Suggestion]
    learnt_from: int
    held_out: int
    right: int
