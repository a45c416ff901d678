"""How sure one can be that an article answers a question."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from hypothesis import given
from hypothesis import strategies as st

from tkt.domain.bot.confidence import Weighed, pieces, wanted, weigh
from tkt.domain.bot.manner import THRESHOLD
from tkt.domain.kb.article import Article

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence


def article(name: str, title: str, *questions: str, **said: Any) -> Article:
    return Article(
        f"kb/faq/{name}.md", f"faq/{name}", "faq", title, said.pop("body", "正文"),
        questions=questions, status="published", audience="public", **said,
    )  # fmt: skip


SEVEN = article("7day", "七天无理由退货", "7天无理由吗", "不喜欢可以退吗")
DISPATCH = article("dispatch", "多久发货", "什么时候发货", "今天能发货吗")
INVOICE = article("invoice", "怎么开发票", "可以开发票吗")
ALL = [SEVEN, DISPATCH, INVOICE]


def found_for(
    question: str, articles: Sequence[Article] = ALL, known: Mapping[str, int] | None = None
) -> Weighed | None:
    """As if the search liked best what this finds alike itself."""
    plain = [weigh(question, [(one, 0.0)], known or {}, 100) for one in articles]
    liked = [one.best.strength * 2 if one else 0.0 for one in plain]
    return weigh(question, zip(articles, liked, strict=True), known or {}, 100)


def sure(question: str, *articles: Article) -> float:
    found = found_for(question, articles or ALL)
    return found.score if found else 0.0


def test_the_very_question_is_nearly_certain() -> None:
    found = found_for("7天无理由吗")
    assert found
    assert found.best.article is SEVEN
    assert found.best.question == "7天无理由吗"
    assert found.score > 0.9


def test_what_everybody_says_around_a_question_does_not_matter() -> None:
    assert pieces("亲,你好,请问什么时候发货呢?谢谢") == pieces("什么时候发货")
    assert sure("您好在吗 请问一下今天能发货吗亲") > 0.9


def test_a_question_of_which_half_is_something_else_is_less_certain() -> None:
    assert sure("发票丢了快递也没到还被骂了怎么办呀") < THRESHOLD < sure("发票怎么开")


def test_nothing_in_common_is_nothing() -> None:
    assert found_for("明天下雨") is None
    assert found_for("😀!?") is None
    assert found_for("") is None


def test_two_articles_that_fit_alike_make_it_unsure() -> None:
    twin = SEVEN._replace(slug="faq/7day-again", path="kb/faq/7day-again.md")
    assert sure("7天无理由", SEVEN, twin) < sure("7天无理由", SEVEN)


def test_variants_in_other_languages_are_one_article() -> None:
    english = SEVEN._replace(path="kb/faq/7day.en.md", lang="en", title="Returns in 7 days")
    found = found_for("7天无理由", [SEVEN, english])
    assert found
    assert found.runner_up is None


def test_rare_words_tell_more_than_common_ones() -> None:
    one, other = article("one", "发票 退款"), article("two", "运费 退款")
    known = {"退款": 90, "发票": 1, "运费": 1}
    found = found_for("发票 快递 退款", [other, one], known)
    assert found
    assert found.best.article is one


def test_traditional_characters_and_width_make_no_difference() -> None:
    assert sure("可以開發票嗎") == sure("可以开发票吗")
    assert sure("7天無理由嗎") == sure("7天无理由吗")


@given(st.text(max_size=400), st.dictionaries(st.text(max_size=3), st.integers(0, 500)))
def test_it_is_a_share_whatever_is_asked(text: str, known: dict[str, int]) -> None:
    found = found_for(text, ALL, known)
    if found is not None:
        assert 0 <= found.score <= 1
        assert found.best.words
        assert set(found.best.words) <= set(wanted(text, ALL))


def test_a_matter_of_ones_own_is_for_a_person() -> None:
    found = found_for("帮我查下我的订单什么时候发货")
    assert found
    assert found.own
    assert found.score < sure("什么时候发货") - 0.2


def test_that_another_is_found_as_well_makes_it_less_sure() -> None:
    agreed = weigh("7天无理由", [(SEVEN, 0.8), (DISPATCH, 0.1)], {}, 100)
    apart = weigh("7天无理由", [(SEVEN, 0.4), (DISPATCH, 0.8)], {}, 100)
    assert agreed
    assert apart
    assert agreed.score > apart.score


def test_the_category_of_the_article_makes_it_surer() -> None:
    seven = SEVEN._replace(categories=("return",))
    right = weigh("7天无理由吗", [(seven, 0.8)], {}, 100, category="return")
    other = weigh("7天无理由吗", [(seven, 0.8)], {}, 100, category="invoice")
    assert right
    assert other
    assert right.score > other.score


def test_before_dispatch_is_not_after() -> None:
    before = article("before", "没发货想取消订单", "还没发货能取消吗")
    after = article("after", "已经发货了想取消", "东西发走了还能取消吗")
    for question, right in (("没发货的订单怎么取消", before), ("发货以后订单怎么取消", after)):
        found = weigh(question, [(before, 0.7), (after, 0.7)], {}, 100)
        assert found
        assert found.best.article is right


def test_numbers_are_the_same_in_whatever_way_they_are_written() -> None:
    assert pieces("7天无理由") == pieces("七天无理由")
    assert pieces("买了两件") == pieces("买了2件")
    assert pieces("十七天") != pieces("十7天")


def test_one_word_is_hardly_a_question() -> None:
    assert sure("发票") < THRESHOLD
