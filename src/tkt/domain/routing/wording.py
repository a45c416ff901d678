"""A decision in one sentence for commits, which are in English whoever reads them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tkt.domain.routing.because import load_words
from tkt.domain.routing.vetoes import NO_TEAM, PARKED

if TYPE_CHECKING:
    from tkt.domain.routing.because import Because

_FIRST = {
    "least_loaded": "Least loaded",
    "round_robin": "Longest without a new ticket",
    "most_skilled": "Most skilled",
    "weighted": "Furthest below their share",
}
_NOT_LOOKED = {NO_TEAM: "No team is meant.", PARKED: "Left to nobody by a person."}


def sentence(because: Because) -> str:
    """Why this one: ``Least loaded of 3 on shift with refund ≥ 2: lin 3/8, wang 5/8, zhao 6/8.``"""
    if because.reason is not None:
        return _NOT_LOOKED.get(because.reason) or _nobody(because)
    loads = ", ".join(f"{name} {load_words(load, cap)}" for name, load, cap in because.named)
    if because.returning:
        return f"The customer's last agent, on shift{_skilled(because)}: {loads}."
    more = ", …" if because.free > len(because.named) + len(because.ahead) else ""
    passed = ", ".join(f"{name} {given}" for name, given in because.ahead)
    passed = f" Passed over, given so many within the hour: {passed}." if passed else ""
    first = _FIRST.get(because.strategy, "First")
    return f"{first} of {because.free} on shift{_skilled(because)}: {loads}{more}.{passed}"


def _nobody(because: Because) -> str:
    """Why nobody: ``Nobody of 5 in aftersales with refund ≥ 2: 2 no-skill, 3 off-shift.``"""
    team = f" in {because.team}" if because.team else ""
    count = sum(times for _, times in because.vetoes)
    counted = ", ".join(f"{times} {veto}" for veto, times in because.vetoes)
    whom = f"Nobody of {count}{team}{_skilled(because)}"
    return f"{whom}: {counted}." if counted else f"{whom}."


def _skilled(because: Because) -> str:
    skills = " and ".join(f"{name} ≥ {level}" for name, level in because.skilled)
    return f" with {skills}" if skills else ""
