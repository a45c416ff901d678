"""Words are found whole, the longest first, each once, and add up to a score."""

from __future__ import annotations

from typing import Any

from hypothesis import given
from hypothesis import strategies as st
from samples import classifier, find, words

from tkt.domain.classify.folding import fold, is_wordlike


def of(**keywords: Any) -> dict[str, Any]:
    return {"categories": {name: {"keywords": said} for name, said in keywords.items()}}


def test_latin_words_are_found_whole_and_chinese_ones_anywhere() -> None:
    made = classifier(of(a=["order", "退款"], b=["双11"]))
    assert words(made, "my ORDER, 想退款了") == {"a": ["order", "退款"]}
    assert not words(made, "the border of orders")
    assert words(made, "order退款") == {"a": ["order", "退款"]}
    assert words(made, "双11活动") == {"b": ["双11"]}
    assert not words(made, "双111")


def test_one_character_is_a_word_as_well() -> None:
    assert words(classifier(of(a=["坏"])), "又坏了") == {"a": ["坏"]}


def test_the_longest_of_words_that_overlap_counts() -> None:
    made = classifier(
        of(payment=["货款"], late=["没收到货"], refund=["退款"], progress=["退款进度"])
    )
    assert words(made, "没收到货款") == {"late": ["没收到货"]}
    assert words(made, "退款进度怎样") == {"progress": ["退款进度"]}
    assert words(made, "退款进度怎样,退款") == {"refund": ["退款"], "progress": ["退款进度"]}


def test_a_word_counts_once_and_the_order_of_the_file_settles_a_tie() -> None:
    made = classifier(of(b=["退款"], a=["发票"]))
    ranked = find(made, "发票发票发票,退款").ranked
    assert [(one.category, one.score) for one in ranked] == [("b", 1), ("a", 1)]


def test_weights_add_up() -> None:
    made = classifier(of(a=["退款", "发票"], b=[{"any": ["碎了", "裂了"], "weight": 2.5}]))
    ranked = find(made, "碎了,退款,发票").ranked
    assert [(one.category, one.score) for one in ranked] == [("b", 2.5), ("a", 2)]


def test_synonyms_are_put_in_and_what_is_written_down_goes_before_them() -> None:
    said = of(refund=["要求退款"], cash=["要求退钱"], parcel=["快递没到"])
    made = classifier({**said, "synonyms": [["退款", "退钱", "返现"], ["快递", "包裹"]]})
    assert words(made, "要求返现") == {"refund": ["要求退款"], "cash": ["要求退钱"]}
    assert words(made, "要求退钱") == {"cash": ["要求退钱"]}
    assert words(made, "包裹没到") == {"parcel": ["快递没到"]}


def test_words_inside_one_that_speaks_against_a_category_do_not_count_for_it() -> None:
    made = classifier({"categories": {
        "quality": {"keywords": ["质量"], "exclude": ["质量不错"]},
        "praise": {"keywords": ["不错"]},
    }})  # fmt: skip
    assert words(made, "质量不错") == {"praise": ["不错"]}
    assert words(made, "质量不错,但包装质量差") == {"quality": ["质量"], "praise": ["不错"]}


def test_patterns_count_beside_words() -> None:
    made = classifier({"categories": {
        "late": {"patterns": [
            r"(\d+|[一二三两几])天.{0,6}没(动|更新)", {"re": r"超過\d+天", "weight": 2},
        ]},
        "parcel": {"keywords": ["快递"]},
    }})  # fmt: skip
    found = find(made, "快遞三天沒動了,超过5天").ranked
    assert [(one.category, one.score) for one in found] == [("late", 3), ("parcel", 1)]
    assert found[0].hits[0].found == "三天没动"


LETTERS = st.text(st.sampled_from("退款货ab "), min_size=1, max_size=4).filter(
    lambda word: bool(fold(word).strip())
)


@given(
    st.lists(st.lists(LETTERS, max_size=4), min_size=1, max_size=3),
    st.text("退款货ab, ", max_size=16),
)
def test_matching_is_what_a_slow_and_obvious_search_finds(
    keywords: list[list[str]], text: str
) -> None:
    said = {"categories": {f"c{n}": {"keywords": each} for n, each in enumerate(keywords)}}
    made = classifier_of(said)
    assert scores(made, text) == slowly(keywords, fold(text))


def classifier_of(said: dict[str, Any]) -> Any:
    from tkt.domain.classify.compiling import ready
    from tkt.domain.classify.matching import Classifier

    return Classifier(ready(said))


def scores(made: Any, text: str) -> dict[str, float]:
    return {one.category: one.score for one in find(made, text).ranked}


def slowly(keywords: list[list[str]], text: str) -> dict[str, float]:
    """Every span of every word, the longest kept, each entry of a category counted once."""
    spans = {
        (at, at + len(fold(word)))
        for each in keywords
        for word in each
        for at in range(len(text))
        if text.startswith(fold(word), at) and is_apart(text, at, at + len(fold(word)))
    }
    kept: list[tuple[int, int]] = []
    for start, end in sorted(spans, key=lambda span: (span[0] - span[1], span[0])):
        if all(end <= other[0] or other[1] <= start for other in kept):
            kept.append((start, end))
    said = {text[start:end] for start, end in kept}
    counts = {
        f"c{n}": len({word for word in each if fold(word) in said})
        for n, each in enumerate(keywords)
    }
    return {name: count for name, count in counts.items() if count}


def is_apart(text: str, start: int, end: int) -> bool:
    before, after = text[start - 1 : start], text[end : end + 1]
    begins = is_wordlike(text[start]) and before != "" and is_wordlike(before)
    ends = is_wordlike(text[end - 1]) and after != "" and is_wordlike(after)
    return not begins and not ends
