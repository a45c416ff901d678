"""Policies and clocks of a desk: what is promised, what an edited policy would move, excuses."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from tkt.domain.actions.event import new_event
from tkt.domain.change import Change
from tkt.domain.sla.policy import ANY_PRIORITY, CLOCKS, LABELS, spelt
from tkt.domain.sla.track import track_of
from tkt.domain.sweeping.plan import Plan
from tkt.errors import Refused, UsageProblem
from tkt.named import NamedTuple
from tkt.services.clocks import moment
from tkt.storage import refreshing
from tkt.storage.rows import times_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import tzinfo

    from tkt.domain.settings import Settings
    from tkt.domain.ticket import Ticket
    from tkt.services.stage import Action, Stage
    from tkt.storage.desk import Desk


def policies(desk: Desk) -> list[dict[str, Any]]:
    """Every policy of every workflow, an entry for each priority that it names.

    A workflow without any, or whose section cannot be read, has one that says so.
    """
    rows: list[dict[str, Any]] = []
    for flow in desk.settings.workflows:
        held = desk.promised.promises(flow.name).policies
        if not held:
            broken = "sla" in flow.rules.data.get("broken", ())
            problem = "broken" if broken else None
            rows.append(
                {
                    "workflow": flow.name,
                    "policy": None,
                    "when": {},
                    "priority": ANY_PRIORITY,
                    **dict.fromkeys(CLOCKS),
                    "calendar": None,
                    "problem": problem,
                }
            )
        for policy in held:
            lost = None if desk.settings.calendar(policy.calendar) else "calendar"
            for priority, targets in policy.targets.items():
                rows.append(
                    {
                        "workflow": flow.name,
                        "policy": policy.name,
                        "when": {name: sorted(values) for name, values in policy.when.wanted},
                        "priority": priority,
                        **{
                            clock: spelt(targets[clock]) if clock in targets else None
                            for clock in CLOCKS
                        },
                        "calendar": policy.calendar,
                        "problem": lost,
                    }
                )
    return rows


class Moved(NamedTuple):
    """A ticket whose due time an edit moves; None where there is none."""

    id: str
    title: str
    before: int | None
    after: int | None

    def row(self, zone: tzinfo) -> dict[str, Any]:
        """The same as plain data."""
        times = {"due_before": moment(self.before, zone), "due_after": moment(self.after, zone)}
        return {"id": self.id, "title": self.title, **times}


def would_move(desk: Desk, edited: Settings) -> Iterator[Moved]:
    """The tickets that are due at another time by the settings as they were ``edited``."""
    plan = Plan(edited)
    rows = desk.index.select(
        "SELECT id, title, workflow, track, due FROM tickets JOIN tracks USING (num)"
        " WHERE archived = 0 ORDER BY due IS NULL, due, num"
    )
    for ticket_id, title, workflow, track, due in rows:
        after = times_of(json.loads(track), workflow, plan).due
        if after != due:
            yield Moved(ticket_id, title, due, after)


def recompute(desk: Desk) -> int:
    """Reckon anew when every ticket is due; how many were wrong, which should be none."""
    index = desk.index
    with index.careful():
        index.db.execute("BEGIN IMMEDIATE")
        count = refreshing.recompute(index, index.meta("settings") or "", desk.progress)
        index.db.execute("COMMIT")
    return count


def excuse(clock: str, reason: str | None) -> Action:
    """A breach of a clock stays a fact, and is not held against anybody.

    It is that of the last round that was missed and is not excused yet.
    """

    def act(stage: Stage, ticket: Ticket) -> Sequence[Change]:
        if not (reason and reason.strip()):
            raise Refused("sla.excuse_why", id=ticket.id)
        name = clock_named(clock)
        reckoning = stage.desk.promised.reckoning(track_of(ticket), ticket.fields.get("workflow"))
        now = int(stage.acting.now.timestamp())
        breached = [(found.excused, begun) for begun, found in reckoning.results(name, 0, now)
                    if found.late_s]  # fmt: skip
        if not breached:
            state = reckoning.clock(name, now).state
            raise Refused("sla.not_breached", id=ticket.id, clock=name, state=state)
        open_ = [begun.start for excused, begun in breached if not excused]
        if not open_:
            raise Refused("sla.excused_already", id=ticket.id, clock=name)
        since = moment(max(open_), stage.settings.zone)
        doing = stage.doing(ticket)
        event = new_event(ticket.events, doing, "excuse", clock=name, since=since, why=reason)
        return [Change("excuse", ticket, ticket.after(event), (event,), tail=name, reason=reason)]

    return act


def clock_named(text: str) -> str:
    """The clock that a person means: its name, or its first letters as ``fr``."""
    wanted = text.strip().casefold().replace("-", "_").replace(" ", "_")
    short = {"".join(part[0] for part in name.split("_")): name for name in CLOCKS}
    short |= {label.replace(" ", "_"): name for name in CLOCKS for label in LABELS[name]}
    if wanted in CLOCKS:
        return wanted
    if wanted in short:
        return short[wanted]
    raise UsageProblem("sla.no_clock", clock=text, known=", ".join(CLOCKS))
