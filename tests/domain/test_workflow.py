from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tkt.domain.workflow import CATEGORIES, SIMPLE, State, Workflow, category_of
from tkt.domain.workflow.reading import parse


def test_a_workflow_is_read() -> None:
    flow, faults = parse(
        {
            "label": {"zh": "售后", "en": "after sales"},
            "states": {
                "new": {"label": {"zh": "新建"}, "category": "new"},
                "wait": {"label": "等待", "category": "pending"},
                "done": {"category": "closed"},
            },
        },
        name="aftersales",
    )
    assert faults == []
    assert flow == Workflow(
        "aftersales",
        "售后",
        "after sales",
        (
            State("new", "新建", "新建", "new"),
            State("wait", "等待", "等待", "pending", pauses=True),
            State("done", "done", "done", "closed"),
        ),
    )
    assert flow.initial.name == "new"


@pytest.mark.parametrize(
    ("data", "where", "key"),
    [
        (None, (), "config.not_mapping"),
        ([], (), "config.not_mapping"),
        ({}, (), "workflow.no_states"),
        ({"states": {}}, ("states",), "workflow.no_states"),
        ({"states": ["new"]}, ("states",), "config.not_mapping"),
        ({"states": {"new": None}}, ("states", "new"), "config.missing_key"),
        ({"states": {"a b": {"category": "new"}}}, ("states", "a b"), "field.not_name"),
        ({"states": {1: {"category": "new"}}}, ("states", 1), "field.not_name"),
        ({"states": {"new": {}}}, ("states", "new"), "config.missing_key"),
        ({"states": {"new": {"category": ["new"]}}}, ("states", "new", "category"),
         "config.not_choice"),
    ],
)  # fmt: skip
def test_what_a_workflow_gets_wrong_is_named(data: Any, where: Any, key: str) -> None:
    flow, faults = parse(data, name="x")
    assert flow is None
    assert [(fault.where, fault.key) for fault in faults] == [(where, key)]


anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.sampled_from([*CATEGORIES, "zh", "a b"]),
    lambda inner: (
        st.lists(inner, max_size=2)
        | st.dictionaries(
            st.sampled_from(["states", "label", "category", "zh"]) | st.integers(),
            inner,
            max_size=3,
        )
    ),
)


@given(anything | st.fixed_dictionaries({"states": anything}))
def test_reading_never_fails(data: Any) -> None:
    flow, faults = parse(data, name="x")
    assert flow is not None or faults


@pytest.mark.parametrize("said", ["pending", "等待中", "PENDING", "Pending"])
def test_a_state_is_found_by_name_or_label(said: str) -> None:
    state = SIMPLE.state(said)
    assert state is not None
    assert state.name == "pending"
    assert SIMPLE.state("nowhere") is None


def test_a_name_goes_before_another_states_label() -> None:
    flow = Workflow(
        "x", "x", "x",
        (State("new", "新建", "open", "new"), State("OPEN", "甲", "a", "pending"),
         State("open", "处理中", "working", "closed")),
    )  # fmt: skip
    assert [flow.state(said).category for said in ("open", "OPEN", "Open")] == [  # type: ignore[union-attr]
        "closed", "pending", "pending",
    ]  # fmt: skip


def test_a_state_has_the_category_of_its_workflow_and_else_of_any() -> None:
    own = Workflow("own", "x", "x", (State("open", "甲", "a", "pending"),))
    assert category_of((own,), "own", "open") == "pending"
    assert category_of((own,), None, "open") == "open"
    assert category_of((own,), "own", "closed") == "closed"
    assert category_of((own,), "gone", "甲") == "pending"
    assert category_of((own,), "own", "nowhere") == "open"
