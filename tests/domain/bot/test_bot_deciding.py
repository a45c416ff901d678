"""Whether the bot answers, hands over, or says nothing."""

from __future__ import annotations

import pytest

from tkt.domain.bot.confidence import Candidate, Weighed
from tkt.domain.bot.deciding import Asked, at_once, decide
from tkt.domain.bot.manner import Bot
from tkt.domain.kb.article import Article

ARTICLE = Article("kb/faq/a.md", "faq/a", "faq", "标题", "正文")
OTHER = ARTICLE._replace(slug="faq/b")
_SILENT = ("machine", "spam", "nothing-asked")
BOT = Bot(threshold=0.6)


def weighed(score: float, *, ahead: float = 0.4) -> Weighed:
    best = Candidate(ARTICLE, "标题", 0.9, ("标题",))
    return Weighed(best, score, Candidate(OTHER, "别的", 0.9 - ahead, ("别的",)))


@pytest.mark.parametrize(
    ("asked", "reason"),
    [
        (Asked("转人工"), "asked"),
        (Asked("我要投诉,转人工"), "asked"),
        (Asked("我要投诉"), "complaint"),
        (Asked("什么时候发货", tags=("vip",)), "vip"),
        (Asked("什么时候发货", misses=2), "second-miss"),
        (Asked("什么时候发货", is_machine=True), "machine"),
        (Asked("加微信兼职", is_spam=True), "spam"),
        (Asked("在吗"), "nothing-asked"),
        (Asked("亲~ 你好呀"), "nothing-asked"),
        (Asked("hello, anyone here?"), "nothing-asked"),
        (Asked("好的谢谢"), "nothing-asked"),
    ],
)
def test_some_things_need_no_article(asked: Asked, reason: str) -> None:
    found = at_once(asked, BOT)
    assert found
    assert found.reason == reason
    assert found.what == ("silent" if reason in _SILENT else "handover")


def test_it_speaks_only_on_its_channels() -> None:
    bot = BOT._replace(channels=("wechat",))
    found = at_once(Asked("7天", channel="phone"), bot)
    assert found
    assert found.reason == "off"
    assert at_once(Asked("7天", channel="wechat"), bot) is None
    assert at_once(Asked("7天"), bot) is None
    assert at_once(Asked("7天"), Bot(is_off=True)) is not None


@pytest.mark.parametrize("text", ["在吗 7天无理由吗", "??", "谢谢,那运费谁出"])
def test_a_question_after_a_greeting_is_heard(text: str) -> None:
    assert at_once(Asked(text), BOT) is None


def test_it_answers_when_it_is_sure() -> None:
    found = decide(Asked("标题"), BOT, weighed(0.61))
    assert (found.what, found.slug, found.score) == ("answer", "faq/a", 0.61)


def test_it_hands_over_when_it_is_not() -> None:
    assert decide(Asked("标题"), BOT, weighed(0.59)).reason == "unsure"
    assert decide(Asked("标题"), BOT, None).reason == "no-article"
    close = weighed(0.9, ahead=0.05)
    assert decide(Asked("标题"), BOT._replace(margin=0.1), close).reason == "unsure"


def test_after_one_miss_the_next_is_the_second() -> None:
    again = Asked("标题", misses=1)
    assert decide(again, BOT, weighed(0.3)).reason == "second-miss"
    assert decide(again, BOT, None).reason == "second-miss"
    assert decide(again, BOT, weighed(0.9)).what == "answer"


def test_it_never_gives_the_same_answer_twice() -> None:
    found = decide(Asked("标题", given=("faq/a",)), BOT, weighed(0.99))
    assert (found.what, found.reason) == ("handover", "second-miss")
