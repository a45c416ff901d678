"""A search that a hurried agent trusts."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from shelf import put, record, stock
from tkt.services.kb.searching import Filters, Searcher, search
from tkt.storage.desk import Desk

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

FAQ = Filters(("faq",))


@pytest.fixture
def there(desk: Path) -> Iterator[Desk]:
    stock(desk)
    opened = Desk(str(desk))
    yield opened
    opened.index.close()


def names(desk: Desk, text: str, filters: Filters = FAQ) -> list[str]:
    return [hit.article.name for hit in search(desk, text, filters)]


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("退款多久到账", "refund-time"),
        ("退钱要几天到帐", "refund-time"),
        ("返款多久", "refund-time"),
        ("退貨運費誰出", "freight-who"),
        ("退货险怎么赔", "freight-insurance"),
        ("運費險", "freight-insurance"),
        ("找小二", "human"),
        ("ＢＬＵＥＴＯＯＴＨ", "bluetooth"),
        ("bluetoth连不上", "bluetooth"),
        ("蓝牙", "bluetooth"),
        ("我买的杯子碎了", "broken"),
        ("票", "invoice"),
        ("发票", "invoice"),
        ("tuikuan", "refund-time"),
        ("refund-time", "refund-time"),
    ],
)
def test_the_right_article_comes_first(there: Desk, typed: str, first: str) -> None:
    assert names(there, typed)[:1] == [first]


def test_the_very_title_or_question_is_sure(there: Desk) -> None:
    for typed in ("退货运费 谁出？", "杯子碎了!"):
        assert search(there, typed, FAQ)[0].score == 1


def test_one_character_is_found_wherever_it_stands(there: Desk) -> None:
    assert set(names(there, "险")) == {"freight-insurance"}
    assert {"refund-time", "freight-who"} <= set(names(there, "退"))


def test_what_is_beside_the_point_is_left_out(there: Desk) -> None:
    assert names(there, "怎么开发票") == ["invoice"]


def test_nothing_in_the_text_reaches_past_the_filters(desk: Path) -> None:
    put(desk, "faq/secret", "退款暗号", audience="internal")
    put(desk, "faq/draft", "退款草稿", status="draft")
    put(desk, "faq/open", "退款公开", category="[refund]")
    record(desk)
    there = Desk(str(desk))
    public = Filters(("faq",), audiences=("public",))
    for typed in (
        "退款",
        "secret",
        "draft",
        '退款" OR filed : "internal',
        "退款 \ue000status\ue000draft",
    ):
        assert set(names(there, typed, public)) <= {"open"}
    assert names(there, "退款", public._replace(category="refund")) == ["open"]
    assert names(there, "退款", public._replace(category="quality")) == []


def test_of_several_languages_a_slug_is_found_once(desk: Path) -> None:
    put(desk, "faq/refund", "退款 refund", lang="zh")
    put(desk, "faq/refund.en", "Refund 退款")
    record(desk)
    there = Desk(str(desk))
    assert names(there, "refund") == ["refund"]
    (hit,) = search(there, "refund", FAQ._replace(lang="en"))
    assert hit.article.lang == "en"


def test_of_equals_the_first_by_name_comes_first(desk: Path) -> None:
    for name in ("c", "a", "b"):
        put(desk, f"faq/{name}", "退款说明", "一样的话")
        record(desk)
    assert names(Desk(str(desk)), "退款说明书") == ["a", "b", "c"]


def test_synonyms_are_the_desks_own(desk: Path) -> None:
    put(desk, "faq/a", "海淘税费")
    (desk / "kb/synonyms.yaml").write_text("- [税费, 关税]\n", "utf-8")
    record(desk)
    assert names(Desk(str(desk)), "关税") == ["a"]


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=st.text(max_size=60))
def test_nothing_typed_breaks_it(there: Desk, text: str) -> None:
    for hit in Searcher(there).search(text, FAQ):
        assert 0 < hit.score <= 1


@pytest.mark.parametrize(
    "text", ["退" * 10_000, "refund " * 2000, '"' * 10_000, "😀" * 10_000, "AND OR NOT NEAR()"]
)
def test_neither_does_very_much(there: Desk, text: str) -> None:
    search(there, text, FAQ)


def test_of_more_that_are_as_good_than_are_looked_at_names_decide(desk: Path) -> None:
    """The order in which files came to a clone, which numbers them, does not."""
    for number in reversed(range(80)):
        put(desk, f"faq/n{number:02}", "包邮吗", "满 99 元包邮。")
        if number in (60, 30, 0):  # what a clone has at a time gets the next numbers
            record(desk)
            opened = Desk(str(desk))
            found = names(opened, "元包邮")
            opened.index.close()
    assert found == [f"n{number:02}" for number in range(20)]
