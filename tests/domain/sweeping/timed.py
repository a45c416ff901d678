"""A desk of values whose workflow has promises, a ladder and upkeep."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tkt.domain.settings import Agent, Settings, Team
from tkt.domain.sweeping.catching_up import catch_up
from tkt.domain.sweeping.plan import Plan
from tkt.domain.workflow import SIMPLE
from tkt.domain.workflow.reading import parse

if TYPE_CHECKING:
    from datetime import datetime

    from tkt.domain.change import Change
    from tkt.domain.ticket import Ticket

SLA = [
    {"name": "all", "default": True, "targets": {
        "urgent": {"first_response": "10m", "next_response": "20m", "solution": "60m"},
        "*": {"first_response": "20m", "next_response": "40m", "periodic_update": "3h",
              "solution": "2h"},
    }},
]  # fmt: skip
LADDER = [
    {"at": "50%", "tell": ["assignee"], "clock": ["first_response", "next_response"]},
    {"at": "80%", "tell": ["lead"]},
    {"at": "100%", "tell": ["lead", "assignee"], "priority": "up"},
    {"at": "+30m", "level": "up", "assign": "lead", "tell": ["team"]},
    {"idle": "6h", "tell": ["assignee"]},
    {"reopened": 2, "tell": ["lead"], "tags": ["again"]},
    {"transferred": 2, "tell": ["lead"]},
]
UPKEEP = {
    "auto_move": [
        {"from": "pending", "after": "3d", "to": "resolved", "why": "没有回音"},
        {"from": "resolved", "after": "14d", "to": "closed"},
    ],
    "survey": {"after": "1h"},
    "archive": {"after": "90d"},
}


def settings(**sections: Any) -> Settings:
    """A desk with one team, whose workflow says these sections."""
    states = {s.name: {"category": s.category, "label": s.en} for s in SIMPLE.states}
    said = {"sla": SLA, "escalation": LADDER, "automation": UPKEEP, **sections}
    flow, faults = parse({"states": states, **said}, name="simple")
    assert flow
    assert not faults, faults
    return Settings(
        agents=(Agent("lin", "林小满", teams=("b",)), Agent("zhao", "赵敏", teams=("b",))),
        teams=(Team("b", "售后组", "zhao"),),
        workflows=(flow,),
    )


PLAN = Plan(settings())


def swept(ticket: Ticket, now: datetime, plan: Plan = PLAN) -> list[Change]:
    """What a sweep does to a ticket, in its order."""
    return [change for _, change in catch_up(ticket, plan, now=now)]


def told(changes: list[Change]) -> list[tuple[str, str, str]]:
    """(when it was due, what was done, by which rung) of each."""
    found = []
    for change in changes:
        data = change.events[0].data
        rung = f"{data.get('clock', '')} {data.get('rung', '')}".strip()
        found.append((data["at"][11:16], change.action, rung))
    return found
