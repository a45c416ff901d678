"""The clocks of tickets as data: what JSON shows of them."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

from tkt.domain.sweeping import SWEEP

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import tzinfo

    from tkt.domain.sla.clocks import Clock, Reckoning, Sla
    from tkt.domain.ticket import Event, Ticket
    from tkt.storage.desk import Desk

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


def occasion(desk: Desk, ticket: Ticket, event: Event, now: datetime) -> Data:
    """What an event that came by itself is about: clock and rung, since when, what it changed.

    ``clock_due`` is there while the clock, or the promise, still waits: it says how late that is.
    """
    data = event.data
    if event.by != SWEEP and "rule" not in data:
        return {}
    names = ("clock", "rung", "rule", "since", "set", "add", "tell")
    told: Data = {name: data[name] for name in names if data.get(name)}
    if due := _due_of(desk, ticket, data, now):
        told["clock_due"] = due
    return told


def _due_of(desk: Desk, ticket: Ticket, data: Mapping[str, Any], now: datetime) -> str | None:
    if str(data.get("rung", "")).startswith("promise"):
        promised = ticket.fields.get("promised")
        return str(promised) if promised else None
    if "clock" not in data:
        return None
    from tkt.domain.sla.track import track_of  # only what came by itself needs it

    reckoning = desk.promised.reckoning(track_of(ticket), ticket.fields.get("workflow"))
    clock = reckoning.sla(int(now.timestamp())).clock(data["clock"])
    return moment(None if clock.ended_at else clock.due_at, desk.settings.zone)


def moment(at: int | None, zone: tzinfo) -> str | None:
    """An instant as JSON has it."""
    return None if at is None else datetime.fromtimestamp(at, zone).isoformat()
