"""Which states lead to which: the same as going way by way, at a price that follows the file."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from tkt.domain.workflow import CATEGORIES, OVER, State, Workflow
from tkt.domain.workflow.checking import odd
from tkt.domain.workflow.graph import Graph
from tkt.domain.workflow.rules import Rules

NAMES = [f"s{number}" for number in range(7)]
some_names = st.lists(st.sampled_from([*NAMES, "nowhere"]), min_size=1, max_size=3)


@st.composite
def workflows(draw: st.DrawFn) -> Workflow:
    names = NAMES[: draw(st.integers(1, len(NAMES)))]
    states = tuple(
        State(name, name, name, draw(st.sampled_from(CATEGORIES)), final=draw(st.booleans()))
        for name in names
    )
    ways = draw(st.none() | st.lists(st.fixed_dictionaries({"from": some_names, "to": some_names})))
    data = {"transitions": [{**way, "at": at} for at, way in enumerate(ways)]} if ways else {}
    return Workflow("w", "流程", "flow", states, Rules(data))


def step_by_step(flow: Workflow, start: State) -> set[str]:
    found, left = {start.name}, [start]
    while left:
        new = [to for to in flow.targets(left.pop().name) if to.name not in found]
        found |= {to.name for to in new}
        left += new
    return found


@given(workflows())
def test_it_finds_what_going_step_by_step_finds(flow: Workflow) -> None:
    graph, over = Graph(flow), {state.name for state in flow.states if state.category in OVER}
    for state in flow.states:
        onward = step_by_step(flow, state)
        assert graph.onward(state) == onward
        assert graph.leads_out(state.name) == bool(flow.targets(state.name))
        assert (state.name in graph.ending()) == bool(onward & over)


def test_thousands_of_states_that_never_end_are_each_named() -> None:
    states = tuple(State(f"s{n}", f"状态{n}", f"state {n}", "open") for n in range(3000))
    found = odd(Workflow("w", "流程", "flow", states))
    assert {fault.key for fault in found} == {"workflow.no_end"}
    assert len(found) == 3000


def test_a_way_is_found_among_tens_of_thousands() -> None:
    names = [f"s{number}" for number in range(200)]
    ways = [{"at": at, "from": [one], "to": [other]} for at, (one, other) in enumerate(
        (one, other) for one in names for other in names
    )]  # fmt: skip
    rules = Rules({"transitions": ways})
    found = [rules.way(one, other) for one in names for other in names]
    assert [way.rule for way in found if way] == [f"transitions.{n + 1}" for n in range(40000)]
    assert rules.ways("s7") == set(names)
