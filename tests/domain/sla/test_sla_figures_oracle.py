"""Figures agree with one who looks at his watch every minute, and writes down what he sees."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from hypothesis import given, settings
from hypothesis import strategies as st
from simulated import simulation
from test_clock_oracle import CALENDAR, START, deeds, is_working, minutes

from tkt.domain.sla.answers import Yardstick, answers
from tkt.domain.sla.figures import tallied
from tkt.domain.sla.outcomes import Period, look, outcomes
from tkt.domain.sla.policy import CLOCKS

FIRST, NEXT, UPDATE, SOLUTION = CLOCKS
ZONE = ZoneInfo("Asia/Shanghai")


class Clerk:
    """Goes minute by minute. ``used`` has the clocks that run, ``seen`` what came to an end."""

    def __init__(self, targets: dict[str, int]) -> None:
        self.targets = targets
        self.used = {FIRST: 0, NEXT: 0, SOLUTION: 0}
        self.seen: list[tuple[int, str, str, int | None]] = []
        self.status = "new"
        self.solved: int | None = None
        self.asked: list[list[int | None]] = [[0, None]]

    def late(self, clock: str) -> bool:
        return self.used[clock] > self.targets.get(clock, 10**9)

    def ends(self, minute: int, clock: str, *, answered: bool = True) -> None:
        if clock not in self.used:
            return
        if answered or self.late(clock):
            result = "breached" if self.late(clock) else "met"
            self.seen.append((minute, clock, result, self.used[clock] if answered else None))
        del self.used[clock]

    def happens(self, minute: int, deed: str) -> None:
        if deed == "message":
            if self.status in ("waiting", "resolved"):
                self.moves(minute, "open")
            if NEXT not in self.used:
                self.used[NEXT] = 0
                self.asked.append([minute, None])
            self.ends(minute, UPDATE, answered=False)
        elif deed == "reply":
            if NEXT in self.used:
                self.asked[-1][1] = minute
            for clock in (FIRST, NEXT, UPDATE):
                self.ends(minute, clock)
            self.used[UPDATE] = 0
        elif deed != "note":
            self.moves(minute, deed)

    def moves(self, minute: int, to: str) -> None:
        was, self.status = self.status, to
        if (to == "resolved") != (was == "resolved"):
            self.solved = minute if to == "resolved" else None

    def passes(self, moment: datetime) -> None:
        if self.status == "resolved" or not is_working(moment):
            return
        for clock in self.used:
            if self.status != "waiting" or clock in (FIRST, NEXT):
                self.used[clock] += 1

    def looks_back(self, start: int) -> list[tuple[str, str, int | None]]:
        """What ended from ``start`` on, and what runs or was late when the ticket was over."""
        told = [each[1:] for each in self.seen if each[0] >= start]
        for clock, used in self.used.items():
            if self.solved is None:
                told.append((clock, "breached" if self.late(clock) else "running", None))
            elif self.solved >= start:
                if clock == SOLUTION:
                    told.append((clock, "breached" if self.late(clock) else "met", used))
                elif self.late(clock):
                    told.append((clock, "breached", None))
        return [each for each in told if each[0] in self.targets]


@settings(max_examples=400)
@given(
    st.lists(st.tuples(minutes, deeds), max_size=10, unique_by=lambda each: each[0]),
    st.tuples(minutes, minutes).map(sorted),
    st.dictionaries(st.sampled_from(CLOCKS), st.integers(1, 900), min_size=1),
)
def test_what_became_of_clocks_agrees_with_counting(
    told: list[tuple[int, str]], between: list[int], targets: dict[str, int]
) -> None:
    start, end = between[0], between[1] + 1
    happened = {minute + 1: deed for minute, deed in told}
    clerk = Clerk(targets)
    for minute in range(end):
        if minute in happened:
            clerk.happens(minute, happened[minute])
        clerk.passes(START + timedelta(minutes=minute))
    base = int(START.timestamp())
    timeline: list[dict[str, Any]] = [{"at": START.isoformat(), "do": "open", "by": "customer"}]
    for minute, deed in happened.items():
        event = {"do": deed} if deed in ("message", "reply", "note") else {"do": "move", "to": deed}
        timeline.append({"at": (START + timedelta(minutes=minute)).isoformat(), **event})
    policy = {"name": "p", "default": True,
              "targets": {"*": {k: f"{v}m" for k, v in targets.items()}}}  # fmt: skip
    made = simulation(timeline, policy, calendar=CALENDAR)
    period = Period(base + start * 60, base + end * 60, base + 60 * 60 * 24 * 30)
    found = outcomes(look(made.track, made.promises, period), period)
    seconds = [
        (c, r, None if used is None else used * 60) for c, r, used in clerk.looks_back(start)
    ]
    assert Counter(each[:3] for each in found) == Counter(seconds)


@given(
    st.lists(st.tuples(minutes, deeds), max_size=10, unique_by=lambda each: each[0]),
    st.tuples(minutes, minutes).map(sorted),
    st.integers(1, 10**5),
    st.tuples(st.integers(0, 23), st.integers(1, 24)).filter(lambda hours: hours[0] != hours[1]),
    st.integers(1, 10**5),
)
def test_answers_agree_with_counting(
    told: list[tuple[int, str]],
    between: list[int],
    cap: int,
    hours: tuple[int, int],
    limit: int,
) -> None:
    start, end = between[0], between[1] + 1
    clerk = Clerk({})
    timeline: list[dict[str, Any]] = [{"at": START.isoformat(), "do": "open", "by": "customer"}]
    for minute, deed in sorted(told):
        clerk.happens(minute + 1, deed)
        event = {"do": deed} if deed in ("message", "reply", "note") else {"do": "move", "to": deed}
        timeline.append({"at": (START + timedelta(minutes=minute + 1)).isoformat(), **event})
    counted: list[int | None] = []
    for asked, answered in clerk.asked:
        assert asked is not None
        hour = (START + timedelta(minutes=asked)).astimezone(ZONE).hour
        inside = (
            hours[0] <= hour < hours[1]
            if hours[0] < hours[1]
            else hour >= hours[0] or hour < hours[1]
        )
        if start <= asked < end and inside:
            counted.append(None if answered is None else (answered - asked) * 60)
    policy = {"name": "p", "default": True, "targets": {"*": {"solution": "1h"}}}
    made = simulation(timeline, policy, calendar=CALENDAR)
    base = int(datetime.fromisoformat(START.isoformat()).astimezone(UTC).timestamp())
    period = Period(base + start * 60, base + end * 60, base + 60 * 60 * 24 * 30)
    rule = Yardstick(ZONE, cap, (hours[0] * 3600, hours[1] * 3600), limit, limit)
    seen = answers(look(made.track, made.promises, period), period, rule)
    found = tallied(False, [((), list(seen))])[0].figures(None, rule).answers
    spent = [cap if taken is None else min(taken, cap) for taken in counted]
    within = [taken is not None and taken <= limit for taken in counted]
    assert (found.rounds, found.sum_s) == (len(spent), sum(spent))
    if spent:
        assert found.mean_s == round(sum(spent) / len(spent), 1)
        assert found.quick_pct == found.prompt_pct == round(100 * sum(within) / len(within), 1)
