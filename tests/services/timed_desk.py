"""A desk whose workflow has promises, a ladder and upkeep."""

from __future__ import annotations

from typing import TYPE_CHECKING

from desks import commit_by_hand

if TYPE_CHECKING:
    from pathlib import Path

TEAM = """\
agents:
  lin: {name: 林小满, email: [lin@shop.example], teams: [b]}
  zhao: {name: 赵敏, email: [zhao@shop.example], teams: [b]}
teams:
  b: {name: 售后组, lead: zhao}
"""
TIMES = """
sla:
  - name: all
    default: true
    targets:
      urgent: {first_response: 10m, solution: 1h}
      "*": {first_response: 20m, next_response: 40m, solution: 2h}
escalation:
  - {at: 80%, clock: first_response, tell: assignee}
  - {at: 100%, clock: [first_response, solution], tell: [lead], priority: up}
  - {at: +30m, clock: first_response, level: up, assign: lead, tell: [team]}
automation:
  auto_move:
    - {from: pending, after: 3d, to: resolved, why: 没有回音}
    - {from: resolved, after: 14d, to: closed}
  archive: {after: 90d}
"""


def workflow_of(desk: Path) -> str:
    """The workflow that the desk has, without anything of time."""
    text = (desk / "workflows/simple.yaml").read_text(encoding="utf-8")
    return text.partition("\nsla:")[0].rstrip() + "\n"


def make_timed(desk: Path, times: str = TIMES) -> None:
    """Give the desk's workflow promises, a ladder and upkeep, and the desk a team."""
    commit_by_hand(
        desk,
        {
            "workflows/simple.yaml": (workflow_of(desk) + times).encode(),
            "team.yaml": TEAM.encode(),
        },
    )
