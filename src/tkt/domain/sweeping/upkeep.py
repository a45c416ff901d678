"""What a workflow does with tickets on which nothing happens: the section ``automation``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from tkt.domain.shape import Fault
from tkt.domain.spec.kind import unknown
from tkt.domain.spec.nested import Key, ListOf, Record
from tkt.domain.spec.simple import Anything, Choice, Name, Parsed, Text, Texts
from tkt.domain.when import parse_duration

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tkt.domain.workflow import Workflow

_AFTER = Parsed(parse_duration, "config.not_duration", examples=("3d", "14d"))
AUTOMATION = Record("automation", {
    "rules": Anything(),
    "auto_move": ListOf(Record("auto_move", {
        "from": Key(Texts(named=True), needed=True),
        "after": Key(_AFTER, needed=True),
        "to": Key(Name(), needed=True),
        "why": Text(),
    })),
    "wait_over": Choice("open", "remind"),
    "survey": Record("survey", {"after": Key(_AFTER, needed=True)}),
    "archive": Record("archive", {"after": Key(_AFTER, needed=True)}),
})  # fmt: skip
"""What the section may say beside its rules, which read themselves."""
WAIT_OVER = "open"


class AutoMove(NamedTuple):
    """From some states to another, after so many seconds in which nobody did anything."""

    states: tuple[str, ...]
    after: int
    to: str
    why: str | None = None


class Upkeep(NamedTuple):
    """What happens by itself. ``survey`` and ``archive`` come so many seconds after the end.

    ``wait_over`` says what a wait date does that has come: it opens the ticket, or only reminds.
    """

    moves: tuple[AutoMove, ...] = ()
    wait_over: str = WAIT_OVER
    survey: int | None = None
    archive: int | None = None


def read_upkeep(data: Mapping[str, Any]) -> Upkeep:
    """Upkeep out of what :data:`AUTOMATION` took."""
    return Upkeep(
        tuple(
            AutoMove(tuple(move["from"]), _seconds(move["after"]), move["to"], move.get("why"))
            for move in data.get("auto_move", ())
        ),
        data.get("wait_over", WAIT_OVER),
        _seconds(data["survey"]["after"]) if "survey" in data else None,
        _seconds(data["archive"]["after"]) if "archive" in data else None,
    )


def _seconds(text: str) -> int:
    return int(parse_duration(text).total_seconds())


def faults_in_upkeep(upkeep: Upkeep, flow: Workflow) -> list[Fault]:
    """Automatic moves from or to states that the workflow does not have."""
    faults: list[Fault] = []
    states = [state.name for state in flow.states]
    for place, move in enumerate(upkeep.moves):
        where = ("automation", "auto_move", place)
        for key, names in (("from", move.states), ("to", (move.to,))):
            faults += [
                unknown((*where, key), "workflow.no_state", name, states)
                for name in names
                if name not in states
            ]
    return faults
