"""Customers as values: ids, contacts, what changes, what is masked, two versions made one."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tkt.domain.customers import customer, merging, showing
from tkt.domain.customers.identity import contact_key, id_in_path, is_customer_id, path_of
from tkt.domain.customers.new_ids import free_id, id_from

ID = "c-7KQ4M2PA"


@pytest.mark.parametrize(
    "typed",
    ["13800138000", "138-0013-8000", "+8613800138000", "１３８００１３８０００",
     "008613800138000"],
)  # fmt: skip
def test_a_phone_number_is_one_however_it_is_written(typed: str) -> None:
    assert contact_key(typed) == "13800138000"


def test_other_contacts_are_compared_without_case_and_width() -> None:
    assert contact_key(" TB_小明 ") == contact_key("ｔｂ_小明")
    assert contact_key("0571-8888 6666") == "057188886666"
    assert contact_key("王 小明") != contact_key("王小明")


@given(st.text(min_size=1))
def test_an_id_follows_from_the_contact_alone(contact: str) -> None:
    made = id_from("qianniu", contact)
    assert is_customer_id(made)
    assert made == id_from("qianniu", contact)
    assert id_in_path(path_of(made)) == made


def test_an_id_that_is_taken_gives_way_to_the_contacts_next() -> None:
    first = id_from("phone", "13800138000")
    assert free_id("phone", "13800138000", taken={first}.__contains__) != first


def test_contacts_are_added_once_and_taken_away() -> None:
    doc = customer.with_contact({"id": ID}, "phone", "13800138000")
    assert customer.with_contact(doc, "phone", "138 0013 8000") == doc
    assert customer.without_contact(doc, "phone", "+8613800138000") == {"id": ID}


def test_who_is_found_to_be_the_same_person_keeps_everything() -> None:
    one = {"id": ID, "name": "王小明", "contacts": {"phone": ["13800138000"]},
           "preferences": {"快递": "顺丰"}, "tags": {"vip": {"spent": "1.00"}},
           "notes": [{"at": "2026-11-21T10:00:00+08:00", "by": "lin", "text": "b"}]}  # fmt: skip
    other = {"id": "c-22222222", "contacts": {"qianniu": ["tb_小明"]}, "tags_by_hand": ["老朋友"],
             "preferences": {"快递": "圆通", "发票": "不要"}, "addresses": ["杭州"],
             "notes": [{"at": "2026-11-20T10:00:00+08:00", "by": "lin", "text": "a"}]}  # fmt: skip
    whole = customer.united(one, other)
    assert whole["id"] == ID
    assert whole["contacts"] == {"phone": ["13800138000"], "qianniu": ["tb_小明"]}
    assert whole["preferences"] == {"快递": "顺丰", "发票": "不要"}
    assert [note["text"] for note in whole["notes"]] == ["a", "b"]
    assert customer.tags_of(whole) == ["vip", "老朋友"]


def test_faults_say_where_they_are() -> None:
    doc = {"id": "c-22222222", "consent": {"marketing": {"given": "yes"}}, "phone": "138"}
    faults = customer.faults_of(doc, customer_id=ID)
    assert {fault.where for fault in faults} >= {("id",), ("phone",)}
    assert not customer.is_usable(faults)


def test_a_key_of_a_later_version_is_told_and_hinders_nothing() -> None:
    faults = customer.faults_of({"id": ID, "loyalty": 3}, customer_id=ID)
    assert len(faults) == 1
    assert customer.is_usable(faults)


def test_what_is_private_is_masked() -> None:
    doc = {"id": ID, "name": "王小明", "ids": ["330106199001011234"],
           "contacts": {"phone": ["13800138000"], "mail": ["ming@shop.cn"], "qianniu": ["tb_小明"]},
           "addresses": ["浙江省杭州市西湖区文三路1号"],
           "kept": [{"ticket": "261121-7KQ4", "kind": "mobile", "value": "13911112222"}],
    }  # fmt: skip
    shown = showing.masked(doc)
    assert shown["contacts"] == {
        "phone": ["138****8000"], "mail": ["m****@shop.cn"], "qianniu": ["tb_小明"]
    }  # fmt: skip
    assert shown["addresses"] == ["浙江省杭州市****"]
    assert shown["ids"] == ["330106********1234"]
    assert shown["kept"][0]["value"] == "139****2222"
    assert shown["name"] == "王小明"


DOCS = st.fixed_dictionaries({"id": st.just(ID)}, optional={
    "name": st.sampled_from(["甲", "乙"]),
    "contacts": st.dictionaries(
        st.sampled_from(["phone", "mail"]),
        st.lists(st.sampled_from("abcd"), min_size=1, unique=True), min_size=1,
    ),
    "tags_by_hand": st.lists(st.sampled_from("xyz"), min_size=1, unique=True),
    "preferences": st.dictionaries(st.sampled_from("pq"), st.sampled_from("12"), min_size=1),
})  # fmt: skip


@given(DOCS, DOCS, DOCS)
def test_two_versions_become_the_same_whoever_merges(
    base: dict[str, Any], ours: dict[str, Any], theirs: dict[str, Any]
) -> None:
    one = merging.merged_customer(base, ours, theirs)
    assert one == merging.merged_customer(base, theirs, ours)
    assert merging.merged_customer(base, ours, base) == customer.in_order(ours)


def test_what_either_side_added_stays_and_what_either_took_out_is_gone() -> None:
    base = {"id": ID, "contacts": {"phone": ["1", "2"]}}
    ours = {"id": ID, "contacts": {"phone": ["1"], "mail": ["a@b"]}}
    theirs = {"id": ID, "name": "王", "contacts": {"phone": ["1", "2", "3"]}}
    assert merging.merged_customer(base, ours, theirs) == {
        "id": ID, "name": "王", "contacts": {"phone": ["1", "3"], "mail": ["a@b"]}
    }  # fmt: skip
