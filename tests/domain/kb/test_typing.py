"""Texts in one way of writing: every way to type a word is the same word."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tkt.domain.kb.article import Article
from tkt.domain.kb.excerpts import excerpt, marked
from tkt.domain.kb.nearness import distance, forgiven, nearest
from tkt.domain.kb.synonyms import meant_in
from tkt.domain.kb.wording import asked, bare, fold, folded_with_places, indexed


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("退貨運費", "退货运费"),
        ("ＳＦ１２３", "sf123"),
        ("Café", "cafe"),
        ("㎏", "kg"),
        ("ﬁt", "fit"),
    ],
)
def test_it_is_the_same_however_it_is_typed(typed: str, meant: str) -> None:
    assert fold(typed) == meant


@given(st.text())
def test_folding_twice_is_folding_once(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@given(st.text(max_size=200))
def test_every_place_of_a_folded_text_is_a_place_of_the_text(text: str) -> None:
    folded, places = folded_with_places(text)
    assert folded == fold(text)
    assert len(places) == len(folded) + 1
    assert places == sorted(places)


@given(st.text(alphabet="退货运费 7天abAB１２貨。", max_size=40))
def test_what_is_asked_in_the_very_words_is_in_the_index(text: str) -> None:
    held = indexed(text).split()
    for word in asked(text):
        assert any(token.startswith(word) for token in held)


def test_signs_and_blanks_do_not_count_in_a_whole() -> None:
    assert bare("7天, 无理由?") == bare("７天无理由")


def test_slips_are_counted_with_letters_that_changed_places() -> None:
    assert distance("bluetoth", "bluetooth", 2) == 1
    assert distance("reufnd", "refund", 2) == 1
    assert distance("refund", "return", 1) == 2
    assert (forgiven("tkt"), forgiven("size"), forgiven("bluetooth"), forgiven("退款")) == (
        0,
        1,
        2,
        0,
    )


def test_of_words_as_near_the_more_frequent_is_meant() -> None:
    assert nearest("retur", [("return", 3), ("retour", 9)]) == "retour"
    assert nearest("xyzzy", [("return", 3)]) is None


def test_the_longer_of_two_words_of_groups_is_meant() -> None:
    groups = [["运费", "邮费"], ["运费险", "退货险"]]
    (found,) = meant_in("运费险赔多少", groups)
    assert found.others == ("退货险",)
    (found,) = meant_in("运费谁出", groups)
    assert found.others == ("邮费",)


def test_a_latin_word_is_one_by_itself() -> None:
    assert meant_in("transfer", [["sf", "顺丰"]]) == []
    assert meant_in("发sf吗", [["sf", "顺丰"]])[0].others == ("顺丰",)


def test_marks_are_places_of_the_text_as_written() -> None:
    text = "請問退貨運費誰出"
    (span,) = marked(text, ["退货", "货运", "运费"])
    assert text[slice(*span)] == "退貨運費"


@given(st.text(max_size=300), st.lists(st.text(min_size=1, max_size=4), max_size=4))
def test_marks_of_an_excerpt_lie_inside_it(body: str, words: list[str]) -> None:
    article = Article("kb/faq/a.md", "faq/a", "faq", "a", body, questions=(body[:20] or "x",))
    found = excerpt(article, [fold(word) for word in words])
    for start, end in found.marks:
        assert 0 <= start < end <= len(found.text)


def told(body: str, *words: str, questions: tuple[str, ...] = ()) -> str:
    article = Article("kb/faq/a.md", "faq/a", "faq", "a", body, questions=questions)
    return excerpt(article, words).text


def test_the_sentence_that_has_most_of_what_was_asked_is_shown_from_its_start() -> None:
    body = "亲，支付宝一天内到账。花呗退回花呗额度，已经还款的不变。退款退款退款。"
    assert told(body, "花呗", "退款", "额度").startswith("花呗退回花呗额度")


def test_a_list_of_links_at_the_end_is_not_what_an_article_says() -> None:
    body = "亲，运费由店铺承担。\n\n相关：[退货运费谁出](return-freight.md)、[运费险](freight.md)"
    assert told(body, "运费", "退货") == "亲，运费由店铺承担。"
    assert "相关" in told("相关：[退货运费谁出](return-freight.md)", "运费")


def test_a_link_in_a_sentence_is_its_title_alone() -> None:
    assert told("请看[退货步骤](return-steps.md)再寄回，运费我们出。", "退货", "return") == (
        "请看退货步骤再寄回，运费我们出。"
    )


def test_a_question_is_shown_where_the_body_has_next_to_nothing_of_it() -> None:
    assert told("亲，请联系客服。", "蓝牙", "连不上", questions=("蓝牙连不上怎么办",)) == (
        "蓝牙连不上怎么办"
    )
    assert told("亲，蓝牙请先重启。", "蓝牙", "连不上", questions=("蓝牙连不上怎么办",)) == (
        "亲，蓝牙请先重启。"
    )
