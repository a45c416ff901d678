"""What a workflow does with tickets on which nothing happens: the section ``automation``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tkt.domain.when import parse_duration
from tkt.named import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping

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
    """Upkeep out of a section that is sound."""
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
