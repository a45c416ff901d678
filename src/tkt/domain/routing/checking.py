"""Mistakes of a workflow's routing that only show when the desk is seen whole."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tkt.domain.shape import Fault
from tkt.domain.spec.kind import unknown

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from tkt.domain.settings import Settings
    from tkt.domain.workflow import Workflow

_TOLD = ("lead", "assignee", "team", "watchers")


def faults_in_routing(flow: Workflow, settings: Settings) -> Iterator[Fault]:
    """Teams and agents that the desk does not have, empty teams, and skills that nobody has.

    A desk without people is not set up yet: there is nothing to compare with.
    """
    data = flow.rules.data.get("routing", {})
    agents, teams = [one.id for one in settings.agents], [one.id for one in settings.teams]
    if not agents and not teams:
        return
    fallback = data.get("fallback", {})
    yield from _faults_in_teams(data, settings)
    for name in data.get("shares", {}):
        if name not in agents:
            yield unknown(("routing", "shares", name), "workflow.nobody", name, agents)
    told = (*_TOLD, *agents, *teams, *(f"team:{team}" for team in teams))
    for name in fallback.get("tell", ()):
        if name not in told:
            yield unknown(("routing", "fallback", "tell"), "workflow.nobody", name, told)
    for skill, level in data.get("skills", {}).items():
        if not any(agent.skills.get(skill, 0) >= level for agent in settings.agents):
            said = {"skill": skill, "level": level}
            yield Fault(("routing", "skills", skill), "workflow.unskilled", said)


def _faults_in_teams(data: Mapping[str, Any], settings: Settings) -> Iterator[Fault]:
    """Teams that are not there, and such as have nobody though the desk has agents."""
    teams = [one.id for one in settings.teams]
    for where, team in (
        (("team",), data.get("team")),
        (("fallback", "team"), data.get("fallback", {}).get("team")),
    ):
        if team is None:
            continue
        if team not in teams:
            yield unknown(("routing", *where), "workflow.nobody", team, teams)
        elif settings.agents and not settings.members(team):
            yield Fault(("routing", *where), "workflow.team_empty", {"team": team})
