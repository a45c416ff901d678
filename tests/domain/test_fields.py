from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tkt.domain.fields import (
    FIELDS,
    LINE_LIMIT,
    alike,
    differing,
    in_order,
    is_field_name,
    is_name,
    list_fields,
    listed,
    parse_time,
    problem_with,
)


@pytest.mark.parametrize("name", ["lin", "林", "in_progress", "v2.0-beta", "vip+", "大促 11"[:2]])
def test_names(name: str) -> None:
    assert is_name(name)


@pytest.mark.parametrize(
    "name",
    [
        "", " ", "a b", "-x", "a,b", "a;b", "a/b", "a'b", 'a"b', "a\\b", "a\n", "@me", "#1", "a:b",
        "x" * 65, "a\x00", "a\x85", "a\u2028", "a\u202e", "\ufeffa", "a\ud800", 1, None, True, [],
    ],
)  # fmt: skip
def test_what_names_nothing(name: object) -> None:
    assert not is_name(name)


@pytest.mark.parametrize("name", ["color", "尺码", "x-1", "_x", "tag_2"])
def test_a_person_may_add_fields(name: str) -> None:
    assert is_field_name(name)


@pytest.mark.parametrize("name", ["timeline", "1x", "", "a b", "a.b", "a\n", "-", 1, None, ("a",)])
def test_what_names_no_field(name: object) -> None:
    assert not is_field_name(name)


@pytest.mark.parametrize(
    ("field", "value", "problem"),
    [
        ("title", "杯子碎了", None),
        ("title", "x" * LINE_LIMIT, None),
        ("title", "x" * (LINE_LIMIT + 1), "field.too_long"),
        ("title", "  ", "field.not_line"),
        ("title", "a\nb", "field.not_line"),
        ("title", "a\u2028b", "field.not_line"),
        ("title", "a\udcffb", "field.not_line"),
        ("title", 1, "field.not_text"),
        ("title", None, "field.not_text"),
        ("title", ["x"], "field.not_text"),
        ("status", "in_progress", None),
        ("status", "in progress", "field.not_name"),
        ("status", True, "field.not_text"),
        ("priority", "high", None),
        ("priority", "highest", "field.not_priority"),
        ("severity", 0, None),
        ("severity", 99, None),
        ("severity", 100, "field.not_number"),
        ("severity", -1, "field.not_number"),
        ("severity", True, "field.not_number"),
        ("severity", 2.0, "field.not_number"),
        ("severity", "2", "field.not_number"),
        ("severity", 10**40, "field.not_number"),
        ("tags", [], None),
        ("tags", ["vip", "新客"], None),
        ("tags", ["vip", "vip"], "field.not_list"),
        ("tags", ["a b"], "field.not_list"),
        ("tags", [1], "field.not_list"),
        ("tags", [["a"]], "field.not_list"),
        ("tags", "vip", "field.not_list"),
        ("opened", "2026-11-21T14:03:11+08:00", None),
        ("opened", "2026-11-21T14:03:11", "field.not_time"),
        ("opened", "yesterday", "field.not_time"),
        ("own", None, None),
        ("own", {"a": [1, 2.5, True, None, "x"]}, None),
        ("own", float("nan"), "field.not_plain"),
        ("own", [float("inf")], "field.not_plain"),
        ("own", 16**40, None),
        ("own", "\ud800", "field.not_plain"),
        ("own", {"\ud800": 1}, "field.not_plain"),
        ("own", {1: "x"}, "field.not_plain"),
        ("own", [[[[[["deep"]]]]]], "field.not_plain"),
        ("own", (1,), "field.not_plain"),
        ("own", b"x", "field.not_plain"),
    ],
)
def test_what_a_field_may_hold(field: str, value: object, problem: str | None) -> None:
    assert problem_with(field, value) == problem


@pytest.mark.parametrize(
    "text",
    [
        "2026-11-21T14:03:11+08:00", "2026-11-21T06:03:11Z", "2026-11-21 14:03:11+08:00",
        "2026-11-21T14:03:11.5-23:59", "1971-01-01T00:00:00+14:00", "9998-12-31T23:59:59-12:00",
    ],
)  # fmt: skip
def test_a_time_can_be_counted_and_shown_in_any_zone(text: str) -> None:
    from zoneinfo import ZoneInfo

    moment = parse_time(text)
    assert moment is not None
    assert moment.timestamp() > 0
    for zone in ("Pacific/Kiritimati", "Etc/GMT+12"):
        assert moment.astimezone(ZoneInfo(zone)) == moment


@pytest.mark.parametrize(
    "text",
    [
        "", "2026", "2026-11-21", "2026-11-21T14:03:11", "2026-02-30T00:00:00+08:00",
        "0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-14:00", "1969-12-31T23:59:59Z",
        "2026-11-21T14:03:11+99:00", "2026-11-21T24:03:11Z", "now",
    ],
)  # fmt: skip
def test_what_is_no_time(text: str) -> None:
    assert parse_time(text) is None


def test_known_fields_come_first_and_a_persons_own_by_name() -> None:
    shuffled: dict[str, Any] = {"zebra": 1, "tags": ["a"], "apple": 2, "title": "x", "status": "s"}
    assert list(in_order(shuffled)) == ["title", "status", "tags", "apple", "zebra"]


@pytest.mark.parametrize(
    ("one", "two"), [(1, True), (1, 1.0), (0, False), ([1], [True]), ({"a": 0}, {"a": False})]
)
def test_numbers_and_truths_are_not_alike(one: object, two: object) -> None:
    assert not alike(one, two)
    assert alike(one, one)


plain = st.recursive(
    st.none() | st.booleans() | st.integers(-2, 2) | st.sampled_from(["", "a", "1"]),
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(st.sampled_from("ab"), inner),
    max_leaves=4,
)
states = st.dictionaries(st.sampled_from("abcd"), plain.filter(lambda v: v is not None))


@given(states, states)
def test_what_differs_is_what_to_set(before: dict[str, Any], after: dict[str, Any]) -> None:
    changes = differing(before, after)
    done = {n: v for n, v in {**before, **changes}.items() if v is not None}
    assert alike(done, after)
    assert not differing(after, after)


def test_lists_are_told_from_the_rest() -> None:
    assert list_fields(["title", "tags", "own", "contested"]) == ["tags", "contested"]
    assert [listed(None), listed("a"), listed(["a"])] == [[], ["a"], ["a"]]


def test_every_field_has_labels_of_its_own() -> None:
    for labels in ([f.zh for f in FIELDS.values()], [f.en for f in FIELDS.values()]):
        assert len(set(labels)) == len(FIELDS)


def test_a_number_too_long_to_be_written_is_refused() -> None:
    assert problem_with("own", 16**5000) == "field.not_plain"
    assert problem_with("severity", 16**5000) == "field.not_number"
