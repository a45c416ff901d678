"""Rounds of a conversation, as shop platforms count them: a question, and how soon it was answered.

A round runs from the first customer message without an answer to the first public reply that a
person gives, in time by the clock on the wall.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from tkt.domain.calendar.hours import DAY, read_span
from tkt.domain.sla.course import NEXT
from tkt.domain.sla.outcomes import group_of
from tkt.named import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import tzinfo

    from tkt.domain.calendar.hours import Span
    from tkt.domain.sla.outcomes import Look, Period


class Yardstick(NamedTuple):
    """How rounds are measured.

    None counts for more than ``cap_s``, and one without an answer for as much. Only questions
    asked in the ``window`` of a day count. An answer is quick, or prompt, within so many seconds.
    """

    zone: tzinfo
    cap_s: int = 600
    window: Span = (8 * 3600, DAY)
    quick_s: int = 30
    prompt_s: int = 180

    def counts(self, at: int) -> bool:
        """Whether a question asked at an instant is one that counts.

        A window that ends before it begins goes on after midnight.
        """
        local = datetime.fromtimestamp(at, UTC).astimezone(self.zone)
        second = local.hour * 3600 + local.minute * 60 + local.second
        begins, ends = self.window
        if begins < ends:
            return begins <= second < ends
        return second >= begins or second < ends


def read_window(text: str) -> Span:
    """``08:00-24:00``; ValueError for none, and for one without any time in it."""
    span = read_span(text)
    if span[0] == span[1]:
        raise ValueError(f"no time in it: {text!r}")
    return span


class Answer(NamedTuple):
    """One round: how long it took, None without an answer; ``name`` is that of its group."""

    seconds: int | None
    name: str | None


def answers(
    look: Look, period: Period, yardstick: Yardstick, by: str | None = None
) -> Iterator[Answer | None]:
    """The rounds of a ticket of which the question was asked in a period, whenever it was answered.

    None stands for a question outside the window. A ticket that has become part of another has
    no rounds: they went on in the other.
    """
    if look.known.is_merged:
        return
    for begun in look.known.rounds[NEXT]:
        if not period.start <= begun.start < period.end:
            continue
        if not yardstick.counts(begun.start):
            yield None
            continue
        seconds = None if begun.end is None else begun.end - begun.start
        yield Answer(seconds, group_of(look.then.course, begun, by, NEXT))
