"""classify.yaml: what it says, and every mistake in it with its place."""

from __future__ import annotations

from typing import Any

import pytest

from desks import commit_by_hand
from tkt.domain.classify.file import read_classify
from tkt.storage import configuration, yaml

GOOD = """\
inbox: other
synonyms: [[退款, 退钱]]
negations: 不是
categories:
  quality:
    label: {zh: 质量问题, en: quality}
    keywords: [质量问题, {any: 碎了, weight: 3}]
    patterns: '\\d+天'
    exclude: 质量不错
    workflow: simple
    spam: false
  other: {}
severity: [{level: 1, keywords: 流血, impact: high, urgency: low}]
matrix: {high: {low: normal, high: urgent}}
"""


def faults(text: str) -> list[tuple[str, int, int]]:
    found = configuration.understand({"classify.yaml": text.encode()})[1]
    assert all(fault.path == "classify.yaml" for fault in found)
    return [(fault.key.removeprefix("classify."), fault.line, fault.column) for fault in found]


def test_a_sound_file_has_no_faults() -> None:
    assert faults(GOOD) == []


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ("inbox: other", "inbox: othr", ("no_category_like", 1, 1)),
        ("inbox: other", "inbox: 别的", ("no_category", 1, 1)),
        ("workflow: simple", "workflow: simpel", ("no_workflow_like", 10, 5)),
        ("workflow: simple", "team: nobody", ("no_team", 10, 5)),
        ("'\\d+天'", "'(\\d+'", ("bad_pattern", 8, 5)),
        ("'\\d+天'", "['好', '(a+)+b']", ("pattern_slow", 8, 21)),
        ("weight: 3", "weight: 0", ("config.not_number", 7, 32)),
        ("[质量问题,", "['  ',", ("empty_word", 7, 16)),
        ("[质量问题,", "['\\u200b',".replace("'", '"'), ("empty_word", 7, 16)),
        ("other: {}", "other: {keywords: [质量问题]}", ("twice", 12, 22)),
        ("other: {}", "other: {keywords: [質量問題]}", ("twice", 12, 22)),
        ("other: {}", "other: {spam: true}", ("inbox_spam", 1, 1)),
        ("other: {}", "other: {keyword: 1}", ("config.unknown_key_like", 12, 11)),
        ("impact: high", "impact: huge", ("no_step", 13, 37)),
        ("keywords: 流血, ", "", ("severity_always", 13, 12)),
        ("{low: normal, high", "{low: soon, high", ("config.not_choice", 14, 17)),
        ("high: urgent}}", "high: urgent}, low: {high: high}}", ("matrix_gap", 14, 45)),
        ("level: 1,", "level: 1, categories: [qualty],", ("no_category_like", 13, 36)),
    ],
)
def test_every_mistake_is_named_with_its_place(
    old: str, new: str, fault: tuple[str, int, int]
) -> None:
    assert old in GOOD
    assert fault in faults(GOOD.replace(old, new))


def test_a_word_that_weighs_differently_tells_categories_apart() -> None:
    told = GOOD.replace("other: {}", "other: {keywords: [{any: 质量问题, weight: 2}]}")
    assert faults(told) == []


@pytest.mark.parametrize(
    "data", [None, [], "x", {"categories": [1]}, {"categories": {"a": {"keywords": [{}, 3, None]}}},
             {"categories": {"a": {"keywords": {"any": [None]}}}}, {"matrix": {"a": None}},
             {"severity": [{"level": 9}, 1]}, {"synonyms": [1, [2]]}, {"negations": {}}],
)  # fmt: skip
def test_whatever_stands_there_is_told_and_never_raised(data: Any) -> None:
    said, _ = read_classify(data)
    assert isinstance(said.get("classifier", ""), str)


def test_a_word_in_two_categories_is_only_a_caution(desk: Any, tkt: Any) -> None:
    text = GOOD.replace("other: {}", "other: {keywords: [质量问题]}")
    commit_by_hand(desk, {"classify.yaml": text.encode()})
    done = tkt("check")
    assert done.code == 0
    assert "classify.yaml:12:22" in done.out
    commit_by_hand(desk, {"classify.yaml": GOOD.replace("simple", "nowhere").encode()})
    done = tkt("check")
    assert done.code == 1
    assert "classify.yaml:10:5" in done.out


def test_the_page_shows_a_file_that_does_what_it_says() -> None:
    from samples import classifier

    from pages import blocks, rows
    from tkt.domain.classify.deciding import Facts, decide

    made = classifier(blocks("classification", "yaml")[0])
    table = rows("classification", "文字 text")
    assert len(table) > 10
    assert yaml.load(blocks("classification", "yaml")[0], path="x")
    for text, category in table:
        assert decide(made, {}, text, Facts()).category == category, text
