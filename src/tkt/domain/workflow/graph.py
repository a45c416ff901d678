"""Which states lead to which, seen as a whole: reckoned once, however many states there are.

One transition may lead from many states into many, and without transitions the categories say the
same of all states of a kind. Such a bundle is kept as one: the states that lead into it, and those
that it leads to. So looking along all ways costs no more than the file is long.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tkt.domain.workflow import OVER, WAYS
from tkt.named import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from tkt.domain.workflow import State, Workflow


class _Bundle(NamedTuple):
    """Ways from each of some states into each of others."""

    starts: frozenset[str]
    ends: frozenset[str]


class Graph:
    """The ways of one workflow, by the names of its states."""

    def __init__(self, flow: Workflow) -> None:
        self.states = {state.name: state for state in flow.states}
        leading = [state for state in flow.states if not state.final]
        bundles = list(self._bundles(flow, {state.name for state in leading}))
        self._out = _by_member(bundles, [bundle.starts for bundle in bundles])
        self._in = _by_member(bundles, [bundle.ends for bundle in bundles])

    def _bundles(self, flow: Workflow, leading: set[str]) -> Iterable[_Bundle]:
        if flow.rules.has_transitions:
            for way in flow.rules.transitions:
                ends = frozenset(way.end) & self.states.keys()
                yield _Bundle(frozenset(way.start) & leading, ends)
            return
        of: dict[str, set[str]] = {}
        for state in flow.states:
            of.setdefault(state.category, set()).add(state.name)
        for category, names in of.items():
            ends = frozenset().union(*(of.get(end, ()) for end in WAYS[category]))
            yield _Bundle(frozenset(names & leading), ends)

    def leads_out(self, name: str) -> bool:
        """Whether a way leads from a state to another."""
        return any(bundle.ends - {name} for bundle in self._out.get(name, ()))

    def onward(self, *starts: State) -> set[str]:
        """Every state to which ways lead from these, themselves included."""
        return _followed([state.name for state in starts], self._out, 1)

    def ending(self) -> set[str]:
        """Every state from which ways lead to where a ticket is over."""
        over = [name for name, state in self.states.items() if state.category in OVER]
        return _followed(over, self._in, 0)


def _by_member(
    bundles: Sequence[_Bundle], members: Iterable[frozenset[str]]
) -> dict[str, list[_Bundle]]:
    found: dict[str, list[_Bundle]] = {}
    for bundle, names in zip(bundles, members, strict=True):
        for name in names:
            found.setdefault(name, []).append(bundle)
    return found


def _followed(
    starts: Sequence[str], bundles: Mapping[str, Sequence[_Bundle]], side: int
) -> set[str]:
    """All that can be come to, each bundle looked into once."""
    found, left, seen = set(starts), list(starts), set[int]()
    while left:
        for bundle in bundles.get(left.pop(), ()):
            if id(bundle) not in seen:
                seen.add(id(bundle))
                new = bundle[side] - found
                found |= new
                left += new
    return found
