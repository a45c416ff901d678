"""The categories that every new desk gets: words enough, each saying one thing, and a process."""

from __future__ import annotations

import re
from collections import defaultdict
from typing import Any

import pytest

from tkt.domain.classify.compiling import entries
from tkt.domain.classify.deciding import Decision, Facts, decide
from tkt.domain.classify.folding import fold
from tkt.domain.classify.matching import Classifier
from tkt.storage import defaults, yaml
from tkt.storage.configuration import understand

FILES = defaults.desk_files(name="天猫店", language="zh")
SETTINGS, FAULTS = understand(FILES)
SAID: dict[str, Any] = yaml.load(FILES["classify.yaml"], path="classify.yaml")
CATEGORIES: dict[str, Any] = SAID["categories"]
AREAS = {
    "pre-sales": {"presale", "product", "size", "availability", "shipping"},
    "orders": {"order", "payment", "cancel", "address", "intercept", "dispatch", "missing"},
    "logistics": {"logistics", "delivery"},
    "after-sales": {"return", "exchange", "refund", "return-freight", "aftersales"},
    "quality": {"quality", "mismatch"},
    "invoices": {"invoice"},
    "complaints": {"complaint", "bad-review", "service", "counterfeit"},
    "promotions": {"promotion", "price", "preorder"},
    "accounts": {"account", "member"},
    "technical": {"technical", "repair", "warranty"},
}
categories = pytest.mark.parametrize("name", CATEGORIES)


def words(name: str) -> list[tuple[str, float]]:
    return list(entries(CATEGORIES[name].get("keywords")))


def is_chinese(text: str) -> bool:
    return re.search("[\u4e00-\u9fff]", text) is not None


def test_a_new_desk_has_them_without_a_fault() -> None:
    assert FAULTS == []
    assert len(SETTINGS.categories) == len(CATEGORIES) >= 20


def test_every_area_of_a_shop_is_served() -> None:
    assert {name for names in AREAS.values() for name in names} <= set(CATEGORIES)


def test_there_are_words_enough_in_both_languages() -> None:
    every = {word for name in CATEGORIES for word, _ in words(name)}
    assert len({word for word in every if is_chinese(word)}) >= 600
    assert len({word for word in every if not is_chinese(word)}) >= 200


@categories
def test_a_category_is_known_in_both_languages(name: str) -> None:
    said = [word for word, _ in words(name)]
    assert name == SAID["inbox"] or {is_chinese(word) for word in said} == {True, False}
    assert CATEGORIES[name]["label"].keys() == {"zh", "en"}
    assert is_chinese(CATEGORIES[name]["label"]["zh"])
    assert not is_chinese(CATEGORIES[name]["label"]["en"])


@categories
def test_it_says_no_word_twice(name: str) -> None:
    said = [fold(word) for word, _ in words(name)]
    assert sorted(said) == sorted(set(said))


def test_no_word_weighs_the_same_in_two_categories() -> None:
    owners = defaultdict(set)
    for name in CATEGORIES:
        for word, weight in words(name):
            owners[fold(word), weight].add(name)
    assert {word: among for word, among in owners.items() if len(among) > 1} == {}


@categories
def test_it_leads_to_the_workflow_that_claims_it(name: str) -> None:
    assert CATEGORIES[name]["workflow"] == SETTINGS.flow_for(name).name
    assert name in SETTINGS.flow_for(name).rules.categories


def test_every_category_of_a_workflow_is_known() -> None:
    named = {name for flow in SETTINGS.workflows for name in flow.rules.categories}
    assert named == set(CATEGORIES)


def test_what_is_not_recognised_goes_to_a_category_without_words() -> None:
    assert SAID["inbox"] == "other"
    assert words("other") == []


def test_none_names_a_team_or_a_skill_that_a_shop_may_not_have() -> None:
    assert [one.name for one in SETTINGS.categories if one.team or one.skills] == []


@pytest.mark.parametrize(
    ("text", "category", "severity"),
    [
        ("The mug arrived broken and cut my hand", "quality", 1),
        ("My son burned himself on the kettle, it sparked", "quality", 1),
        ("面霜用了脸烂了", "quality", 1),
        ("诚信办理发票,可验真伪", "spam", None),
        ("我不要退货我要维修", "repair", 4),
        ("不要发票", "other", None),
        ("一点都不掉色,好评", "praise", None),
        ("拍错颜色了,黑色改成白色", "order", 4),
        ("AUTO: 订单发货通知", "spam", None),
        ("【顺丰速运】您的快件已签收", "spam", None),
    ],
)
def test_what_is_easily_mistaken(text: str, category: str, severity: int | None) -> None:
    decision = decided(text)
    assert decision.category == category
    assert (decision.severity and decision.severity.value) == severity


@pytest.mark.parametrize(
    "text", ["【顺丰速运】您的快件已签收,可是我没收到", "发票验真查不到", "洗一次就掉色"]
)
def test_what_only_looks_alike_is_still_known(text: str) -> None:
    assert decided(text).category not in ("spam", "praise", "other")


def decided(text: str) -> Decision:
    classifier = Classifier.of(SETTINGS.classifier)
    assert classifier
    known = {one.name: one for one in SETTINGS.categories}
    return decide(classifier, known, text, Facts((), None, None, None))
