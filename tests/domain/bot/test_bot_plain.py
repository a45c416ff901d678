"""What a customer reads of an article."""

from __future__ import annotations

import pytest

from tkt.domain.bot.plain import plain
from tkt.domain.kb.article import Article


def said(body: str) -> str:
    return plain(Article("kb/faq/a.md", "faq/a", "faq", "退货", body))


def test_links_to_other_articles_are_their_titles() -> None:
    assert said("看[退货运费](freight.md)，再申请。") == "看退货运费，再申请。"


@pytest.mark.parametrize(
    "last",
    [
        "相关：[退货运费](freight.md)、[退货怎么操作](steps.md)",
        "See also: [Freight](freight.md), [Steps](a.md).",
        "相关:\n[退货运费](freight.md)",
    ],
)
def test_what_it_refers_to_at_its_end_is_for_colleagues(last: str) -> None:
    assert said(f"可以退。\n\n{last}\n") == "可以退。"


@pytest.mark.parametrize(
    "last",
    [
        "相关：见[退货运费](freight.md)一文。",
        "官网：[12315](https://www.12315.cn)",
        "[退货运费](freight.md)",
    ],
)
def test_what_says_something_stays(last: str) -> None:
    assert said(f"可以退。\n\n{last}").startswith("可以退。\n\n")


def test_html_is_text() -> None:
    assert said("<script>alert(1)</script> 可以退") == "<script>alert(1)</script> 可以退"
