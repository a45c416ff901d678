"""What a customer asks for beside an answer."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tkt.domain.bot.hearing import COMPLAINT, HUMAN, asked_for_human, complained, helped
from tkt.domain.classify.folding import fold


@pytest.mark.parametrize(
    "text",
    [
        "人工",
        "转人工!!",
        "我要找 真 人",
        "有没有活人",
        "請轉人工",
        "I want to speak to a HUMAN AGENT",
        "別用機器人回我",
    ],
)
def test_a_person_is_asked_for(text: str) -> None:
    assert asked_for_human(text)


@pytest.mark.parametrize(
    "text",
    [
        "人工智能音箱有货吗",
        "是人工皮草吗",
        "要人工费吗",
        "真人发的假发吗",
        "a humane price",
        "7天无理由吗",
    ],
)
def test_goods_are_no_persons(text: str) -> None:
    assert asked_for_human(text) is None


def test_our_words_are_written_as_they_are_compared() -> None:
    assert [word for word in (*HUMAN, *COMPLAINT) if fold(word) != word] == []


def test_a_desk_has_words_of_its_own() -> None:
    assert asked_for_human("叫小美来", ("小美",)) == "小美"
    assert complained("我去你们总部", ("总部",)) == "总部"


@pytest.mark.parametrize(
    "text",
    [
        "我要投诉",
        "打12315",
        "给个差评",
        "再不退我就起诉",
        "你们是骗子",
        "I'll file a complaint",
        "this is a scam",
    ],
)
def test_complaints_are_heard(text: str) -> None:
    assert complained(text)


@pytest.mark.parametrize(
    "text", ["什么时候发货", "scampi 口味有吗", "courtyard 地址填错了", "运费多少"]
)
def test_other_words_are_no_complaints(text: str) -> None:
    assert complained(text) is None


@pytest.mark.parametrize(
    "text",
    ["谢谢", "好的,谢谢亲~", "解决了!", "有用", "明白了 谢谢您", "Thanks, got it!", "嗯嗯知道了"],
)
def test_thanks_say_that_it_helped(text: str) -> None:
    assert helped(text) == (True, "")


@pytest.mark.parametrize(
    "text",
    ["没用", "不对", "没解决啊", "谢谢,没用", "不是这个", "看不懂", "That didn't help", "答非所问"],
)
def test_that_it_did_not_help_goes_before_thanks(text: str) -> None:
    assert helped(text) == (False, "")


@pytest.mark.parametrize("text", ["什么时候发货", "谢谢,那运费谁出呢?", "颜色发得不对怎么办", ""])
def test_a_question_says_nothing_of_the_last_answer(text: str) -> None:
    assert helped(text) == (None, text)


def test_what_was_wrong_may_be_followed_by_the_question_anew() -> None:
    is_helped, rest = helped("不对,我问的是运费谁出")
    assert is_helped is False
    assert "运费谁出" in rest


@given(st.text(max_size=300))
def test_no_text_breaks_it(text: str) -> None:
    asked_for_human(text)
    complained(text)
    assert isinstance(helped(text)[1], str)
