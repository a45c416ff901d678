"""The questions of a lesson: what may be answered, what is right, what answers come to."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from tkt.named import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    Chosen = frozenset[int] | frozenset[str]
    """What somebody answers: places of options, or words where there are none."""

_BETWEEN = r"[\s+,，、&/;；]+"
_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"


class Question(NamedTuple):
    """One question. ``right`` are all the options that are to be chosen, counted from 0.

    Where there are no options any of the ``words`` will do.
    """

    ask: str
    options: tuple[str, ...] = ()
    right: frozenset[int] = frozenset()
    words: frozenset[str] = frozenset()
    why: str | None = None

    @property
    def answers(self) -> list[str]:
        """What is right, as people read it."""
        if not self.options:
            return sorted(self.words)
        return [self.options[place] for place in sorted(self.right)]

    def given(self, chosen: Chosen) -> list[str]:
        """What somebody chose, as people read it."""
        if not self.options:
            return sorted(str(one) for one in chosen)
        return [option for n, option in enumerate(self.options) if n in chosen]

    def is_right(self, chosen: Chosen) -> bool:
        """Whether all that is right was chosen, and nothing else."""
        return chosen == self.right if self.options else bool(chosen & self.words)


def read_question(said: Mapping[str, Any]) -> Question | None:
    """A question as an article has it; None if none of its answers is among its options."""
    options = tuple(said.get("options") or ())
    if not options:
        words = frozenset(map(folded, said["answer"]))
        return Question(said["ask"], words=words, why=said.get("why"))
    places = (place_of(text, options, by_text=True) for text in said["answer"])
    right = frozenset(place for place in places if place is not None)
    return Question(said["ask"], options, right, why=said.get("why")) if right else None


def unanswerable(quiz: Sequence[Mapping[str, Any]]) -> Iterable[tuple[int, str]]:
    """(place of the question, answer) of each answer that is none of the question's options."""
    for place, said in enumerate(quiz):
        options = said.get("options") or ()
        for text in said["answer"] if options else ():
            if place_of(text, options, by_text=True) is None:
                yield place, text


def place_of(text: str, options: Sequence[str], *, by_text: bool = False) -> int | None:
    """Which option a text means: its number or letter, or its words.

    Of an option whose words are a number, ``by_text`` says that the words go first.
    """
    said = text.strip()
    ways = [_by_words(said, options), _by_number(said, len(options))]
    return next((place for place in (ways if by_text else ways[::-1]) if place is not None), None)


def _by_words(said: str, options: Sequence[str]) -> int | None:
    return next((n for n, one in enumerate(options) if folded(one) == folded(said)), None)


def _by_number(said: str, count: int) -> int | None:
    if said.isascii() and said.isdigit() and len(said) < 4:
        place = int(said) - 1
    else:
        place = _LETTERS.find(said.upper()) if len(said) == 1 else -1
    return place if 0 <= place < count else None


def read_answer(question: Question, text: str) -> Chosen:
    """What somebody means who types ``text``: ``2``, ``B``, ``1+3``, ``AC``, or an option's words.

    ValueError for what is no option.
    """
    if not question.options:
        return frozenset({folded(text)})
    whole = place_of(text, question.options)
    if whole is not None:
        return frozenset({whole})
    parts = [part for part in re.split(_BETWEEN, text.strip()) if part]
    if len(parts) == 1 and parts[0].isascii() and parts[0].isalpha():
        parts = list(parts[0])
    places = [place_of(part, question.options) for part in parts]
    if not places or None in places:
        raise ValueError(text)
    return frozenset(place for place in places if place is not None)


def score(questions: Sequence[Question], chosen: Sequence[Chosen]) -> int:
    """How many of the questions were answered rightly, in percent; never rounded up."""
    right = sum(one.is_right(said) for one, said in zip(questions, chosen, strict=True))
    return 100 * right // len(questions)


def folded(text: str) -> str:
    """A text by what it says: case and blanks make no difference."""
    return "".join(text.split()).casefold()
