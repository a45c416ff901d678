"""What stands directly before a word may say that it is not so."""

from __future__ import annotations

import pytest
from samples import classifier, find

QUALITY = {"categories": {"quality": {"keywords": ["质量问题", "broken", "没收到", "refund"]}}}
DENIED = [
    "不是质量问题", "这并不是质量问题", "不是因为质量问题", "没有质量问题", "没有任何质量问题",
    "绝非质量问题", "是不是没有质量问题", "不是没收到", "not broken", "it isn't broken",
    "it is not a broken", "no refund", "I don't want a refund", "Not   Broken",
]  # fmt: skip
MEANT = [
    "质量问题", "是不是质量问题", "有没有质量问题", "是不是因为质量问题", "难道不是质量问题",
    "岂不是质量问题", "不是没有质量问题", "不是,质量问题", "不是我的错。质量问题", "没收到",
    "why not refund", "knot broken", "whether or not broken", "not mine, broken",
    "不是质量问题,就是质量问题",
]  # fmt: skip


@pytest.mark.parametrize("text", DENIED)
def test_a_word_that_is_denied_does_not_count(text: str) -> None:
    found = find(classifier(QUALITY), text)
    assert not found.ranked
    assert found.denied


@pytest.mark.parametrize("text", MEANT)
def test_what_is_asked_or_stands_apart_denies_nothing(text: str) -> None:
    assert find(classifier(QUALITY), text).ranked


def test_a_desk_may_name_its_own_words() -> None:
    own = classifier({**QUALITY, "negations": ["哪有"]})
    assert not find(own, "哪有质量问题").ranked
    assert find(own, "不是质量问题").ranked


def test_a_longer_word_that_is_denied_leaves_none_inside_it() -> None:
    made = classifier(
        {"categories": {"a": {"keywords": ["质量问题"]}, "b": {"keywords": ["问题"]}}}
    )
    assert not find(made, "不是质量问题").ranked
