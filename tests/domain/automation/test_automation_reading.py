"""What rules and macros may say, and where exactly they are wrong."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tkt import texts
from tkt.domain.automation.language import ACTIONS, MACROS, RULES
from tkt.domain.automation.reading import read_automation
from tkt.domain.automation.rules import (
    Automation,
    Rule,
    Step,
    actor_of,
    packed,
    unpacked,
)
from tkt.domain.automation.wording import worded
from tkt.domain.fields import is_name
from tkt.domain.settings import Agent, Settings, Team
from tkt.domain.spec.nested import schema
from tkt.storage.configuration import understand

SETTINGS = Settings(
    agents=(Agent("lin", "林小满"), Agent("zhao", "赵敏")),
    teams=(Team("aftersales", "售后组", "zhao"),),
)


def read(data: Any, workflow: str | None = None) -> tuple[Automation, list[tuple[Any, str]]]:
    found, faults = read_automation(SETTINGS, {"tkt.yaml": (workflow, data)})
    return found, [(fault.where, fault.key) for fault in faults["tkt.yaml"]]


def rule(**said: Any) -> dict[str, Any]:
    return {"name": "规则", "on": "open", "do": [{"note": "好"}], **said}


def wrong(**said: Any) -> list[tuple[Any, str]]:
    found, faults = read({"rules": [rule(**said)]})
    assert found.rules == ()
    return faults


def does(action: Any) -> list[tuple[Any, str]]:
    return [(where[3:], key) for where, key in wrong(do=[action])]


def test_a_text_may_be_one_for_each_language() -> None:
    both = {"zh": "{{order}} 已登记", "en": "{{order}} is registered"}
    said = [{"note": both}, {"auto_reply": {"text": both, "once": "per_day"}}]
    assert read({"rules": [rule(do=said)]})[1] == []
    assert does({"note": {"zh": "{{没有}}"}})[0][0] == (0, "note", "zh")
    assert does({"note": {"fr": "bon"}})[0][0] == (0, "note", "fr")
    assert does({"note": {}}) == [((0, "note"), "automation.says_nothing")]
    assert [worded(both, language) for language in ("zh", "en", None)] == [
        both["zh"], both["en"], both["zh"],
    ]  # fmt: skip
    assert worded({"zh": "好"}, "en") == worded("好", "en") == "好"


def test_a_sound_rule_is_read_whole() -> None:
    found, faults = read({"rules": [rule(when={"priority": "高"}, stop=True)]})
    assert not faults
    (one,) = found.rules
    assert one.ref == "tkt.yaml#rules.规则"
    assert (one.on, one.do, one.stop) == (("open",), (Step("note", "好"),), True)
    assert one.when.bound == ["and", ["is", "priority", "in", ["high"], []]]


def test_what_is_packed_is_unpacked() -> None:
    found, faults = read(
        {
            "rules": [
                rule(when="priority>=high tags:vip"),
                rule(name="b", when={"hours": "closed"}),
            ],
            "macros": {"催单": {"label": {"zh": "催"}, "with": ["运单号"], "do": ["close"]}},
        }
    )
    assert not faults
    assert unpacked(packed(found)) == found
    assert packed(Automation()) == ""


@pytest.mark.parametrize(
    ("said", "place", "key"),
    [
        ({"on": "opne"}, ("rules", 0, "on", 0), "config.not_choice_like"),
        ({"on": "opne"}, ("rules", 0, "on"), "config.not_choice_like"),
        ({"do": []}, ("rules", 0, "do"), "automation.how_many"),
        ({"do": None}, ("rules", 0), "config.missing_key"),
        ({"when": {"priorty": "high"}}, ("rules", 0, "when", "priorty"),
         "automation.bad_query_like"),
        ({"when": {"priority": "hihg"}}, ("rules", 0, "when", "priority"),
         "automation.bad_query_like"),
        ({"when": "priority:hihg"}, ("rules", 0, "when"), "automation.bad_query_like"),
        ({"when": "assignee:me"}, ("rules", 0, "when"), "automation.bad_query"),
        ({"when": {"hours": "nights"}}, ("rules", 0, "when", "hours"), "automation.hours"),
        ({"when": {"tags": {"a": 1}}}, ("rules", 0, "when", "tags"), "automation.not_value"),
        ({"name": "lin"}, ("rules", 0, "name"), "automation.name_taken"),
        ({"name": "tkt"}, ("rules", 0, "name"), "automation.name_taken"),
        ({"name": "!!!"}, ("rules", 0, "name"), "automation.name_taken"),
        ({"wehn": "x"}, ("rules", 0, "wehn"), "config.unknown_key_like"),
    ],
)  # fmt: skip
def test_a_fault_is_named_with_its_place_and_the_rule_left_out(
    said: dict[str, Any], place: Any, key: str
) -> None:
    if said.get("on") == "opne" and place[-1] == 0:
        said = {"on": ["opne"]}
    faulty = {**rule(), **said}
    found, faults = read({"rules": [faulty]})
    assert found.rules == ()
    assert (place, key) in faults


@pytest.mark.parametrize(
    ("action", "place", "key"),
    [
        ({"set": {"priority": "hihg"}}, ("set", "priority"), "automation.no_value_like"),
        ({"set": {"status": "nowhere"}}, ("set", "status"), "automation.no_value"),
        ({"set": {"until": "2026"}}, ("set", "until"), "automation.not_settable"),
        ({"set": {"timeline": "x"}}, ("set", "timeline"), "field.bad_name"),
        ({"set": {"asignee": "lin"}}, ("set", "asignee"), "automation.no_field_like"),
        ({"set": {"severity": "viel"}}, ("set", "severity"), "field.not_number"),
        ({"set": {}}, ("set",), "automation.says_nothing"),
        ({"tags": {}}, ("tags",), "automation.says_nothing"),
        ({"tags": {"add": ["a b"]}}, ("tags", "add"), "field.not_name"),
        ({"move": "opne"}, ("move",), "automation.no_state_like"),
        ({"assign": "lni"}, ("assign",), "automation.no_person_like"),
        ({"assign": "team:b"}, ("assign",), "automation.no_person"),
        ({"tell": ["lead", "nobody"]}, ("tell",), "automation.no_person"),
        ({"escalate": {"to": "lead"}}, ("escalate",), "config.missing_key"),
        ({"escalate": {"reason": "x", "priority": "top"}}, ("escalate", "priority"),
         "automation.no_value"),
        ({"reply": "亲"}, ("reply",), "automation.reply_by_rule"),
        ({"note": "{{ordr}}"}, ("note",), "automation.no_variable_like"),
        ({"note": "{{nothing_like_it}}"}, ("note",), "automation.no_variable"),
        ({"note": "{{order}"}, ("note",), "automation.loose_braces"),
        ({"auto_reply": {"text": "{{}}"}}, ("auto_reply",), "automation.loose_braces"),
        ({"auto_reply": {"once": "per_day"}}, ("auto_reply",), "config.missing_key"),
        ({"promise": "soon"}, ("promise",), "automation.not_moment"),
        ({"link": {"kind": "parent-of", "to": "7KQ4"}}, ("link", "kind"), "config.not_choice"),
        ({"clsoe": None}, ("clsoe",), "automation.no_action_like"),
        ({"note": "a", "move": "open"}, (), "automation.not_action"),
        ("explode", (), "automation.not_action"),
        (7, (), "automation.not_action"),
    ],
)  # fmt: skip
def test_an_action_that_makes_no_sense_is_named(action: Any, place: Any, key: str) -> None:
    assert (place, key) in [
        (where[1:] if where and where[0] == 0 else where, found) for where, found in does(action)
    ]


def test_what_makes_sense_passes() -> None:
    actions = [
        {"set": {"priority": "紧急", "退款原因": "破损", "severity": 2, "order": "{{external}}"}},
        {"tags": {"add": "vip", "remove": ["新客"]}},
        {"move": "处理中"}, {"assign": "team:aftersales"}, {"assign": "nobody"},
        {"note": "{{客户}} {{ next_opening }} {{agent}}"}, {"wait": {"until": "+2d"}},
        {"escalate": {"to": "lead", "reason": "{{title}}", "priority": "high"}},
        {"promise": "+48h"}, {"tell": ["lead", "assignee", "lin", "team:aftersales"]},
        {"link": {"kind": "relates", "to": "{{external}}"}}, "archive", {"close": "重复"},
        {"resolve": None},
    ]  # fmt: skip
    found, faults = read({"rules": [rule(do=actions)]})
    assert not faults
    assert len(found.rules[0].do) == len(actions)


def test_macros_may_need_variables_and_answer_in_person() -> None:
    macros = {"补发": {"with": "运单号", "do": [{"reply": "单号 {{运单号}}"}]}}
    found, faults = read({"macros": macros})
    assert not faults
    assert (found.macros[0].needs, found.macros[0].zh) == (("运单号",), "补发")
    del macros["补发"]["with"]
    assert read({"macros": macros})[1] == [
        (("macros", "补发", "do", 0, "reply"), "automation.no_variable")
    ]
    assert read({"macros": {"x": {"do": [{"auto_reply": "亲"}]}}})[1] == [
        (("macros", "x", "do", 0, "auto_reply"), "automation.auto_reply_by_person")
    ]


def test_two_rules_of_a_file_cannot_share_a_name() -> None:
    found, faults = read({"rules": [rule(), rule(name="规则 ")]})
    assert len(found.rules) == 1
    assert faults == [(("rules", 1, "name"), "automation.name_twice")]


def test_places_are_lines_and_columns_of_the_file() -> None:
    raw = "workflow: x\nrules:\n  - name: a\n    on: open\n    do:\n      - move: nowhere\n"
    flow = (
        "states: {new: {category: new}}\n"
        "automation:\n  rules:\n    - {name: b, on: x, do: [note: a]}\n"
    )
    files = {"tkt.yaml": raw.encode(), "workflows/x.yaml": flow.encode()}
    settings, faults = understand(files)
    assert [(f.path, f.line, f.key) for f in faults] == [
        ("tkt.yaml", 6, "automation.no_state"),
        ("workflows/x.yaml", 4, "config.not_choice"),
    ]
    assert settings.automation == ""


junk = st.recursive(
    st.none() | st.booleans() | st.integers(-3, 99) | st.text(max_size=8)
    | st.sampled_from(["{{id}}", "{{", "open", "note", "lead", "+2d", "\ud800"]),
    lambda inner: st.lists(inner, max_size=3)
    | st.dictionaries(
        st.sampled_from(["name", "on", "when", "do", "set", "tags", "note", "wait", "x", "with"]),
        inner, max_size=4,
    ),
    max_leaves=12,
)  # fmt: skip


@given(junk, st.sampled_from([None, "simple"]))
def test_whatever_stands_there_is_read_without_a_crash(data: Any, workflow: str | None) -> None:
    section = {"rules": data, "macros": data, "automation": {"rules": [data]}}
    found, _ = read_automation(SETTINGS, {"x": (workflow, section)})
    assert unpacked(packed(found)) == found


@given(st.text(max_size=80))
def test_a_rules_name_becomes_a_name_or_nothing(name: str) -> None:
    actor = actor_of(name)
    assert actor == "" or is_name(actor)
    assert actor_of(actor) == actor


def test_editors_are_told_the_same_in_both_languages() -> None:
    for language in texts.LANGUAGES:
        texts.use(language)
        for kind in (RULES, MACROS, ACTIONS):
            told = str(schema(kind, lambda key: texts.say(f"schema.{key}"), title="x"))
            told = told.replace("json-schema.", "").replace("schema.label.", "")
            assert "schema." not in told


def test_a_rule_knows_its_workflow() -> None:
    assert [place for place, _ in Automation((_of(None), _of("a"), _of("b"))).rules_for("a")] == [
        0, 1,
    ]  # fmt: skip


def _of(workflow: str | None) -> Rule:
    found, _ = read({"rules": [rule()]})
    return found.rules[0]._replace(workflow=workflow)
