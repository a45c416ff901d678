"""What an event carries beside fields: the keys that tkt reads, and what may stand there.

An event may carry more, which is kept and shown; but what is read is what it should be, or the
ticket could not be reckoned with.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tkt.domain.fields import parse_time
from tkt.domain.routing.vetoes import REASONS, VETOES
from tkt.domain.sla.policy import CLOCKS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping


def _is_text(value: object) -> bool:
    return isinstance(value, str)


def _is_time(value: object) -> bool:
    return isinstance(value, str) and parse_time(value) is not None


def _is_list(value: object) -> bool:
    return isinstance(value, list) and all(isinstance(item, str) for item in value)


def _is_count(value: object) -> bool:
    return type(value) is int


def _is_flag(value: object) -> bool:
    return isinstance(value, bool)


def _is_number(value: object) -> bool:
    return type(value) in (int, float)


def _is_mapping(value: object) -> bool:
    return isinstance(value, dict)


def _is_achieved(value: object) -> bool:
    """What clocks have come to: of each used, target and more; of each round used and late."""
    if not isinstance(value, dict) or not isinstance(value.get("policy", ""), str | None):
        return False
    rounds = value.get("rounds", {})
    return (
        all(_is_clock(value[name]) for name in CLOCKS if name in value)
        and isinstance(rounds, dict)
        and all(isinstance(each, list) and all(map(_is_round, each)) for each in rounds.values())
    )


def _is_clock(value: object) -> bool:
    if not isinstance(value, dict):
        return False
    get = value.get
    return _are_seconds([get("used"), get("target"), get("late", 0), get("due", 0)])


def _is_round(value: object) -> bool:
    if not isinstance(value, list) or len(value) not in (0, 2):
        return False
    return _are_seconds(value[1:] if value[:1] == [None] else value)


def _are_seconds(values: Iterable[object]) -> bool:
    return all(isinstance(each, int) and abs(each) < 1 << 40 for each in values)


def _is_routed(value: object) -> bool:
    """What routing went by: its strategy, how many were free, who was named with which load."""
    if not isinstance(value, dict):
        return False
    get, named, ahead = value.get, value.get("named"), value.get("ahead", [])
    if "reason" in value:  # nobody was found: of whom nothing is said but what speaks against them
        return (
            get("reason") in REASONS
            and _is_text(get("team", ""))
            and _is_counted(get("skilled", {}))
            and _is_counted(get("vetoes", {}))
            and get("vetoes", {}).keys() <= set(VETOES)
        )
    return (
        _is_text(get("strategy"))
        and _is_text(get("team", ""))
        and _is_count(get("free"))
        and isinstance(get("returning", False), bool)
        and _is_counted(get("skilled", {}))
        and isinstance(named, list)
        and all(map(_is_load, named))
        and isinstance(ahead, list)
        and all(isinstance(each, list) and _is_pair(each) for each in ahead)
    )


def _is_load(value: object) -> bool:
    """An agent, a load, and a capacity if they have one."""
    if not isinstance(value, list) or len(value) != 3 or not _is_text(value[0]):
        return False
    return type(value[1]) in (int, float) and (value[2] is None or _is_count(value[2]))


def _is_counted(value: object) -> bool:
    return isinstance(value, dict) and all(_is_pair(list(each)) for each in value.items())


def _is_pair(value: list[object]) -> bool:
    return len(value) == 2 and _is_text(value[0]) and _is_count(value[1])


_KINDS: Mapping[str, tuple[Callable[[object], bool], str]] = {
    **dict.fromkeys(
        ("why", "entered_by", "source", "into", "from", "draft", "cause", "rule", "asks",
         "macro", "with", "clock", "rung", "canned"),
        (_is_text, "field.not_text"),
    ),
    **dict.fromkeys(
        ("undoes", "moved", "replaces", "mentions", "tell", "articles", "tone"),
        (_is_list, "event.not_texts"),
    ),
    **dict.fromkeys(("noticed_at", "since"), (_is_time, "field.not_time")),
    "reason": (_is_text, "field.not_text"),
    "words": (_is_list, "event.not_texts"),
    "helped": (_is_flag, "event.not_flag"),
    "score": (_is_number, "event.not_share"),
    "transfers": (_is_count, "field.not_number"),
    "if": (_is_mapping, "event.not_mapping"),
    "routed": (_is_routed, "event.not_routed"),
    "sla": (_is_achieved, "event.not_achieved"),
}  # fmt: skip


def payload_faults(event: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """(key, what is wrong as a text key) of what stands in an event and cannot be read."""
    for name, value in event.items():
        kind = _KINDS.get(name)
        if kind is not None and not kind[0](value):
            yield name, kind[1]
