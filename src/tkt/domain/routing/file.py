"""The section ``routing`` of a workflow: what it may say."""

from __future__ import annotations

from tkt.domain.fields import PRIORITIES
from tkt.domain.routing.rule import OCCASIONS, STATES, STRATEGIES
from tkt.domain.spec.nested import Key, Keyed, ListOf, Record
from tkt.domain.spec.simple import Choice, Name, Number, Parsed, Texts
from tkt.domain.when import parse_duration

_TIME = Parsed(parse_duration, "config.not_duration", examples=("30m", "24h"))
_WEIGHT = Number(0, 100, whole=False)
ROUTING = Record("routing", {
    "strategy": Choice(*STRATEGIES),
    "team": Name(),
    "skills": Keyed(Number(1, 5)),
    "relax": _TIME,
    "returning": _TIME,
    "shares": Keyed(_WEIGHT),
    "load": Record("load", dict.fromkeys((*STATES, *PRIORITIES), _WEIGHT)),
    "fallback": Record("fallback", {
        "after": Key(_TIME, needed=True),
        "team": Name(),
        "tell": Texts(),
    }),
    "on": ListOf(Choice(*OCCASIONS), lone=True),
})  # fmt: skip
