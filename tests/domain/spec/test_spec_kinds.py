"""A settings file is checked by what is said of it once, and what is wrong in it is left out."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tkt.domain.spec.kind import BAD
from tkt.domain.spec.nested import (
    LABEL,
    Either,
    Key,
    Keyed,
    ListOf,
    Record,
    labels,
    schema,
    taken,
)
from tkt.domain.spec.simple import Anything, Choice, Flag, Name, Number, Parsed, Text, Texts

STATE = Record("state", {
    "label": LABEL,
    "category": Key(Choice("new", "open", "closed"), needed=True),
    "pauses": Flag(),
})  # fmt: skip
FILE = Record("file", {
    "states": Key(Keyed(STATE), needed=True),
    "steps": ListOf(Record("step", {"to": Key(Name(), needed=True), "who": Texts()})),
    "all": ListOf(Number(0, 9), whole=True),
    "one": ListOf(Text(), lone=True),
    "size": Either(Number(1, 5, whole=False), Parsed(int, "config.not_duration")),
    "rest": Anything(),
})  # fmt: skip
SOUND = {
    "states": {"new": {"label": {"zh": "新", "en": "new"}, "category": "new"},
               "done": {"category": "closed", "pauses": True, "label": "完"}},
    "steps": [{"to": "done", "who": ["lin"]}], "all": [1, 2], "one": ["x"], "size": 2.5,
    "rest": [1, {"a": None}],
}  # fmt: skip


def found(data: Any) -> list[tuple[Any, str]]:
    return [(fault.where, fault.key) for fault in taken(FILE, data)[1]]


def test_what_is_sound_is_taken_as_it_stands() -> None:
    assert taken(FILE, SOUND) == (SOUND, [])


@pytest.mark.parametrize(
    ("change", "where", "key"),
    [
        ({"staets": {}}, ("staets",), "config.unknown_key_like"),
        ({"colour": 1}, ("colour",), "config.unknown_key"),
        ({5: 1}, (5,), "config.unknown_key"),
        ({"all": [1, 10]}, ("all", 1), "config.not_number"),
        ({"all": [True]}, ("all", 0), "config.not_number"),
        ({"all": 3}, ("all",), "config.not_list"),
        ({"one": {"a": 1}}, ("one",), "config.not_list"),
        ({"one": " "}, ("one",), "config.not_text"),
        ({"size": 7}, ("size",), "config.not_number"),
        ({"size": "x"}, ("size",), "config.not_duration"),
        ({"steps": [{"who": "lin"}]}, ("steps", 0), "config.missing_key"),
        ({"steps": [{"to": "a b"}]}, ("steps", 0, "to"), "field.not_name"),
        ({"steps": [{"to": "a", "who": [1]}]}, ("steps", 0, "who"), "config.not_texts"),
        ({"states": {"a b": {}}}, ("states", "a b"), "field.not_name"),
        ({"states": {"a": {"category": "opne"}}}, ("states", "a", "category"),
         "config.not_choice_like"),
        ({"states": {"a": {"category": "zzz"}}}, ("states", "a", "category"), "config.not_choice"),
        ({"states": {"a": {"category": "new", "pauses": "yes"}}}, ("states", "a", "pauses"),
         "config.not_flag"),
        ({"states": {"a": {"category": "new", "label": {"fr": "x"}}}},
         ("states", "a", "label", "fr"), "config.unknown_key"),
        ({"states": []}, ("states",), "config.not_mapping"),
        ({"states": None}, (), "config.missing_key"),
    ],
)  # fmt: skip
def test_every_mistake_is_named_with_its_place(change: Any, where: Any, key: str) -> None:
    assert found({**SOUND, **change}) == [(where, key)]


def test_a_fault_costs_no_more_than_what_it_stands_in() -> None:
    data = {"states": {"a": {"category": "new", "pauses": 1}, "b": {"category": "zzz"}},
            "steps": [{"to": "a"}, {"to": 1}], "all": [1, 99], "one": "x"}  # fmt: skip
    assert taken(FILE, data)[0] == {
        "states": {"a": {"category": "new"}}, "steps": [{"to": "a"}], "one": ["x"]
    }  # fmt: skip


def test_the_nearest_word_is_named() -> None:
    _, faults = taken(FILE, {**SOUND, "stpes": []})
    assert faults[0].params["close"] == "steps"


def test_a_fault_under_a_needed_key_spoils_what_it_is_needed_for() -> None:
    assert STATE.take({"category": "zzz"}, (), []) is BAD
    assert taken(FILE, {"states": 1})[0] == {}


@pytest.mark.parametrize("data", [None, {}])
def test_nothing_at_all_is_an_empty_file(data: Any) -> None:
    record = Record("x", {"a": Text()})
    assert taken(record, data) == ({}, [])


@pytest.mark.parametrize(
    ("label", "expected"),
    [("新", ("新", "新")), ({"zh": "新", "en": "new"}, ("新", "new")), ({"en": "n"}, ("n",) * 2),
     (None, ("n", "n")), ({}, ("n", "n"))],
)  # fmt: skip
def test_a_label_speaks_both_languages(label: Any, expected: tuple[str, str]) -> None:
    assert labels(label, "n") == expected


def test_the_schema_says_the_same() -> None:
    told = schema(FILE, lambda key: f"<{key}>", title="t")
    assert told["required"] == ["states"]
    assert told["additionalProperties"] is False
    state = told["properties"]["states"]["additionalProperties"]
    assert state["properties"]["category"]["enum"] == ["new", "open", "closed"]
    assert state["properties"]["pauses"] == {
        "type": ["boolean", "null"],
        "description": "<state.pauses>",
    }
    assert json.loads(json.dumps(told)) == told


plain = st.recursive(
    st.none() | st.booleans() | st.integers(-3, 12) | st.text(max_size=4)
    | st.sampled_from(["new", "done", "lin", "states", "to"]),
    lambda inner: st.lists(inner, max_size=3)
    | st.dictionaries(
        st.sampled_from([*FILE.keys, *STATE.keys, "to", "who", "x", "zh"]) | st.integers(0, 2),
        inner, max_size=4,
    ),
    max_leaves=20,
)  # fmt: skip


@given(plain)
def test_taking_never_fails_and_what_is_taken_is_sound(data: Any) -> None:
    once, faults = taken(FILE, data)
    again, none = taken(FILE, once)
    if once:
        assert (again, none) == (once, [])
    else:
        assert faults
