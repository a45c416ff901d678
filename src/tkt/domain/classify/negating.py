"""Whether a word is turned around by what stands directly before it.

不是质量问题 and "not broken" say that it is not so. A question (是不是质量问题, 有没有质量问题),
what is asked to be denied (难道不是质量问题) and what is denied twice (不是没有质量问题) say no
such thing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tkt.domain.classify.folding import fold, is_wordlike

if TYPE_CHECKING:
    from collections.abc import Iterable

NEGATIONS = (
    "不是", "并不是", "也不是", "又不是", "并非", "绝非", "而非", "不属于", "不算", "不存在",
    "没有", "并没有", "并无", "没啥", "没什么", "不想", "不要", "不需要", "不用", "不必", "无需",
    "不打算",
    "not", "isn't", "isnt", "aren't", "wasn't", "wasnt", "weren't", "no", "never", "without",
    "don't want", "don't want to", "dont want", "don't need", "no need to", "not want to",
)  # fmt: skip
"""What turns a word around on a desk that names nothing of its own."""
_FILLERS = (
    "因为", "由于", "什么", "任何", "说", "想", "要", "a ", "an ", "the ", "any ", "really ",
    "because of ", "due to ", "about ", "asking for ", "to ",
)  # fmt: skip
"""What may stand between the two."""
_ASKING = ("难道", "岂", "莫", "何尝", "why ", "or ")
"""Before a word that denies, it denies nothing."""
_TURNING = ("不", "没")
_FARTHEST = 24
"""So many characters before a word are looked at."""


def folded(negations: Iterable[str]) -> list[str]:
    """Words that deny as they are looked for: a Latin one with the blank behind it."""
    words = {fold(word) for word in negations}
    spaced = (f"{word} " if is_wordlike(word[-1]) else word for word in words if word)
    return sorted(spaced, key=lambda word: (-len(word), word))


def is_negated(text: str, start: int, negations: tuple[str, ...]) -> bool:
    """Whether what begins at ``start`` of a folded text is turned around."""
    head = text[max(start - _FARTHEST, 0) : start]
    if not head:
        return False
    found = _denial(head, negations)
    while found is None and (shorter := _without_filler(head)) is not None:
        head = shorter
        found = _denial(head, negations)
    if found is None:
        return False
    before = head[: -len(found)]
    return _denial(before, negations) is None


def _denial(head: str, negations: tuple[str, ...]) -> str | None:
    """The longest word at the end of ``head`` that denies."""
    if not head.endswith(negations):
        return None
    for word in negations:
        if not head.endswith(word):
            continue
        before = head[: -len(word)]
        if before and is_wordlike(word[0]) and is_wordlike(before[-1]):
            continue
        if before.endswith(_ASKING):
            return None
        # 是不是, 有没有, 要不要: a question, whatever is put behind it.
        turns = word[0] in _TURNING and len(word) > 1
        return None if turns and before.endswith(word[1]) else word
    return None


def _without_filler(head: str) -> str | None:
    return next((head[: -len(word)] for word in _FILLERS if head.endswith(word)), None)
