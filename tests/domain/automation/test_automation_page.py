"""The page about rules and macros says what is so."""

from __future__ import annotations

import re

from pages import page, rows, settings
from tkt.domain.automation.language import BARE, MACRO, RULE, STEPS
from tkt.domain.automation.reading import read_automation
from tkt.domain.automation.rules import DEEPEST, TRIGGERS
from tkt.domain.automation.wording import SPECIAL
from tkt.domain.settings import Agent, Settings, Team
from tkt.domain.spec.nested import Record, taken
from tkt.storage import yaml

SHOP = Settings(agents=(Agent("lin", "林小满"),), teams=(Team("finance", "财务组", "lin"),))


def test_the_example_is_sound_and_shows_every_key() -> None:
    data = settings("automation", "rules")
    found, faults = read_automation(SHOP, {"tkt.yaml": (None, data)})
    assert faults == {"tkt.yaml": []}
    assert len(found.rules) == len(data["rules"])
    assert len(found.macros) == len(data["macros"])
    assert {key for entry in data["rules"] for key in entry} == set(RULE.keys)
    assert {key for entry in data["macros"].values() for key in entry} == set(MACRO.keys)


def test_the_table_has_every_action_and_each_is_sound() -> None:
    told = [first for first, *_ in rows("automation", "动作 action")]
    kinds = []
    for cell in told[:-1]:
        ((kind, said),) = yaml.load(cell.strip("`"), path="page").items()
        assert taken(Record("", {kind: STEPS[kind]}), {kind: said})[1] == []
        kinds.append(kind)
    bare = re.findall(r"`(\w+)`", told[-1])
    assert {*kinds, *bare} == set(STEPS)
    assert set(bare) == set(BARE)


def test_it_names_every_trigger_every_variable_and_the_depth() -> None:
    said = page("automation").split("- `on`")[1].split("- `when`")[0]
    assert set(re.findall(r"`(\w+)`", said)) == set(TRIGGERS)
    assert [name for name in SPECIAL if f"{{{{{name}}}}}" not in page("automation")] == []
    assert f"最多 {DEEPEST} 层" in page("automation")
