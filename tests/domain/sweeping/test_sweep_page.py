"""The page about the sweep says what is so."""

from __future__ import annotations

from pages import page, rows, settings
from processes import a_flow
from tkt.domain.spec.nested import Record, taken
from tkt.domain.sweeping.files import AUTOMATION, LADDER, RUNG, faults_in_ladder, faults_in_upkeep
from tkt.domain.sweeping.ladder import TRIGGERS, read_ladder
from tkt.domain.sweeping.upkeep import read_upkeep


def test_the_ladder_is_sound_and_shows_every_key() -> None:
    said, faults = taken(Record("", {"escalation": LADDER}), settings("sweep", "escalation"))
    assert faults + faults_in_ladder(said["escalation"]) == []
    rungs = read_ladder(said["escalation"])
    assert {rung.trigger for rung in rungs} == set(TRIGGERS)
    assert {key for entry in said["escalation"] for key in entry} == set(RUNG.keys)


def test_the_tables_have_every_trigger_and_every_deed() -> None:
    waited = {first.split("`")[1].partition(":")[0] for first, *_ in rows("sweep", "等什么")}
    done = {first.split("`")[1].partition(":")[0] for first, *_ in rows("sweep", "做什么")}
    assert waited == set(TRIGGERS)
    assert waited | done == set(RUNG.keys) - {"name", "clock", "when"}


def test_upkeep_is_sound_and_shows_every_key() -> None:
    data = settings("sweep", "automation")
    said, faults = taken(Record("", {"automation": AUTOMATION}), data)
    assert faults == []
    assert set(data["automation"]) == set(AUTOMATION.keys) - {"rules"}
    states = (
        "{new: {category: new}, waiting_customer: {category: pending}, "
        "resolved: {category: resolved}, refused: {category: resolved}, closed: {category: closed}}"
    )
    upkeep = read_upkeep(said["automation"])
    assert faults_in_upkeep(upkeep, a_flow(f"states: {states}")) == []


def test_what_it_leads_to_is_there() -> None:
    assert "(notifications.md)" in page("sweep")
