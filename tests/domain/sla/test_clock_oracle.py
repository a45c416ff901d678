"""The clocks agree with one who looks at his watch every minute."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from hypothesis import given, settings
from hypothesis import strategies as st
from simulated import simulation

from tkt.domain.sla.policy import CLOCKS

ZONE = ZoneInfo("Europe/Berlin")
HOURS = {"mon-fri": ["08:00-12:00", "13:00-18:00"], "sat": ["10:00-14:00"]}
CALENDAR = {"timezone": "Europe/Berlin", "hours": HOURS}
START = datetime(2013, 3, 28, 6, tzinfo=UTC)
"""Clocks go forward in Berlin three days later."""


def is_working(moment: datetime) -> bool:
    local = moment.astimezone(ZONE)
    minute = local.hour * 60 + local.minute
    if local.weekday() < 5:
        return 480 <= minute < 720 or 780 <= minute < 1080
    return local.weekday() == 5 and 600 <= minute < 840


class Watch:
    """Goes minute by minute, and knows the rules but no arithmetic."""

    def __init__(self) -> None:
        self.used = dict.fromkeys(CLOCKS, 0)
        self.on: set[str] = set()
        self.done: set[str] = set()
        self.status = "new"

    def happens(self, event: dict[str, Any]) -> None:
        do = event["do"]
        if do == "open":
            self.on |= {"first_response", "next_response", "solution"}
        if do == "message":
            if self.status in ("waiting", "resolved"):
                self.moves("open")
            if "next_response" not in self.on:
                self.used["next_response"] = 0
                self.on.add("next_response")
            self.on.discard("periodic_update")
        if do == "reply":
            self.on -= {"next_response", "first_response"}
            self.used["periodic_update"] = 0
            self.on.add("periodic_update")
        if do == "move":
            self.moves(event["to"])

    def moves(self, to: str) -> None:
        self.status = to
        (self.on.discard if to == "resolved" else self.on.add)("solution")

    def passes(self, moment: datetime) -> None:
        for clock in self.on:
            pausable = clock in ("solution", "periodic_update")
            stands = self.status == "resolved" or (self.status == "waiting" and pausable)
            if not stands and is_working(moment):
                self.used[clock] += 1


minutes = st.integers(0, 60 * 24 * 6)
deeds = st.sampled_from(["message", "reply", "note", "waiting", "open", "inside", "resolved"])


@settings(max_examples=400)
@given(
    st.lists(st.tuples(minutes, deeds), max_size=8, unique_by=lambda each: each[0]),
    st.integers(0, 60 * 24 * 7),
    st.dictionaries(
        st.sampled_from(CLOCKS),
        st.integers(1, 900), min_size=1,
    ),
)  # fmt: skip
def test_the_arithmetic_agrees_with_counting(
    told: list[tuple[int, str]], until: int, targets: dict[str, int]
) -> None:
    timeline = [{"at": START.isoformat(), "do": "open", "by": "customer"}]
    by_minute: dict[int, dict[str, Any]] = {}
    for minute, deed in told:
        event = {"do": deed} if deed in ("message", "reply", "note") else {"do": "move", "to": deed}
        by_minute[minute + 1] = event
        when = START + timedelta(minutes=minute + 1)
        timeline.append({"at": when.isoformat(), **event})
    watch = Watch()
    watch.happens({"do": "open"})
    for minute in range(until + 1):
        if minute and minute in by_minute:
            watch.happens(by_minute[minute])
        if minute < until:
            watch.passes(START + timedelta(minutes=minute))
    policy = {"name": "p", "default": True,
              "targets": {"*": {k: f"{v}m" for k, v in targets.items()}}}  # fmt: skip
    made = simulation(timeline, policy, calendar=CALENDAR)
    now = int(START.timestamp()) + until * 60
    sla = made.sla(now)
    for clock in sla.clocks:
        if clock.state == "off":
            # Only what ended before, or never began, is off where it has a target.
            assert (
                clock.clock not in targets
                or clock.clock not in watch.on
                or (clock.clock == "periodic_update" and watch.status == "resolved")
            )
            continue
        assert clock.elapsed_s == watch.used[clock.clock] * 60
        assert (clock.state == "breached") == (clock.elapsed_s > targets[clock.clock] * 60)
        assert clock.runs == (
            clock.clock in watch.on
            and watch.status != "resolved"
            and not (watch.status == "waiting" and clock.clock in ("solution", "periodic_update"))
        )


@given(st.integers(0, 60 * 24 * 4), st.integers(1, 2000), minutes)
def test_a_clock_is_late_only_after_its_due(pause: int, target: int, length: int) -> None:
    timeline = [
        {"at": START.isoformat(), "do": "open"},
        {"at": (START + timedelta(minutes=pause)).isoformat(), "do": "move", "to": "waiting"},
        {"at": (START + timedelta(minutes=pause + length)).isoformat(), "do": "move", "to": "open"},
    ]
    policy = {"name": "p", "default": True, "targets": {"*": {"solution": f"{target}m"}}}
    made = simulation(timeline, policy, calendar=CALENDAR)
    due = made.sla(int(START.timestamp()) + 60 * 60 * 24 * 30).clock("solution").due_at
    assert due is not None
    assert made.sla(due).clock("solution").breached_by_s == 0
    late = due + 1
    while made.sla(late).clock("solution").elapsed_s == target * 60:
        late += 1800  # nobody works then, or the ticket waits
    assert made.sla(late).clock("solution").state == "breached"
