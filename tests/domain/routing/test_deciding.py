"""Who gets a ticket: what speaks against agents, and who of the rest comes first."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given as over
from hypothesis import settings as how
from hypothesis import strategies as some
from shops import NOW, agent, busy, counted, decider, given, shop, ticket

from tkt.domain.classify.category import Category
from tkt.domain.routing.standing import Held
from tkt.domain.settings import Team
from tkt.domain.workflow.rules import Rules

if TYPE_CHECKING:
    import random

FOUR = tuple(agent(name) for name in ("lin", "wang", "zhao", "zhou"))


def tickets(count: int, **said: Any) -> list[Any]:
    return [ticket(number, **said) for number in range(count)]


# -- sharing out ------------------------------------------------------------------------------


@pytest.mark.parametrize("strategy", ["least_loaded", "round_robin", "most_skilled", "weighted"])
def test_a_hundred_tickets_to_four_alike_are_twenty_five_each(strategy: str) -> None:
    found = given(decider(shop(*FOUR, routing={"strategy": strategy})), tickets(100))
    assert counted(found) == {"lin": 25, "wang": 25, "zhao": 25, "zhou": 25}


def test_shares_of_two_to_one_give_twenty_and_ten_of_thirty() -> None:
    desk = shop(*FOUR[:2], routing={"shares": {"lin": 2, "wang": 1}})
    found = given(decider(desk), tickets(30))
    assert counted(found) == {"lin": 20, "wang": 10}
    assert counted(found[:3]) == {"lin": 2, "wang": 1}, "they take turns, nobody waits for ten"


def test_shares_hold_however_the_tickets_come_in() -> None:
    """Nothing is stored: what was given before is what stands in the tickets."""
    desk = shop(*FOUR[:2], routing={"shares": {"lin": 2, "wang": 1}})
    held = {"lin": Held(), "wang": Held()}
    for number in range(30):
        (name,) = given(decider(desk, held, at=NOW + number), [ticket(number)])
        assert name
        held[name] = busy(held[name].shared + 1, shared=held[name].shared + 1, last=NOW + number)
    assert {name: each.shared for name, each in held.items()} == {"lin": 20, "wang": 10}


def test_whoever_has_a_share_of_nothing_gets_nothing() -> None:
    desk = shop(*FOUR[:2], routing={"shares": {"wang": 0}})
    assert counted(given(decider(desk), tickets(4))) == {"lin": 4}


def test_the_least_loaded_gets_them_until_loads_are_alike() -> None:
    held = {"amy": busy(5), "ann": busy(2)}
    found = given(decider(shop(agent("amy"), agent("ann")), held), tickets(3))
    assert found == ["ann", "ann", "ann"]


def test_load_is_seen_against_what_somebody_can_do() -> None:
    desk = shop(agent("lin", capacity=8), agent("wang", capacity=4))
    held = {"lin": busy(4), "wang": busy(3)}
    decision = decider(desk, held).decide(ticket())
    assert decision is not None
    assert decision.agent == "lin"
    assert decision.sentence == "Least loaded of 2 on shift: lin 4/8, wang 3/4."


def test_what_waits_for_a_customer_weighs_little_and_a_desk_can_say_how_much() -> None:
    held = {"lin": Held({("pending", "normal"): 8}), "wang": busy(3)}
    desk = shop(*FOUR[:2])
    assert given(decider(desk, held), [ticket()]) == ["lin"]
    heavy = shop(*FOUR[:2], routing={"load": {"pending": 1, "urgent": 3}})
    assert given(decider(heavy, held), [ticket()]) == ["wang"]
    urgent = {"lin": Held({("open", "urgent"): 1}), "wang": busy(2)}
    assert given(decider(heavy, urgent), [ticket()]) == ["wang"]


def test_of_two_alike_whoever_has_been_idle_longest_comes_first() -> None:
    held = {"lin": busy(1, last=NOW - 60), "wang": busy(1, last=NOW - 600)}
    assert given(decider(shop(*FOUR[:2]), held), tickets(2)) == ["wang", "lin"]


def test_round_robin_looks_at_turns_and_not_at_load() -> None:
    held = {"lin": busy(9, last=NOW - 900), "wang": busy(0, last=NOW - 60)}
    desk = shop(*FOUR[:2], routing={"strategy": "round_robin"})
    assert given(decider(desk, held), tickets(3)) == ["lin", "wang", "lin"]


def test_the_most_skilled_comes_first_and_then_the_next_when_full() -> None:
    skilled = [agent("lin", skills={"refund": 5}, capacity=2), agent("wang", skills={"refund": 3})]
    desk = shop(*skilled, routing={"strategy": "most_skilled", "skills": {"refund": 1}})
    assert given(decider(desk), tickets(3)) == ["lin", "lin", "wang"]


def test_a_returning_customer_goes_to_the_last_agent_unless_a_veto_speaks_against_it() -> None:
    desk = shop(*FOUR[:2], routing={"returning": "24h"})
    held = {"lin": busy(3)}
    back = ticket(customer="小王")
    yesterday = {"小王": ("lin", NOW - 3600)}
    assert given(decider(desk, held, last=yesterday), [back]) == ["lin"]
    assert given(decider(desk, held, last=yesterday, off={"lin": "off-shift"}), [back]) == ["wang"]
    long_ago = {"小王": ("lin", NOW - 25 * 3600)}
    assert given(decider(desk, held, last=long_ago), [back]) == ["wang"]


# -- fairness ---------------------------------------------------------------------------------


def test_who_comes_back_with_empty_hands_is_not_flooded() -> None:
    held = {name: busy(8) for name in ("wang", "zhao", "zhou")}
    found = given(decider(shop(*FOUR), held), tickets(16))
    assert found[:3] == ["lin", "lin", "lin"], "some at once: their hands are empty"
    assert counted(found)["lin"] <= 3 + 2 * min(
        count for name, count in counted(found).items() if name != "lin"
    )
    assert counted(found)["lin"] < 10, "eight behind, and yet the others go on getting theirs"


def test_being_passed_over_is_told() -> None:
    held = {"lin": busy(0, of_late=3), "wang": busy(8)}
    decision = decider(shop(*FOUR[:2]), held).decide(ticket())
    assert decision is not None
    assert decision.agent == "wang"
    assert decision.sentence == (
        "Least loaded of 2 on shift: wang 8. Passed over, given so many within the hour: lin 3."
    )


def test_nobody_is_passed_over_where_there_is_nobody_else() -> None:
    held = {"lin": busy(0, of_late=9), "wang": busy(8)}
    desk = decider(shop(*FOUR[:2]), held, off={"wang": "leave"})
    assert given(desk, [ticket()]) == ["lin"]


# -- vetoes -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("reason", "said", "off", "held"),
    [
        ("level", {"level": 2}, {}, {}),
        ("no-skill", {"category": "repair"}, {}, {}),
        ("off-shift", {}, {"lin": "off-shift"}, {}),
        ("leave", {}, {"lin": "leave"}, {}),
        ("unavailable", {}, {"lin": "unavailable"}, {}),
        ("complaint", {"about": "lin"}, {}, {}),
        ("taken-off", {"off": ("lin",)}, {}, {}),
        ("capacity", {}, {}, {"lin": busy(6)}),
    ],
)
def test_nobody_gets_what_something_speaks_against(
    reason: str, said: dict[str, Any], off: dict[str, str], held: dict[str, Held]
) -> None:
    repair = Category("repair", "维修", "repair", team="b", skills={"repair": 2})
    desk = shop(agent("lin", capacity=6, skills={"repair": 1}), categories=(repair,))
    decision = decider(desk, held, off=off).decide(ticket(**said))
    assert decision is not None
    assert (decision.agent, decision.reason) == (None, reason)


def test_the_reason_is_what_keeps_the_last_ones_out() -> None:
    repair = Category("repair", "维修", "repair", team="b", skills={"repair": 2})
    people = (agent("lin"), agent("wang", skills={"repair": 2}))
    desk = shop(*people, categories=(repair,))
    decision = decider(desk, off={"wang": "off-shift"}).decide(ticket(category="repair"))
    assert decision is not None
    assert decision.reason == "off-shift", "somebody could, and comes at two"
    assert decision.sentence == "Nobody of 2 in b with repair ≥ 2: 1 no-skill, 1 off-shift."


def test_a_ticket_of_no_team_waits_and_a_desk_without_teams_asks_everybody() -> None:
    decision = decider(shop(*FOUR)).decide(ticket(category="其他"))
    assert decision is not None
    assert decision.reason == "no-team"
    small = shop(agent("lin", teams=()), teams=())
    assert given(decider(small), [ticket(category="其他")]) == ["lin"]


def test_a_team_without_people_says_so() -> None:
    decision = decider(shop(agent("lin", teams=()))).decide(ticket())
    assert decision is not None
    assert decision.reason == "no-agent"


def test_the_tickets_own_team_goes_before_all_others() -> None:
    both = (Team("a", "售前组"), Team("b", "售后组", categories=("refund",)))
    people = (agent("lin", teams=("a",)), agent("wang"))
    desk = shop(*people, teams=both, routing={"team": "b"})
    assert given(decider(desk), [ticket(team="a"), ticket()]) == ["lin", "wang"]


def test_levels_are_asked_for_less_the_longer_a_ticket_waits_but_the_skill_always() -> None:
    people = (agent("lin", skills={"repair": 1}), agent("wang"))
    desk = shop(*people, routing={"skills": {"repair": 3}, "relax": "30m"})
    waits = [ticket(since=NOW - minutes * 60) for minutes in (0, 59, 60, 600)]
    assert given(decider(desk), waits) == [None, None, "lin", "lin"]


def test_no_level_is_too_high_for_the_lead_of_the_team() -> None:
    """Each escalation adds a level: somebody is to have the ticket in the end."""
    team = Team("b", "售后组", lead="zhao", categories=("refund",))
    desk = shop(*FOUR, teams=(team,))
    assert given(decider(desk), [ticket(level=9)]) == ["zhao"]
    assert given(decider(desk, off={"zhao": "leave"}), [ticket(level=9)]) == [None]


def test_a_parked_ticket_waits_for_a_person_or_until_it_is_asked_for() -> None:
    desk = decider(shop(*FOUR))
    waits = ticket(parked=True)
    decision, asked = desk.decide(waits), desk.decide(waits, asked=True)
    assert decision is not None
    assert asked is not None
    assert (decision.reason, asked.agent) == ("parked", "lin")


def test_a_workflow_that_does_not_speak_of_it_is_not_routed() -> None:
    plain = shop(*FOUR)
    quiet = plain._replace(workflows=(plain.workflows[0]._replace(rules=Rules()),))
    assert decider(quiet).decide(ticket()) is None


def test_everybody_is_listed_with_what_speaks_against_them() -> None:
    desk = decider(shop(*FOUR), {"wang": busy(2)}, off={"zhao": "leave"})
    found = desk.candidates(ticket(about="zhou"))
    assert [(one.agent, one.load, one.veto) for one in found] == [
        ("lin", 0, None),
        ("wang", 2, None),
        ("zhao", 0, "leave"),
        ("zhou", 0, "complaint"),
    ]


# -- whatever the desk ------------------------------------------------------------------------

NAMES = [f"p{number}" for number in range(7)]
PEOPLE = some.lists(
    some.builds(
        lambda name, teams, skill, capacity, level: agent(
            name,
            teams=tuple(teams),
            skills={"refund": skill} if skill else {},
            capacity=capacity,
            level=level,
        ),
        some.sampled_from(NAMES),
        some.sets(some.sampled_from("abc"), min_size=1),
        some.integers(0, 5),
        some.none() | some.integers(1, 4),
        some.integers(1, 3),
    ),
    unique_by=lambda one: one.id,
)
TICKETS = some.lists(
    some.builds(
        lambda team, level, off, about, priority: ticket(
            team=team, level=level, off=tuple(off), about=about, priority=priority
        ),
        some.sampled_from("abc"),
        some.integers(1, 3),
        some.sets(some.sampled_from(NAMES), max_size=2),
        some.none() | some.sampled_from(NAMES),
        some.sampled_from(["normal", "urgent"]),
    ),
    max_size=25,
)
RULES = some.fixed_dictionaries(
    {"strategy": some.sampled_from(["least_loaded", "round_robin", "most_skilled", "weighted"])},
    optional={
        "skills": some.fixed_dictionaries({"refund": some.integers(1, 5)}),
        "shares": some.dictionaries(some.sampled_from(NAMES), some.integers(0, 3)),
        "returning": some.just("1h"),
    },
)
OFF = some.dictionaries(some.sampled_from(NAMES), some.sampled_from(["leave", "off-shift", "away"]))
TEAMS = tuple(Team(name, name) for name in "abc")
LAST = {"小王": ("p1", NOW - 5)}


@how(max_examples=150, deadline=None)
@over(PEOPLE, TICKETS, RULES, OFF)
def test_nobody_is_ever_given_what_a_veto_forbids(
    people: list[Any], waits: list[Any], rules: dict[str, Any], off: dict[str, str]
) -> None:
    desk = shop(*people, routing=rules, teams=TEAMS)
    found = given(decider(desk, off=off, last=LAST), waits)
    by_name = {one.id: one for one in people}
    wanted = rules.get("skills", {}).get("refund", 0)
    loads: dict[str, int] = {}
    for waiting, name in zip(waits, found, strict=True):
        fit = [
            one
            for one in people
            if waiting.need.team in one.teams
            and one.level >= waiting.need.level
            and one.skills.get("refund", 0) >= wanted
            and rules.get("shares", {}).get(one.id, 1) > 0
            and one.id not in off
            and one.id not in waiting.need.off
            and one.id != waiting.need.about
            and (one.capacity is None or loads.get(one.id, 0) < one.capacity)
        ]
        assert (name is None) == (not fit), "somebody gets it whenever nothing speaks against one"
        assert name is None or by_name[name] in fit
        if name is not None:
            loads[name] = loads.get(name, 0) + 1


@how(max_examples=60, deadline=None)
@over(PEOPLE, TICKETS, RULES, some.randoms(use_true_random=False))
def test_the_order_of_agents_in_the_file_decides_nothing(
    people: list[Any], waits: list[Any], rules: dict[str, Any], chance: random.Random
) -> None:
    shuffled = [*people]
    chance.shuffle(shuffled)
    one, other = (shop(*each, routing=rules, teams=TEAMS) for each in (people, shuffled))
    assert given(decider(one), waits) == given(decider(other), waits)
