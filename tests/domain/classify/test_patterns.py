"""Patterns that a text could keep busy are refused; the others say what they cannot do without."""

from __future__ import annotations

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from tkt.domain.classify.folding import fold
from tkt.domain.classify.patterns import LIMIT, MOST, compiled, fault_of, marks_of
from tkt.storage import yaml
from tkt.storage.defaults import shipped
from tkt.storage.layout import CLASSIFY

SHIPPED = [
    pattern["re"] if isinstance(pattern, dict) else pattern
    for category in yaml.load(shipped(CLASSIFY).read_bytes(), path=CLASSIFY)["categories"].values()
    for pattern in (category or {}).get("patterns", ())
]

GOOD = [
    r"(\d+|[一二三两几])天.{0,6}没(动|更新)",
    r"SF\d{12}",
    r"(太|真)差",
    r"退款(?:了)?吗",
    r"(?<!不)退",
    r"(.)\1{3,}",
    r"(\d{4}-){3}\d{4}",
    r"什么时候.{0,10}(发货|到)",
]
SLOW = [
    r"(a+)+b",
    r"(a*)*b",
    r"(a|aa)+b",
    r"(a|b?)*c",
    r"(.{0,9}x){1,9}",
    r".*.*.*x",
    r"(?:(?:a?){30})b",
    r"(\w+\s?)*!",
    r"(x+x+)+y",
]


@pytest.mark.parametrize("pattern", GOOD)
def test_patterns_of_the_trade_are_taken(pattern: str) -> None:
    assert fault_of(pattern) is None


@pytest.mark.parametrize("pattern", GOOD)
def test_what_is_taken_comes_to_an_end_on_any_text(pattern: str) -> None:
    for text in ("1" * LIMIT, "a" * LIMIT, "天没" * (LIMIT // 2), "x" * (LIMIT - 1) + "!"):
        compiled(pattern).search(text)


@pytest.mark.parametrize("pattern", SLOW)
def test_patterns_that_could_take_for_ever_are_refused(pattern: str) -> None:
    fault = fault_of(pattern)
    assert fault
    assert fault[0] == "classify.pattern_slow"


@pytest.mark.parametrize(
    ("pattern", "key"),
    [
        ("(退款", "classify.bad_pattern"),
        ("退*", "classify.pattern_empty"),
        ("[", "classify.bad_pattern"),
        ("退" * (MOST + 1), "classify.pattern_long"),
        ("a{99999999999}", "classify.bad_pattern"),
    ],
)
def test_what_is_no_pattern_is_told(pattern: str, key: str) -> None:
    fault = fault_of(pattern)
    assert fault
    assert fault[0] == key


@pytest.mark.parametrize(
    ("pattern", "marks"),
    [
        ("物流", [["物流"]]),
        ("(物流|快递).{0,8}(不动|停)", [["不动", "停"], ["快递", "物流"]]),
        (r"(\d+|[一两])天.{0,6}没(动|到)", [["天"], ["没"], ["到", "动"]]),
        ("Refund|Where is", [["re", "wh"]]),
        ("(ab){2}c", [["ab"], ["c"]]),
        ("(?:发|寄)(票|单)", [["单", "票"], ["发", "寄"]]),
        ("a?b*c{0,3}", []),
        (r"\d{3}", []),
        ("(退|)款", [["款"]]),
        ("[^a]x", [["x"]]),
    ],
)
def test_what_a_pattern_cannot_do_without_is_known(pattern: str, marks: list[list[str]]) -> None:
    assert marks_of(pattern) == marks


@settings(max_examples=300)
@given(pattern=st.sampled_from(SHIPPED), data=st.data())
def test_whatever_a_shipped_pattern_finds_has_its_marks(pattern: str, data: st.DataObject) -> None:
    found = fold(data.draw(st.from_regex(compiled(pattern))))[:LIMIT]
    assume(compiled(pattern).search(found))
    there = {*found, *map(str.__add__, found, found[1:])}
    assert all(not there.isdisjoint(marks) for marks in marks_of(pattern))
