"""What a workflow's file may say, and what of it is left when something is wrong."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from processes import RETURNS, a_flow, a_shop
from tkt.domain.workflow.checking import crossed, odd, unknown_inside
from tkt.domain.workflow.reading import parse
from tkt.domain.workflow.rules import Rules
from tkt.storage import yaml
from tkt.storage.packing import pack, unpack

if TYPE_CHECKING:
    from tkt.domain.workflow import Workflow


def read(text: str) -> tuple[Workflow | None, list[tuple[Any, str]]]:
    flow, faults = parse(yaml.load(text.encode(), path="returns.yaml"), name="returns")
    return flow, [(fault.where, fault.key) for fault in faults]


def test_states_say_whether_clocks_pause_and_whether_all_ends() -> None:
    states = {state.name: (state.pauses, state.final) for state in a_flow().states}
    assert states["waiting"] == (True, False)
    assert states["inside"] == (False, False)
    assert states["spam"] == (False, True)
    assert states["new"] == (False, False)


def test_ways_are_those_of_the_file() -> None:
    flow = a_flow()
    assert [state.name for state in flow.targets("new")] == ["working", "spam"]
    assert flow.targets("spam") == ()
    assert flow.reopened().name == "inspecting"
    assert flow.rules.way("inspecting", "resolved").who == ("lead", "wang")  # type: ignore[union-attr]


def test_a_verb_goes_to_the_nearest_state_of_its_category() -> None:
    flow = a_flow()
    assert [flow.toward("pending", s).name for s in ("working", "inside")] == [  # type: ignore[union-attr]
        "waiting", "inside",
    ]  # fmt: skip
    assert flow.toward("closed", "new").name == "spam"  # type: ignore[union-attr]
    assert flow.toward("closed", "resolved").name == "closed"  # type: ignore[union-attr]


def test_a_new_ticket_is_opened_where_nothing_is_asked_for() -> None:
    assert a_flow().opened("new") == a_flow().named("working")
    guarded = RETURNS.replace(
        "{from: new, to: [working, spam]}", "{from: new, to: working, who: [lead]}"
    )
    assert a_flow(guarded).opened("new") is None


@pytest.mark.parametrize(("old", "new", "where", "key"), [
    ("category: open}", "category: opne}", ("states", "working", "category"),
     "config.not_choice_like"),
    ("final: true", "finl: true", ("states", "spam", "finl"), "config.unknown_key_like"),
    ("pauses: false", "pauses: maybe", ("states", "inside", "pauses"), "config.not_flag"),
    ("new}, category: new", "new}, category: new, pauses: true", ("states", "new", "pauses"),
     "workflow.pauses_where"),
    ("en: working}, category: open", "en: working}, category: open, final: true",
     ("states", "working", "final"), "workflow.final_where"),
    ("{from: resolved, to: closed}", "{from: resolved}", ("transitions", 5), "config.missing_key"),
    ("within: 7d", "within: soon", ("reopen", "within"), "config.not_duration"),
    ("above: 200", "above: viel", ("approval", "above"), "config.not_number"),
    ("{priority: high}", "{priority: hihg}", ("defaults", "priority"),
     "field.not_priority_like"),
    ("note: true}", "notes: true}", ("requires", "resolved", "notes"), "config.unknown_key_like"),
])  # fmt: skip
def test_a_mistake_is_named_where_it_stands_and_the_rest_works(
    old: str, new: str, where: Any, key: str
) -> None:
    assert old in RETURNS
    flow, faults = read(RETURNS.replace(old, new, 1))
    assert (where, key) in faults
    assert flow
    assert flow.state("已关闭")


@pytest.mark.parametrize(("old", "new", "where", "key"), [
    ("to: working}", "to: wroking}", ("transitions", 3, "to", 0), "workflow.no_state_like"),
    ("to: inspecting}\n", "to: nowhere}\n", ("reopen", "to"), "workflow.no_state"),
    ("  inside: {until", "  insdie: {until", ("requires", "insdie"), "workflow.no_state_like"),
    ("[received]", "[recieved]", ("transitions", 2, "requires", "checklist", 0),
     "workflow.no_item_like"),
    ("states: [inspecting]}", "states: [inspectin]}", ("checklist", 1, "states", 0),
     "workflow.no_state_like"),
    ("fields: [cause]", "fields: [cuase]", ("requires", "resolved", "fields", 0),
     "workflow.no_field_like"),
    ("field: refund", "field: cause", ("approval", "field"), "workflow.no_amount"),
    ("who: [lead, wang]", "who: [laed, wang]", ("transitions", 2, "who", 0),
     "workflow.nobody_like"),
    ("by: [lead, qian]", "by: [sun]", ("approval", "by", 0), "workflow.nobody"),
    ("{priority: high}", "{team: nobody}", ("defaults", "team"), "workflow.nobody"),
    ("{priority: high}", "{status: working}", ("defaults", "status"), "workflow.no_default"),
    ("  resolved: {fields: [cause], note: true}", "  resolved: {any: [{fields: [cuase]}]}",
     ("requires", "resolved", "any", 0, "fields", 0), "workflow.no_field_like"),
    ("requires: {checklist: [received]}", "requires: {any: [{fields: [cuase]}]}",
     ("transitions", 2, "requires", "any", 0, "fields", 0), "workflow.no_field_like"),
    ("name: received", "name: photo", ("checklist", 1, "name"), "workflow.item_twice"),
    ("{priority: high}", "{refund: 很多}", ("defaults", "refund"), "custom.not_money"),
])  # fmt: skip
def test_names_that_lead_nowhere(old: str, new: str, where: Any, key: str) -> None:
    assert old in RETURNS
    flow = a_flow(RETURNS.replace(old, new, 1))
    assert (where, key) in [(fault.where, fault.key) for fault in crossed(flow, a_shop())]


PROMISE = "sla: [{name: x, when: {%s}, targets: {urgent: {solution: 4h}}}]\n"
RUNG = "escalation: [{at: 80%%, tell: lead, when: {%s}}]\n"


@pytest.mark.parametrize("section", [PROMISE, RUNG])
@pytest.mark.parametrize(("when", "at", "key"), [
    ("priorty: high", ("priorty",), "workflow.no_field_like"),
    ("priority: hihg", ("priority", 0), "workflow.nobody_like"),
    ("team: [aftersales, aftersale]", ("team", 1), "workflow.nobody_like"),
    ("channel: wehcat", ("channel", 0), "workflow.nobody_like"),
    ("status: wroking", ("status", 0), "workflow.nobody_like"),
    ("severity: high", ("severity", 0), "config.not_number"),
])  # fmt: skip
def test_conditions_that_can_never_fit_are_named(
    section: str, when: str, at: Any, key: str
) -> None:
    flow = a_flow(RETURNS + section % when)
    (fault,) = crossed(flow, a_shop())
    assert (fault.where[2:], fault.key) == (("when", *at), key)


def test_conditions_that_can_fit_are_sound() -> None:
    fine = "priority: [high, urgent], severity: 1, category: 任何, tags: vip, team: presale"
    flow = a_flow(RETURNS + PROMISE % f"{fine}, cause: 破损")
    assert crossed(flow, a_shop()) == []


@pytest.mark.parametrize(("more", "where", "key"), [
    ("sla: [{name: x, default: true, targets: {}}]\n", ("sla", 0, "targets"), "sla.no_targets"),
    ("sla: [{name: x, default: true, targets: {urgnt: {solution: 4h}}}]\n",
     ("sla", 0, "targets", "urgnt"), "sla.not_priority_like"),
    ("escalation: [{at: 8000%, tell: lead}]\n", ("escalation", 0, "at"), "sweep.not_offset"),
])  # fmt: skip
def test_promises_and_rungs_that_mean_nothing(more: str, where: Any, key: str) -> None:
    assert (where, key) in read(RETURNS + more)[1]


@pytest.mark.parametrize(("old", "new"), [
    ("en: working}, category: open", "en: working}, category: opne"),
    ("en: closed}, category: closed", "en: closed}, category: closd"),
    ("closed: {label: {zh: 已关闭, en: closed}, category: closed}", "closed: {}"),
])  # fmt: skip
def test_a_state_with_a_faulty_category_is_the_only_mistake_told(old: str, new: str) -> None:
    assert old in RETURNS
    flow, faults = read(RETURNS.replace(old, new, 1))
    assert flow
    assert len(faults) == 1
    assert [state.name for state in flow.states] == [state.name for state in a_flow().states]
    assert crossed(flow, a_shop()) == odd(flow) == []


def test_what_is_known_is_listed_once() -> None:
    names = [state.name for state in a_flow().states]
    flow = a_flow(RETURNS.replace("  inside: {until", "  xyz: {until"))
    (fault,) = crossed(flow, a_shop())
    known = str(fault.params["known"]).split(", ")
    assert len(known) == len(set(known)) > len(names)


def test_places_stay_right_behind_a_transition_that_is_left_out() -> None:
    text = RETURNS.replace("to: [working, spam]", "to: 5").replace("to: working}", "to: wroking}")
    flow, faults = read(text)
    assert faults == [(("transitions", 0, "to"), "config.not_texts")]
    assert flow
    assert [f.where for f in unknown_inside(flow)] == [("transitions", 3, "to", 0),
                                                       ("transitions", 4, "to", 0)]  # fmt: skip


def test_two_workflows_after_one_category_are_named_at_the_later_one() -> None:
    first, later = a_flow(), a_flow(name="second")
    shop = a_shop()._replace(workflows=(first, later))
    assert crossed(first, shop) == []
    assert [fault.key for fault in crossed(later, shop)] == [
        "workflow.category_twice", "workflow.label_twice",
    ]  # fmt: skip
    assert shop.flow_for("return") is first
    assert shop.flow_for("other").name == "simple"


@pytest.mark.parametrize(("old", "new", "where", "key"), [
    ("to: [working, spam]", "to: working", ("states", "spam"), "workflow.unreachable"),
    ("  - {from: [waiting, inside], to: working}\n", "", ("states", "waiting"),
     "workflow.dead_end"),
    ("  - {from: resolved, to: closed}", "  - {from: spam, to: closed}",
     ("transitions", 5, "from"), "workflow.out_of_final"),
    ("{from: resolved, to: closed}", "{from: resolved, to: [resolved, closed]}",
     ("transitions", 5, "to"), "workflow.to_itself"),
    ("{from: inspecting, to: working}", "{from: [inspecting, new], to: working}",
     ("transitions", 3), "workflow.way_twice"),
    ("zh: 验货中, en: inspecting", "zh: 处理中, en: inspecting",
     ("states", "inspecting", "label"), "workflow.state_twice"),
])  # fmt: skip
def test_what_can_hardly_be_meant(old: str, new: str, where: Any, key: str) -> None:
    assert old in RETURNS
    flow = a_flow(RETURNS.replace(old, new, 1))
    assert (where, key) in [(fault.where, fault.key) for fault in odd(flow)]


def test_a_ring_that_never_ends_is_named() -> None:
    text = """\
states:
  new: {category: new}
  a: {category: open}
  b: {category: open}
  done: {category: closed}
transitions: [{from: new, to: [a, done]}, {from: a, to: b}, {from: b, to: a}]
"""
    found = [(fault.where, fault.key) for fault in odd(a_flow(text))]
    assert found == [(("states", "a"), "workflow.no_end"), (("states", "b"), "workflow.no_end")]


def test_the_sample_is_sound() -> None:
    assert odd(a_flow()) == []


def test_rules_are_kept_as_data_and_compared_by_it() -> None:
    shop = a_shop()
    again, faults = unpack(pack(shop, []))
    assert (again, faults) == (shop, [])
    assert again.workflows[0].rules.data == a_flow().rules.data
    assert Rules({"a": 1, "b": 2}) == Rules({"b": 2, "a": 1})


def test_sections_of_others_are_handed_on_as_they_are() -> None:
    sla = "sla: [{name: x, default: true, targets: {'*': {solution: 4h}}}]\n"
    flow = a_flow(RETURNS + sla + "macros: {a: [1]}\n")
    assert flow.rules.data["sla"][0]["targets"] == {"*": {"solution": "4h"}}
    assert flow.rules.data["macros"] == {"a": [1]}
