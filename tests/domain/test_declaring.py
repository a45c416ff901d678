from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tkt.domain.declaring import AGENT, DESK, read_desk, read_team
from tkt.domain.settings import (
    CHANNELS,
    Agent,
    Settings,
    Team,
    Zone,
)
from tkt.domain.workflow import SIMPLE, Workflow

TEAM = {
    "agents": {
        "lin": {"name": "林", "email": ["lin@shop.cn", "l@home.cn"], "teams": "aftersales"},
        "wang": None,
    },
    "teams": {"aftersales": {"name": "售后", "lead": "lin"}},
}


def settings(**more: Any) -> Settings:
    said, _ = read_team(TEAM)
    return Settings(**said, **more)


def test_a_desk_is_read() -> None:
    said, faults = read_desk(
        {"name": "我的店", "timezone": "Asia/Tokyo", "language": "zh", "branch": "main",
         "workflow": "aftersales", "channels": ["wechat"], "version": 1}
    )  # fmt: skip
    assert faults == []
    assert Settings(**said) == Settings(
        "我的店", "Asia/Tokyo", "zh", "main", "aftersales", ("wechat",)
    )


@pytest.mark.parametrize("data", [None, {}])
def test_a_desk_that_says_nothing_works(data: Any) -> None:
    said, faults = read_desk(data)
    assert faults == []
    assert Settings(**said) == Settings()
    assert Settings(**said).channels == tuple(CHANNELS)


@pytest.mark.parametrize(
    ("data", "where", "key"),
    [
        ([], (), "config.not_mapping"),
        ("x", (), "config.not_mapping"),
        ({"nmae": "x"}, ("nmae",), "config.unknown_key_like"),
        ({1: "x"}, (1,), "config.unknown_key"),
        ({"name": 5}, ("name",), "config.not_text"),
        ({"name": " "}, ("name",), "config.not_text"),
        ({"timezone": "Asia/Peking"}, ("timezone",), "config.no_zone"),
        ({"timezone": "../../etc/passwd"}, ("timezone",), "config.no_zone"),
        ({"timezone": "/etc/localtime"}, ("timezone",), "config.no_zone"),
        ({"timezone": "Asia"}, ("timezone",), "config.no_zone"),
        ({"timezone": "a\0b"}, ("timezone",), "config.no_zone"),
        ({"timezone": "x" * 9999}, ("timezone",), "config.no_zone"),
        ({"timezone": "\ud800"}, ("timezone",), "config.no_zone"),
        ({"language": "fr"}, ("language",), "config.not_choice"),
        ({"language": ["zh"]}, ("language",), "config.not_choice"),
        ({"branch": []}, ("branch",), "config.not_text"),
        ({"channels": {"a": 1}}, ("channels",), "config.not_texts"),
        ({"channels": [1]}, ("channels",), "config.not_texts"),
    ],
)
def test_a_mistake_is_named_and_the_default_stands_in(data: Any, where: Any, key: str) -> None:
    said, faults = read_desk(data)
    assert [(fault.where, fault.key) for fault in faults] == [(where, key)]
    assert Settings(**said) == Settings()


def test_a_team_is_read() -> None:
    said, faults = read_team(TEAM)
    assert faults == []
    assert said == {
        "agents": (
            Agent("lin", "林", ("lin@shop.cn", "l@home.cn"), ("aftersales",)),
            Agent("wang", "wang"),
        ),
        "teams": (Team("aftersales", "售后", "lin"),),
    }


@pytest.mark.parametrize(
    ("data", "where", "key"),
    [
        ({"agents": []}, ("agents",), "config.not_mapping"),
        ({"agents": {"lin": "林"}}, ("agents", "lin"), "config.not_mapping"),
        ({"agents": {"a b": {}}}, ("agents", "a b"), "field.not_name"),
        ({"agents": {7: {}}}, ("agents", 7), "field.not_name"),
        ({"agents": {"lin": {"nmae": "x"}}}, ("agents", "lin", "nmae"), "config.unknown_key_like"),
        ({"agents": {"lin": {"name": []}}}, ("agents", "lin", "name"), "config.not_text"),
        ({"agents": {"lin": {"email": 1}}}, ("agents", "lin", "email"), "config.not_texts"),
        ({"agents": {"lin": {"teams": ["x"]}}}, ("agents", "lin", "teams"), "config.no_team"),
        ({"agents": {"a": {"email": "X@y"}, "b": {"email": "x@Y"}}}, ("agents", "b", "email"),
         "config.email_twice"),
        ({"teams": {"a/b": {}}}, ("teams", "a/b"), "field.not_name"),
        ({"teams": {7: {}}}, ("teams", 7), "field.not_name"),
        ({"teams": {"t": {"lead": "nobody"}}}, ("teams", "t", "lead"), "config.no_agent"),
        ({"teams": {"t": {"lead": ["lin"]}}}, ("teams", "t", "lead"), "config.not_text"),
    ],
)  # fmt: skip
def test_a_mistake_in_the_team_is_named(data: Any, where: Any, key: str) -> None:
    _, faults = read_team(data)
    assert [(fault.where, fault.key) for fault in faults] == [(where, key)]


anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=4) | st.just("lin"),
    lambda inner: (
        st.lists(inner, max_size=2)
        | st.dictionaries(
            st.sampled_from(["agents", "teams", "lin", *DESK.keys, *AGENT.keys, "lead"])
            | st.integers(),
            inner,
            max_size=4,
        )
    ),
)


@given(anything)
def test_reading_never_fails(data: Any) -> None:
    said, _ = read_desk(data)
    team, _ = read_team(data)
    whole = Settings(**said, **team)
    assert whole.flow(None)
    whole.agent("lin")


@pytest.mark.parametrize("said", ["lin", "LIN", "林", "L@HOME.CN"])
def test_an_agent_is_found_by_id_name_or_email(said: str) -> None:
    agent = settings().agent(said)
    assert agent is not None
    assert agent.id == "lin"
    assert settings().agent("nobody") is None


def test_an_id_goes_before_another_agents_name() -> None:
    team = Settings(agents=(Agent("lin", "wang"), Agent("wang", "王")))
    assert team.agent("wang") == Agent("wang", "王")


def test_a_ticket_without_a_known_workflow_goes_by_the_desks() -> None:
    own = Workflow("own", "x", "x", SIMPLE.states)
    desk = Settings(workflow="own", workflows=(SIMPLE, own))
    assert [desk.flow(name) for name in (None, "own", "simple", "gone")] == [
        own, own, SIMPLE, own
    ]  # fmt: skip
    assert Settings(workflow="gone").flow(None) is SIMPLE


def test_the_zone_of_a_desk_is_the_real_one() -> None:
    zone = settings().zone
    noon = datetime(2026, 11, 21, 12, tzinfo=zone)
    assert noon.utcoffset() == timedelta(hours=8)
    assert noon.tzname() == "CST"
    assert noon.dst() == timedelta(0)
    assert repr(zone) == "Zone('Asia/Shanghai')"


def test_the_hour_that_comes_twice_is_two_hours() -> None:
    zone = Zone("America/New_York")
    first = datetime(2026, 11, 1, 5, 30, tzinfo=UTC).astimezone(zone)
    second = datetime(2026, 11, 1, 6, 30, tzinfo=UTC).astimezone(zone)
    assert (first.hour, second.hour) == (1, 1)
    assert second.utcoffset() == timedelta(hours=-5)
    assert second.tzinfo is zone


@given(st.integers(0, 4_102_444_800), st.sampled_from(["Asia/Shanghai", "Europe/Berlin"]))
def test_a_zone_says_what_the_time_zone_database_says(instant: int, name: str) -> None:
    ours, theirs = (datetime.fromtimestamp(instant, tz) for tz in (Zone(name), ZoneInfo(name)))
    assert ours.isoformat() == theirs.isoformat()
    assert (ours.tzname(), ours.dst()) == (theirs.tzname(), theirs.dst())
    local = ours.replace(tzinfo=None)
    for fold in (0, 1):
        shown = [
            local.replace(tzinfo=tz, fold=fold).utcoffset() for tz in (Zone(name), ZoneInfo(name))
        ]
        assert shown[0] == shown[1]


def test_skills_capacity_and_level_are_read() -> None:
    said, faults = read_team({"agents": {"lin": {"skills": {"refund": 3}, "capacity": 8}}})
    assert faults == []
    (lin,) = said["agents"]
    assert (lin.skills, lin.capacity, lin.level) == ({"refund": 3}, 8, 1)


def test_members_may_be_named_at_the_team() -> None:
    said, faults = read_team(
        {"agents": {"lin": {"teams": ["a"]}, "wang": {}},
         "teams": {"a": {"members": ["lin", "wang"], "calendar": "late", "categories": ["presale"]},
                   "b": {"parent": "a", "members": ["lin"]}}}
    )  # fmt: skip
    assert faults == []
    assert [agent.teams for agent in said["agents"]] == [("a", "b"), ("a",)]
    assert said["teams"][0] == Team("a", "a", None, "late", ("presale",))
    assert said["teams"][1].parent == "a"


@pytest.mark.parametrize(
    ("teams", "where", "key"),
    [
        ({"a": {"members": ["nobody"]}}, ("teams", "a", "members", 0), "config.no_agent"),
        ({"a": {"parent": "z"}}, ("teams", "a", "parent"), "config.no_team"),
        ({"a": {"parent": "a"}}, ("teams", "a", "parent"), "config.team_circle"),
    ],
)
def test_members_and_parents_must_exist(teams: Any, where: Any, key: str) -> None:
    assert [(f.where, f.key) for f in read_team({"teams": teams})[1]] == [(where, key)]


def test_parents_do_not_go_round_in_a_circle() -> None:
    teams = {"a": {"parent": "b"}, "b": {"parent": "a"}, "c": {"parent": "a"}}
    faults = read_team({"teams": teams})[1]
    assert [fault.where for fault in faults] == [("teams", "a", "parent"), ("teams", "b", "parent")]
