"""The section ``fields`` of tkt.yaml: what it may say, and where exactly it is wrong."""

from __future__ import annotations

import pickle
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from declared import SHOP, a_desk, fields
from tkt.domain.custom.field import TYPES, Choice, CustomField, CustomFields, Label
from tkt.domain.custom.reading import FIELD_KEYS
from tkt.domain.custom.requiring import faults_of_queries
from tkt.domain.declaring import read_desk
from tkt.domain.settings import Settings
from tkt.domain.vocabulary import taken_words, vocabulary
from tkt.storage.packing import pack, unpack
from tkt.storage.search import COLUMNS


def faults(declared: Any) -> list[tuple[tuple[object, ...], str]]:
    return [(fault.where, fault.key) for fault in read_desk({"fields": declared})[1]]


def test_fields_are_read_in_their_order() -> None:
    assert [field.name for field in fields()] == list(SHOP)
    assert fields()[0] == CustomField(
        "refund",
        "money",
        Label("退款金额", "refund"),
        ("refund", "quality"),
        "state:resolved,closed",
        staff_only=True,
        formerly=("refund_amount", "money_back"),
    )
    assert fields()[1].choices == (
        Choice("s", Label("小号", "小号")),
        Choice("m", Label("中号", "medium")),
        Choice("l", Label("l", "l")),
    )
    assert fields()[-1] == CustomField("colour", "text", Label("颜色", "颜色"))


def test_choices_may_be_a_plain_list_also_of_numbers() -> None:
    (shoe,) = fields(shoe={"type": "choice", "choices": [36, "37", "38半"]})
    assert [choice.name for choice in shoe.choices] == ["36", "37", "38半"]


@pytest.mark.parametrize("text", ["refund", "REFUND", "退款金额", "refund-amount", " money_back "])
def test_a_field_is_found_by_all_that_it_is_called(text: str) -> None:
    found = fields().named(text)
    assert found is not None
    assert found.name == "refund"
    assert fields().named("refunds") is None


WRONG: list[tuple[Any, tuple[object, ...], str]] = [
    ([], (), "config.not_mapping"),
    ({"x": []}, ("x",), "config.not_mapping"),
    ({"a b": {}}, ("a b",), "field.bad_name"),
    ({"timeline": {}}, ("timeline",), "field.bad_name"),
    ({7: {}}, (7,), "field.bad_name"),
    ({"x": {"typ": "text"}}, ("x", "typ"), "config.unknown_key_like"),
    ({"x": {"type": "mony"}}, ("x", "type"), "custom.bad_type_like"),
    ({"x": {"type": "zzz"}}, ("x", "type"), "custom.bad_type"),
    ({"x": {"type": ["text"]}}, ("x", "type"), "custom.bad_type"),
    ({"x": {"label": 5}}, ("x", "label"), "config.not_text"),
    ({"x": {"label": "字" * 501}}, ("x", "label"), "config.not_text"),
    ({"x": {"label": {"zh": "某", "fr": "un"}}}, ("x", "label", "fr"), "config.unknown_key"),
    ({"x": {"label": {"zh": []}}}, ("x", "label", "zh"), "config.not_text"),
    ({"x": {"categories": {"a": 1}}}, ("x", "categories"), "config.not_texts"),
    ({"x": {"categories": ["a b"]}}, ("x", "categories"), "field.not_name"),
    ({"x": {"staff_only": "yes"}}, ("x", "staff_only"), "config.not_flag"),
    ({"x": {"required": True}}, ("x", "required"), "custom.required_what"),
    ({"x": {"required": " "}}, ("x", "required"), "custom.required_what"),
    ({"x": {"formerly": ["a b"]}}, ("x", "formerly"), "field.bad_name"),
    ({"x": {"formerly": "status"}}, ("x", "formerly"), "custom.taken"),
    ({"x": {"choices": ["a"]}}, ("x", "choices"), "custom.choices_of_what"),
    ({"x": {"type": "choice"}}, ("x", "choices"), "custom.no_choices"),
    ({"x": {"type": "choice", "choices": []}}, ("x", "choices"), "custom.no_choices"),
    ({"x": {"type": "choice", "choices": "a,b"}}, ("x", "choices"), "custom.no_choices"),
    ({"x": {"type": "choice", "choices": ["a", "b c"]}}, ("x", "choices"), "custom.bad_choice"),
    ({"x": {"type": "choice", "choices": ["a", True]}}, ("x", "choices"), "custom.bad_choice"),
    ({"x": {"type": "choice", "choices": {"a": "甲", "b": "甲"}}}, ("x", "choices", "b"),
     "custom.choice_twice"),
    ({"x": {"type": "choice", "choices": ["a", "A"]}}, ("x", "choices"), "custom.choice_twice"),
    ({"x": {"type": "money", "default": "dear"}}, ("x", "default"), "custom.bad_default"),
    ({"x": {"type": "choice", "choices": ["a"], "default": "b"}}, ("x", "default"),
     "custom.bad_default"),
    ({"x": {"default": []}}, ("x", "default"), "custom.bad_default"),
    ({"Status": {}}, ("Status",), "custom.taken"),
    ({"overdue": {}}, ("overdue",), "custom.taken"),
    ({"sla": {}}, ("sla",), "custom.taken"),
    ({"limit": {}}, ("limit",), "custom.taken"),
    ({"首次回复": {}}, ("首次回复",), "custom.taken"),
    ({"x": {"label": "标题"}}, ("x", "label"), "custom.taken"),
    ({"x": {}, "X": {}}, ("X",), "custom.twice"),
    ({"x": {}, "y": {"formerly": ["x"]}}, ("y", "formerly"), "custom.twice"),
    ({"x": {"formerly": ["z"]}, "y": {"formerly": ["z"]}}, ("y", "formerly"), "custom.twice"),
    ({"x": {"label": "价"}, "y": {"label": "价"}}, ("y", "label"), "custom.twice"),
    ({"x": {"label": "y"}, "y": {}}, ("x", "label"), "custom.twice"),
]  # fmt: skip


@pytest.mark.parametrize(("declared", "where", "key"), WRONG)
def test_a_mistake_is_named_at_its_place(declared: Any, where: Any, key: str) -> None:
    assert faults(declared) == [(("fields", *where), key)]


def test_what_cannot_be_understood_is_no_field_and_harms_no_other() -> None:
    said, found = read_desk({"fields": {"bad": {"type": "mony"}, "good": {"type": "money"}}})
    assert [field.name for field in said["fields"]] == ["good"]
    assert found[0].params["close"] == "money"


def test_a_default_may_be_a_word_for_a_day() -> None:
    assert fields(bought={"type": "date", "default": "今天"})[0].default == "今天"


def test_every_word_that_tkt_knows_is_taken() -> None:
    words = vocabulary(Settings())
    assert {*words.field_names(), *words.flag_names(), *COLUMNS} <= taken_words()


ANYTHING: st.SearchStrategy[Any] = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=4)
    | st.sampled_from([*TYPES, "refund", "status", "state:open", "今天", "状态"]),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from([*FIELD_KEYS, "zh", "en", "refund", "size", "status"])
            | st.integers(0, 9)
            | st.text(max_size=3),
            inner,
            max_size=4,
        )
    ),
)  # fmt: skip


@given(st.dictionaries(st.sampled_from(["refund", "size", "x", "y"]) | st.text(), ANYTHING))
def test_whatever_is_declared_desk_and_queries_can_be_read(declared: dict[str, Any]) -> None:
    said, _ = read_desk({"fields": declared})
    settings = Settings(**said)
    faults_of_queries(settings)
    words = [word for field in settings.fields for word in (*field.names, *field.label)]
    assert all(settings.fields.named(word) for word in words)
    assert vocabulary(settings)


@given(st.dictionaries(st.sampled_from(["refund", "size", "x", "y"]), ANYTHING))
def test_fields_travel_through_the_index_and_to_other_processes(declared: dict[str, Any]) -> None:
    settings = Settings(**read_desk({"fields": declared})[0])
    assert unpack(pack(settings, []))[0] == settings
    again = pickle.loads(pickle.dumps(settings.fields.by_name))
    assert again == settings.fields.by_name


def test_a_desk_with_every_type_travels_whole() -> None:
    packed = unpack(pack(a_desk(), []))[0]
    assert packed == a_desk()
    assert isinstance(packed.fields, CustomFields)
    assert packed.fields.named("中号") is None


def test_an_index_written_before_there_were_fields_has_none() -> None:
    import json

    old = {k: v for k, v in json.loads(pack(Settings(), [])).items() if k != "fields"}
    assert unpack(json.dumps(old))[0].fields == ()


@pytest.mark.parametrize(
    ("query", "key", "at"),
    [
        ("state:resolved,closed", None, 0),
        ("refund:none -state:new 退款", None, 0),
        ("all", None, 0),
        ("opened<-7d assignee:me", None, 0),
        ("state:opne", "custom.bad_query_like", 7),
        ("state:open colour:red", "custom.bad_query", 12),
        ("(state:open", "custom.bad_query", 1),
        ("state>", "custom.bad_query", 1),
    ],
)
def test_required_is_a_query_of_this_desk(query: str, key: str | None, at: int) -> None:
    found = faults_of_queries(a_desk({"refund": {"type": "money", "required": query}}))
    assert [(fault.key, fault.params["at"]) for fault in found] == ([(key, at)] if key else [])
    assert all(fault.where == ("fields", "refund", "required") for fault in found)
