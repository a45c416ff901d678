"""When a rule or a macro applies: fields and what they must be, or a query.

Conditions are bound when the settings are read, so that an event costs no parsing; only one that
names a time seen from now is bound anew each time.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from tkt.domain.automation.seasons import read_dates, read_times
from tkt.domain.query.bind import bind
from tkt.domain.query.reading import read
from tkt.domain.query.tree import And, Compare, Everything, Flag, Node, Not, Or, Query, Value, Words
from tkt.errors import UsageProblem
from tkt.named import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from datetime import datetime, tzinfo

    from tkt.domain.query.vocabulary import Vocabulary

HOURS = "hours"
"""The key of a condition that asks whether it is business hours."""
HOURS_WORDS = ("open", "closed")
"""What :data:`HOURS` may be."""
TIME, DATES = "time", "dates"
"""The keys of conditions on the time of day and of the year."""
OF_THE_CLOCK = (HOURS, TIME, DATES)
"""Keys that ask nothing of the ticket."""
_SIGNED = r"(>=|<=|!=|>|<)\s*(\S.*)"
_NOTHING = "none"

When = str | dict[str, list[str]] | None
"""What a file says: a query, or fields with the texts that they may be."""


class Part(NamedTuple):
    """One condition as its file says it, by its key (None: a query), and what it means."""

    key: str | None
    said: str
    tree: Node


def parts_of(
    when: When, *, vocabulary: Callable[[], Vocabulary], now: datetime, tz: tzinfo
) -> Iterator[Part]:
    """Each condition, bound; UsageProblem at the first that makes no sense, with its ``key``."""
    if when is None:
        return
    words = vocabulary()
    if isinstance(when, str):
        yield Part(None, when, read(when, vocabulary=words, now=now, tz=tz, me=None).tree)
        return
    for key, values in when.items():
        if key in OF_THE_CLOCK:
            continue
        said = ",".join(values)
        flag = words.flag_named(key)
        if flag is not None and values in (["true"], ["false"]):
            yield Part(key, said, Flag(flag, 1) if values == ["true"] else Not(Flag(flag, 1)))
            continue
        query = Query(_compared(key, values), text=f"{key}:{said}")
        bound = bind(query, vocabulary=words, now=now, tz=tz, me=None)
        yield Part(key, said, bound.tree)


def hours_in(when: When) -> str | None:
    """``open`` or ``closed`` where it has to be so; UsageProblem for another word."""
    if not isinstance(when, dict) or HOURS not in when:
        return None
    (word, *more) = when[HOURS]
    if more or word not in HOURS_WORDS:
        raise UsageProblem("automation.hours", value=",".join(when[HOURS]))
    return word


def season_in(when: When, key: str) -> tuple[str, ...]:
    """The times of day, or of the year, at which it has to be; UsageProblem for what is none."""
    if not isinstance(when, dict) or key not in when:
        return ()
    try:
        (read_times if key == TIME else read_dates)(when[key])
    except ValueError as error:
        fault = "automation.not_time" if key == TIME else "automation.not_dates"
        raise UsageProblem(fault, value=",".join(when[key])) from error
    return tuple(when[key])


def _compared(key: str, values: list[str]) -> Compare:
    """A condition as it would be typed; ``>=`` and the like may stand before the value."""
    op, texts = ":", []
    for text in values:
        signed = re.fullmatch(_SIGNED, text.strip()) if len(values) == 1 else None
        op, said = (signed[1], signed[2]) if signed else (op, text.strip() or _NOTHING)
        texts.append(Value(said, 1, typed=said))
    return Compare(key, op, tuple(texts), 1)


# -- keeping bound conditions -----------------------------------------------------------------


def encoded(node: Node) -> list[Any] | None:
    """A bound condition as plain data; None if it names a time, which moves with the clock."""
    match node:
        case And(parts) | Or(parts):
            inner = [encoded(part) for part in parts]
            name = "and" if isinstance(node, And) else "or"
            return None if None in inner else [name, *inner]
        case Not(part):
            within = encoded(part)
            return None if within is None else ["not", within]
        case Compare(field, op, values, _, formerly):
            fixed = all(isinstance(value, str | int | float) for value in values)
            return ["is", field, op, list(values), list(formerly)] if fixed else None
        case Flag(name):
            return ["flag", name]
        case Words(text, phrase):
            return ["words", text, phrase]
        case _:
            return ["all"]


def decoded(data: list[Any]) -> Node:
    """The condition that :func:`encoded` wrote down."""
    kind, *rest = data
    if kind in ("and", "or"):
        parts = tuple(map(decoded, rest))
        return And(parts) if kind == "and" else Or(parts)
    if kind == "not":
        return Not(decoded(rest[0]))
    if kind == "is":
        field, op, values, formerly = rest
        return Compare(field, op, tuple(values), 1, tuple(formerly))
    if kind == "flag":
        return Flag(rest[0], 1)
    return Words(rest[0], rest[1], 1) if kind == "words" else Everything()
