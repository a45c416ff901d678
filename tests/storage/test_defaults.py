"""The workflows that ship: sound, and of the shape that the rest of the desk relies on."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tkt.domain.workflow import SIMPLE
from tkt.domain.workflow.checking import odd
from tkt.storage import defaults
from tkt.storage.configuration import understand

if TYPE_CHECKING:
    from tkt.domain.workflow import Workflow

SETTINGS, FAULTS = understand(
    {
        path: raw
        for path, raw in defaults.desk_files(name="shop", language="zh").items()
        if path in ("tkt.yaml", "team.yaml") or path.startswith(("workflows/", "calendars/"))
    }
)
flows = pytest.mark.parametrize("flow", SETTINGS.workflows, ids=lambda flow: flow.name)
OURS = [flow for flow in SETTINGS.workflows if flow.name != "simple"]


def test_a_new_desk_has_no_fault_and_goes_by_the_general_workflow() -> None:
    assert FAULTS == []
    assert SETTINGS.flow(None).states == SIMPLE.states
    assert len(OURS) == 8


@flows
def test_nothing_in_it_can_hardly_be_meant(flow: Workflow) -> None:
    assert odd(flow) == []


@flows
def test_it_is_told_in_both_languages(flow: Workflow) -> None:
    labels = [(flow.zh, flow.en), *((state.zh, state.en) for state in flow.states)]
    labels += [(item.zh, item.en) for item in flow.rules.checklist]
    for zh, en in labels:
        assert not zh.isascii()
        assert en.isascii()


@pytest.mark.parametrize("flow", OURS, ids=lambda flow: flow.name)
def test_states_that_others_count_on(flow: Workflow) -> None:
    categories = {state.category for state in flow.states}
    assert categories == {"new", "open", "pending", "resolved", "closed"}
    assert flow.initial.name == "new"
    assert [flow.category_of(name) for name in ("resolved", "closed")] == ["resolved", "closed"]
    pauses = {state.name: state.pauses for state in flow.states if state.category == "pending"}
    assert pauses["waiting_customer"]
    assert not pauses["waiting_internal"]
    assert pauses.get("waiting_third", True)


def test_every_category_has_one_workflow() -> None:
    named = [category for flow in SETTINGS.workflows for category in flow.rules.categories]
    assert len(set(named)) == len(named) > 20
    assert SETTINGS.flow_for("complaint").rules.defaults == {"priority": "high"}


def test_they_name_nobody_of_a_team_that_a_shop_may_not_have() -> None:
    roles = {
        who for flow in SETTINGS.workflows for way in flow.rules.transitions for who in way.who
    }
    roles |= {who for flow in OURS if flow.rules.approval for who in flow.rules.approval.by}
    assert roles <= {"lead", "assignee"}
