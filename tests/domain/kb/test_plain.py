"""Markdown as it reads."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tkt.domain.kb.plain import gist, links, plain, untargeted


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("# 标题", "标题"),
        ("**马上** *退* `a*b*c`", "马上 退 a*b*c"),
        ("- 一\n- 二", "· 一\n· 二"),
        ("[退款](../faq/refund.md)", "退款 (../faq/refund.md)"),
        ("> 原话", "原话"),
        ("| a | b |\n| --- | --- |\n| 1 | 2 |", "a  b\n1  2"),
        ("```sh\n# 注释\n```", "# 注释"),
        ("<script>alert(1)</script>", "<script>alert(1)</script>"),
        ("2 * 3 * 4", "2 * 3 * 4"),
    ],
)
def test_marks_go_and_words_stay(written: str, read: str) -> None:
    assert plain(written) == read


@given(st.text(alphabet="*_`[]()#>-|!ab \n", max_size=200))
def test_nothing_breaks_it(text: str) -> None:
    plain(text)
    links(text)
    gist(text)


@pytest.mark.parametrize(
    "piece", ["[", "![", "[a](x ", "**a ", "__a ", "*a ", "`a ", "# x  ", "| ", "[a](" + "x" * 99]
)
def test_a_large_article_of_signs_that_are_never_closed_is_read_to_its_end(piece: str) -> None:
    # Half a megabyte of them in one line: any pattern that begins anew at every sign is at it
    # for hours, and this test with it.
    text = piece * (500_000 // len(piece))
    plain(text)
    links(text)
    gist(text)


def test_where_a_link_leads_is_no_part_of_what_a_text_says() -> None:
    assert untargeted("看[退货](return-steps.md)、![图](a.png)") == "看退货、图"


def test_lines_that_only_lead_elsewhere_are_no_part_of_it_either() -> None:
    text = "亲，[运费险](freight.md)会赔。\n\n相关：[退款](refund.md)、[退货](return.md)"
    assert gist(text) == "亲，运费险会赔。"


def test_links_are_told_with_their_lines_and_code_has_none() -> None:
    text = "看[这里](a.md)\n\n`[不](b.md)`\n```\n[不](c.md)\n```\n![图](d.png)"
    assert links(text) == [(1, "a.md"), (7, "d.png")]
