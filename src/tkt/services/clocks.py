"""The clocks of tickets as data: what JSON shows of them."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from datetime import tzinfo

    from tkt.domain.sla.clocks import Clock, Reckoning, Sla

Data = dict[str, Any]


def reckoned(reckoning: Reckoning, now: datetime, zone: tzinfo) -> Data:
    """All clocks of a ticket as they stand at ``now``.

    ``problem`` is there if a calendar is missing by which they would have to be reckoned,
    ``unpublished`` if one counts across years whose public holidays are not known yet.
    """
    sla = reckoning.sla(int(now.timestamp()))
    data = {"policy": sla.policy, **told(sla, zone)}
    if reckoning.problem:
        data["problem"] = reckoning.problem
    if years := reckoning.unpublished():
        data["unpublished"] = list(years)
    return data


def told(sla: Sla, zone: tzinfo) -> Data:
    """Clocks as plain data; times in the zone that is asked for."""
    return {
        "escalation_at": moment(sla.escalation_at, zone),
        "clocks": [_clock(clock, zone) for clock in sla.clocks],
    }


def _clock(clock: Clock, zone: tzinfo) -> Data:
    is_off = clock.state == "off"
    data: Data = {
        "clock": clock.clock,
        "state": clock.state,
        "started_at": moment(clock.started_at, zone),
        "due_at": moment(clock.due_at, zone),
        "target_s": clock.target_s,
        "elapsed_s": clock.elapsed_s,
        "remaining_s": clock.remaining_s,
        "used_pct": clock.used_pct,
        "breached_by_s": None if is_off else clock.breached_by_s,
        "ended_at": moment(clock.ended_at, zone),
        "excused": clock.excused,
    }
    return {**data, "rounds": clock.rounds} if clock.clock == "next_response" else data


def moment(at: int | None, zone: tzinfo) -> str | None:
    """An instant as JSON has it."""
    return None if at is None else datetime.fromtimestamp(at, zone).isoformat()
