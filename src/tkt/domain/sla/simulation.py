"""Trying a policy out: a file with a calendar, a policy, states and a timeline; no desk."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tkt.domain.calendar.reading import parse as parse_calendar
from tkt.domain.fields import is_field_name
from tkt.domain.settings import Zone
from tkt.domain.shape import CAUTIONS, Fault
from tkt.domain.sla import track as steps
from tkt.domain.sla.clocks import Reckoning
from tkt.domain.sla.course import Promises
from tkt.domain.sla.policy import read_policies
from tkt.domain.sla.policy_file import POLICIES, POLICY, faults_among
from tkt.domain.sla.promised import mode_in
from tkt.domain.spec.kind import BAD, unknown
from tkt.domain.spec.nested import Either, Key, Keyed, ListOf, Record, taken
from tkt.domain.spec.simple import Anything, Choice, Flag, Parsed, Text
from tkt.domain.when import parse_moment
from tkt.domain.workflow import OVER, SIMPLE
from tkt.domain.workflow.reading import parse
from tkt.named import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime, tzinfo

    from tkt.domain.calendar.working import Calendar
    from tkt.domain.sla.clocks import Sla
    from tkt.domain.sla.track import Track
    from tkt.domain.workflow import Workflow

_DEEDS = (
    "open", "message", "reply", "note", "move", "set", "wait", "resolve", "close", "reopen"
)  # fmt: skip
_CATEGORY = {"wait": "pending", "resolve": "resolved", "close": "closed", "reopen": "open"}
_OWN = ("at", "do", "by", "to", "state", "message", "set")
SIMULATION = Record("simulation", {
    "calendar": Key(Anything(), needed=True),
    "sla": Key(Either(POLICIES, POLICY), needed=True),
    "states": Anything(),
    "timeline": Key(ListOf(Keyed(Anything(), check=is_field_name), whole=True), needed=True),
})  # fmt: skip
_EVENT = Record("simulated", {
    "at": Key(Text(), needed=True),
    "do": Key(Choice(*_DEEDS), needed=True),
    "by": Choice("customer", "agent", "bot"),
    "to": Text(),
    "state": Text(),
    "message": Flag(),
    "set": Anything(),
})  # fmt: skip


class Simulation(NamedTuple):
    """What a file says: promises, and the track of its ticket."""

    calendar: Calendar
    promises: Promises
    track: Track

    def reckoning(self, now: int) -> Reckoning:
        """The arithmetic at ``now``, when nothing of what comes later has happened."""
        return Reckoning([step for step in self.track if step[0] <= now], self.promises)

    def sla(self, now: int) -> Sla:
        """The clocks at ``now``."""
        return self.reckoning(now).sla(now)


def read_simulation(data: Any, *, now: datetime) -> tuple[Simulation | None, list[Fault]]:
    """The simulation that a file says; None with what is wrong with it."""
    found, faults = taken(SIMULATION, data)
    if faults or not found:
        return None, faults
    if not isinstance(found["calendar"], dict):
        return None, [Fault(("calendar",), "sla.calendar_by_name")]
    calendar, wrong = parse_calendar(found["calendar"], name="main")
    faults += [fault._replace(where=("calendar", *fault.where)) for fault in wrong]
    flow = SIMPLE
    if "states" in found:
        made, wrong = parse({"states": found["states"]}, name="simulated")
        faults += wrong
        flow = made or SIMPLE
    said = found["sla"]
    policies = read_policies(said if isinstance(said, list) else [said])
    policies = tuple(p._replace(calendar="main") for p in policies)
    if len(policies) > 1:
        faults += faults_among(policies)
    else:
        policies = tuple(p._replace(default=True) for p in policies)
    if calendar is None or any(fault.key not in CAUTIONS for fault in faults):
        return None, faults
    track, wrong = _track(found["timeline"], flow, Zone(calendar.timezone), now)
    faults += wrong
    if not wrong and not any(step[1] in steps.OPENINGS for step in track):
        wrong = [Fault(("timeline",), "sla.no_opening")]
        faults += wrong
    if wrong:
        return None, faults
    promises = Promises.of(policies, calendar=lambda _: calendar, mode=mode_in(flow))
    return Simulation(calendar, promises, track), faults


def _track(
    timeline: list[dict[str, Any]], flow: Workflow, zone: tzinfo, now: datetime
) -> tuple[Track, list[Fault]]:
    """The track of a simulated ticket; what a customer says moves it as it would a real one."""
    faults: list[Fault] = []
    track: Track = []
    status = ""
    events: list[tuple[int, int, Mapping[str, Any]]] = []
    moment = Parsed(lambda text: parse_moment(text, now=now, tz=zone), "sla.not_moment")
    for place, entry in enumerate(timeline):
        where = ("timeline", place)
        event = _EVENT.take({k: v for k, v in entry.items() if k in _OWN}, where, faults)
        if event is BAD or moment.take(event["at"], (*where, "at"), faults) is BAD:
            continue
        at = int(parse_moment(event["at"], now=now, tz=zone).timestamp())
        fields = {k: v for k, v in entry.items() if k not in _OWN} | dict(event.get("set") or {})
        events.append((at, place, {**event, "set": fields}))
    for at, place, event in sorted(events, key=lambda each: each[:2]):
        to = _target(event, flow, status)
        state = flow.state(to) if to is not None else None
        if to is not None and state is None:
            names = [state.name for state in flow.states]
            faults.append(unknown(("timeline", place, "to"), "workflow.no_state", to, names))
            continue
        changes = dict(event["set"])
        if state is not None and state.name != status:
            changes["status"] = status = state.name
        track.append([at, _kind(event), changes])
    return track, faults


def _target(event: Mapping[str, Any], flow: Workflow, status: str) -> str | None:
    """The state that an event leads to, if it leads to one."""
    do = event["do"]
    if do == "open":
        return str(event.get("state") or event.get("to") or flow.initial.name)
    if do in _CATEGORY:
        state = flow.of_category(_CATEGORY[do])
        return state.name if state else None
    if do == "message" and flow.category_of(status) in ("pending", *OVER):
        state = flow.of_category("open")
        return state.name if state else None
    return event.get("to")


def _kind(event: Mapping[str, Any]) -> str:
    do = event["do"]
    if do == "open":
        if event.get("by", "customer") != "customer":
            return steps.INSIDE
        return steps.ASKED if event.get("message", True) else steps.OPENED
    if do == "message":
        return steps.MESSAGE
    return steps.REPLY if do == "reply" and event.get("by", "agent") == "agent" else steps.DONE
