"""A decision in one sentence, for timelines and commits: written once, and read by everybody."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from tkt.named import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tkt.domain.routing.needs import Wanted

_FIRST = {
    "least_loaded": "Least loaded",
    "round_robin": "Longest without a new ticket",
    "most_skilled": "Most skilled",
    "weighted": "Furthest below their share",
}


class Chosen(NamedTuple):
    """What there is to tell of a choice: out of how many, and who was looked at first.

    ``named`` have a load and a capacity each, ``ahead`` how many tickets they were given of late.
    """

    strategy: str
    free: int
    named: Sequence[tuple[str, float, int | None]]
    ahead: Sequence[tuple[str, int]] = ()
    returning: bool = False


def sentence(chosen: Chosen, wanted: Wanted) -> str:
    """Why this one: ``Least loaded of 3 on shift with refund ≥ 2: lin 3/8, wang 5/8, zhao 6/8.``"""
    skilled = f" with {wanted.words}" if wanted.skills else ""
    loads = ", ".join(f"{name} {load_words(load, cap)}" for name, load, cap in chosen.named)
    if chosen.returning:
        return f"The customer's last agent, on shift{skilled}: {loads}."
    more = ", …" if chosen.free > len(chosen.named) + len(chosen.ahead) else ""
    passed = ", ".join(f"{name} {given}" for name, given in chosen.ahead)
    passed = f" Passed over, given so many within the hour: {passed}." if passed else ""
    first = _FIRST[chosen.strategy]
    return f"{first} of {chosen.free} on shift{skilled}: {loads}{more}.{passed}"


def load_words(load: float, capacity: int | None) -> str:
    """A load of a capacity: ``3/8``; of one who takes any amount the load alone."""
    return f"{load:g}" if capacity is None else f"{load:g}/{capacity}"


def nobody(vetoes: Sequence[str], wanted: Wanted) -> str:
    """Why nobody: ``Nobody of 5 in aftersales with refund ≥ 2: 2 no-skill, 3 off-shift.``"""
    team = f" in {wanted.team}" if wanted.team else ""
    skilled = f" with {wanted.words}" if wanted.skills else ""
    counted = ", ".join(f"{n} {veto}" for veto, n in sorted(Counter(vetoes).items()))
    return f"Nobody of {len(vetoes)}{team}{skilled}" + (f": {counted}." if counted else ".")
