"""What speaks against giving a ticket to an agent. Nothing outweighs a veto."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tkt.domain.training.lapse import effective

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from tkt.domain.routing.needs import Wanted
    from tkt.domain.settings import Agent, Settings
    from tkt.domain.training.lapse import Lapse

VETOES = (
    "team", "level", "no-skill", "untrained", "no-share", "unavailable", "away", "leave",
    "off-shift", "complaint", "taken-off", "capacity",
)  # fmt: skip
"""In the order in which they are looked at: the first that holds is an agent's. The last that any
agent of the team comes to is why nobody gets the ticket: so near was somebody."""
NO_TEAM, NO_AGENT, PARKED = "no-team", "no-agent", "parked"
"""Why a ticket waits where no agent comes into question: no team is meant, its team has nobody, or
a person left it to nobody."""
REASONS = (NO_TEAM, NO_AGENT, PARKED, *VETOES)


def members(settings: Settings, team: str | None) -> list[Agent]:
    """The agents of a team (None: of the desk) by id: the order of the file decides nothing."""
    found = settings.agents if team is None else settings.members(team)
    return sorted(found, key=lambda agent: agent.id)


def standing_veto(
    agent: Agent,
    wanted: Wanted,
    *,
    shares: Mapping[str, float],
    off: Callable[[str], str | None],
    lapses: Mapping[str, Lapse],
    lead: str | None = None,
) -> str | None:
    """What speaks against an agent whatever they have to do; ``off`` is why they take no work.

    ``lapses`` are the agent's skills that do not count in full for want of training.

    No level is too high for the team's ``lead``: each escalation adds one, and somebody is to have
    the ticket in the end.
    """
    if wanted.team is not None and wanted.team not in agent.teams:
        return "team"
    if agent.level < wanted.level and agent.id != lead:
        return "level"
    if any(agent.skills.get(name, 0) < level for name, level in wanted.skills):
        return "no-skill"
    if lacking(agent, wanted, lapses):
        return "untrained"
    if shares.get(agent.id, 1) <= 0:
        return "no-share"
    return off(agent.id)


def lacking(agent: Agent, wanted: Wanted, lapses: Mapping[str, Lapse]) -> tuple[str, ...]:
    """The courses for want of which an agent is not skilled enough."""
    if not lapses:
        return ()
    found = (
        lapses[name].courses
        for name, level in wanted.skills
        if name in lapses and effective(agent.skills.get(name, 0), lapses[name]) < level
    )
    return tuple(dict.fromkeys(course for courses in found for course in courses))


def telling(vetoes: Iterable[str]) -> str:
    """Of what speaks against each agent of a team, why nobody gets the ticket."""
    return max(vetoes, key=VETOES.index, default=NO_AGENT)
