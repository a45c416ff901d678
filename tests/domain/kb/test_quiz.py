"""Questions of lessons: how answers may be typed, and what they come to."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tkt.domain.kb.front import read_article
from tkt.domain.kb.quiz import Question, place_of, read_answer, read_question, score

OPTIONS = ("按客户尺寸定做的窗帘", "鲜活易腐的水果", "打折的衣服", "已经下载的软件")
SEVERAL = read_question(
    {"ask": "哪些不适用七天无理由？", "options": list(OPTIONS), "answer": [OPTIONS[0], "2", "D"]}
)
ONE = Question("七天从哪天算？", ("签收当天", "签收第二天"), frozenset({1}))
WORDS = read_question({"ask": "发货时限是几小时？", "answer": ["48 小时", "48h"]})


def test_right_answers_are_options_as_they_stand_or_their_numbers_or_letters() -> None:
    assert SEVERAL is not None
    assert SEVERAL.right == {0, 1, 3}
    assert SEVERAL.answers == [OPTIONS[0], OPTIONS[1], OPTIONS[3]]


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("2", {1}), ("B", {1}), ("b", {1}), (" 2 \n", {1}), ("1+2+4", {0, 1, 3}),
        ("1、2、4", {0, 1, 3}), ("1 2 4", {0, 1, 3}), ("1，2", {0, 1}), ("ACD", {0, 2, 3}),
        ("打折的 衣服", {2}), ("1+1", {0}),
    ],
)  # fmt: skip
def test_an_answer_is_typed_in_many_ways(typed: str, meant: set[int]) -> None:
    assert SEVERAL is not None
    assert set(read_answer(SEVERAL, typed)) == meant


@pytest.mark.parametrize("typed", ["5", "0", "", "E", "1+9", "窗帘", "-1", "²", "1.5"])
def test_what_is_no_option_is_refused(typed: str) -> None:
    assert SEVERAL is not None
    with pytest.raises(ValueError, match=r"^"):
        read_answer(SEVERAL, typed)


def test_all_that_is_right_has_to_be_chosen_and_nothing_else() -> None:
    assert SEVERAL is not None
    assert SEVERAL.is_right(frozenset({3, 1, 0}))
    assert not SEVERAL.is_right(frozenset({0, 1}))
    assert not SEVERAL.is_right(frozenset({0, 1, 2, 3}))


def test_without_options_any_of_the_words_will_do() -> None:
    assert WORDS is not None
    assert WORDS.is_right(read_answer(WORDS, "48小时"))
    assert WORDS.is_right(read_answer(WORDS, "48 H"))
    assert not WORDS.is_right(read_answer(WORDS, "24小时"))


def test_of_options_that_are_numbers_the_page_means_the_words_and_a_person_the_place() -> None:
    options = ("7", "3", "1")
    assert place_of("3", options, by_text=True) == 1
    assert place_of("3", options) == 2
    assert place_of("7", options) == 0


def test_a_question_whose_answer_is_no_option_is_a_fault_of_its_page_and_never_asked() -> None:
    quiz = [{"ask": "几天？", "options": ["7 天", "15 天"], "answer": "30 天"}]
    article, faults = read_article(
        {"title": "规则", "quiz": quiz}, "正文", path="kb/training/rules.md"
    )
    assert [(fault.where, fault.key) for fault in faults] == [
        (("quiz", 0, "answer"), "article.no_option")
    ]
    assert article is not None
    assert [read_question(said) for said in article.quiz] == [None]


QUESTIONS = st.integers(1, 5).flatmap(
    lambda count: st.builds(
        lambda right: Question("?", tuple(f"选项 {n}" for n in range(count)), frozenset(right)),
        st.sets(st.integers(0, count - 1), min_size=1),
    )
)


@given(st.lists(QUESTIONS, min_size=1, max_size=9), st.data())
def test_the_score_does_not_depend_on_the_order(
    questions: list[Question], data: st.DataObject
) -> None:
    chosen = [
        frozenset(data.draw(st.sets(st.integers(0, len(one.options) - 1), min_size=1)))
        for one in questions
    ]
    points = score(questions, chosen)
    order = data.draw(st.permutations(range(len(questions))))
    assert score([questions[n] for n in order], [chosen[n] for n in order]) == points
    assert (points == 100) == all(map(Question.is_right, questions, chosen))
    assert 0 <= points <= 100


@given(QUESTIONS, st.data())
def test_the_order_in_which_options_are_typed_makes_no_difference(
    question: Question, data: st.DataObject
) -> None:
    places = data.draw(st.permutations(sorted(question.right)))
    between = data.draw(st.sampled_from(["+", " ", "、", "/", ", "]))
    assert question.is_right(read_answer(question, between.join(str(n + 1) for n in places)))


@given(st.text())
def test_whatever_is_typed_is_an_answer_or_refused(typed: str) -> None:
    try:
        chosen = read_answer(ONE, typed)
    except ValueError:
        return
    assert chosen
    assert set(ONE.given(chosen)) <= set(ONE.options)
