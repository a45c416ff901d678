"""Making simulations for tests of the clocks."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from tkt.domain.sla.simulation import Simulation, read_simulation

if TYPE_CHECKING:
    from tkt.domain.sla.clocks import Sla

NOW = datetime(2013, 3, 30, tzinfo=UTC)
BERLIN = {"timezone": "Europe/Berlin", "hours": {"mon-fri": ["08:00-18:00"]}}
CHINA = {"timezone": "Asia/Shanghai", "workdays": "china", "hours": {"mon-fri": ["09:00-18:00"]}}
STATES = {
    "new": {"category": "new"}, "open": {"category": "open"},
    "waiting": {"category": "pending"}, "inside": {"category": "pending", "pauses": False},
    "resolved": {"category": "resolved"}, "closed": {"category": "closed"},
}  # fmt: skip


def at(text: str) -> int:
    """An instant of UTC in seconds."""
    return int(datetime.fromisoformat(text + "+00:00").timestamp())


def event(when: str, do: str, **more: Any) -> dict[str, Any]:
    """An event of a simulated timeline, its time in UTC."""
    return {"at": when + "Z", "do": do, **more}


def simulation(
    timeline: list[dict[str, Any]], sla: Any, *, calendar: dict[str, Any] = BERLIN
) -> Simulation:
    """A simulation without faults."""
    data = {"calendar": calendar, "sla": sla, "states": STATES, "timeline": timeline}
    found, faults = read_simulation(data, now=NOW)
    assert not faults
    assert found
    return found


def clocks(
    timeline: list[dict[str, Any]],
    targets: dict[str, Any],
    now: str,
    *,
    calendar: dict[str, Any] = BERLIN,
    **switches: Any,
) -> Sla:
    """The clocks of a timeline under one policy that holds for all priorities."""
    policy = {"name": "p", "default": True, "targets": {"*": targets}, **switches}
    return simulation(timeline, policy, calendar=calendar).sla(at(now))


def dues(sla: Sla) -> dict[str, str | None]:
    """When the clocks that are on are due, to the minute in UTC."""
    return {
        clock.clock: datetime.fromtimestamp(clock.due_at, UTC).isoformat()[:16]
        if clock.due_at is not None
        else None
        for clock in sla.clocks
        if clock.state != "off"
    }
