"""Markdown as it reads."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tkt.domain.kb.plain import links, plain


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


def test_links_are_told_with_their_lines_and_code_has_none() -> None:
    text = "看[这里](a.md)\n\n`[不](b.md)`\n```\n[不](c.md)\n```\n![图](d.png)"
    assert links(text) == [(1, "a.md"), (7, "d.png")]
