"""The page about clocks says what is so."""

from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from pages import page, rows, settings
from tkt.domain.calendar.budget import Budget
from tkt.domain.calendar.reading import parse as parse_calendar
from tkt.domain.condition import condition
from tkt.domain.sla.policy import CLOCKS, Policy, read_policies
from tkt.domain.sla.policy_file import POLICIES, POLICY, faults_among
from tkt.domain.sla.simulation import read_simulation
from tkt.domain.spec.nested import Record, taken

TZ = ZoneInfo("Asia/Shanghai")
NOW = datetime(2026, 11, 21, tzinfo=UTC)


def example() -> list[Policy]:
    said, faults = taken(Record("", {"sla": POLICIES}), settings("clocks", "sla"))
    assert faults == []
    policies = read_policies(said["sla"])
    assert faults_among(policies) == []
    return list(policies)


def test_the_policies_are_sound_and_show_every_key() -> None:
    assert [policy.name for policy in example()] == ["vip", "serious", "default"]
    assert [key for key in POLICY.keys if key not in page("clocks")] == []


def test_what_is_said_of_targets_is_so() -> None:
    *_, default = example()
    assert default.target("next_response", "low") is None
    assert default.target("next_response", "urgent") is None
    assert default.target("solution", "high") == Budget(24 * 3600, wall=True)
    assert default.target("solution", "low") == Budget(days=2, end_of_day=True)


def test_the_table_has_every_clock() -> None:
    assert [first.split("`")[1] for first, *_ in rows("clocks", "时钟 clock")] == list(CLOCKS)


def test_the_switches_are_told_with_their_defaults() -> None:
    policy = Policy("x", condition(None), {})
    for switch in ("boundary", "periodic_from", "on_reopen"):
        assert f"`{switch}: {getattr(policy, switch)}`" in page("clocks")
    for clock in CLOCKS:
        pausable = str(clock in policy.pausable).lower()
        assert f"`{clock}_pausable: {pausable}`" in page("clocks")


def test_the_calendar_is_sound() -> None:
    calendar, faults = parse_calendar(settings("clocks", "hours"), name="sale")
    assert calendar
    assert faults == []


@pytest.mark.parametrize("row", rows("clocks", "何时 at"), ids=lambda row: row[0])
def test_the_simulation_comes_to_what_the_table_says(row: list[str]) -> None:
    simulation, faults = read_simulation(settings("clocks", "timeline"), now=NOW)
    assert simulation
    assert faults == []
    sla = simulation.sla(int(datetime.fromisoformat(row[0]).replace(tzinfo=TZ).timestamp()))
    for name, told in zip(("first_response", "next_response", "solution"), row[1:], strict=True):
        clock = sla.clock(name)
        due = (
            ""
            if clock.due_at is None
            else f"{datetime.fromtimestamp(clock.due_at, TZ):%Y-%m-%d %H:%M}"
        )
        assert " ".join(filter(None, (clock.state, due))) == told
