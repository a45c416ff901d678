"""What a ticket needs of whoever is to have it."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from tkt.named import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tkt.domain.routing.rule import Routing
    from tkt.domain.settings import Settings

ABOUT = "about_agent"
"""The field of a complaint that names the agent it is about."""


class Need(NamedTuple):
    """What matters of a ticket; those that agree in it go to the same people.

    ``off`` are agents who have given it back or had it taken from them, ``about`` whom the customer
    complains of.
    """

    workflow: str | None = None
    category: str | None = None
    team: str | None = None
    level: int = 1
    off: tuple[str, ...] = ()
    about: str | None = None

    @property
    def text(self) -> str:
        """As the index keeps it."""
        return json.dumps(self, ensure_ascii=False, separators=(",", ":"))

    @staticmethod
    def of(text: str) -> Need:
        """What :attr:`text` says."""
        workflow, category, team, level, off, about = json.loads(text)
        return Need(workflow, category, team, level, tuple(off), about)

    def barred(self, settings: Settings) -> dict[str, str]:
        """Agents who do not get this ticket whatever else they do, and why.

        Customers complain of somebody by name; of two who have that name neither gets it.
        """
        found = dict.fromkeys(self.off, "taken-off")
        if self.about:
            said = self.about.strip().casefold()
            for agent in settings.agents:
                if said in map(str.casefold, (agent.id, agent.name)):
                    found[agent.id] = "complaint"
        return found


class Wanted(NamedTuple):
    """Whom a ticket may go to: of a team (None: any), with skills and of a level at least."""

    team: str | None
    skills: tuple[tuple[str, int], ...]
    level: int


def wanted(need: Need, routing: Routing, settings: Settings, *, relaxed: int = 0) -> Wanted | None:
    """Whom a ticket may go to; None where the desk has teams and none of them is meant.

    The ticket's own team goes first: somebody has put it there. ``relaxed`` so many times, levels
    are lower; the skill itself is always asked for.
    """
    team = team_of(need, routing, settings)
    if team is None and settings.teams:
        return None
    return Wanted(team, skills_of(need, routing, settings, relaxed=relaxed), need.level)


def team_of(need: Need, routing: Routing, settings: Settings) -> str | None:
    """The team whose business a ticket is."""
    if need.team is not None:
        return need.team
    if routing.team is not None:
        return routing.team
    known = {team.id for team in settings.teams}
    for category in settings.categories:
        if category.name == need.category and category.team in known:
            return category.team
    serving = (team.id for team in settings.teams if need.category in team.categories)
    return next(serving, None)


def skills_of(
    need: Need, routing: Routing, settings: Settings, *, relaxed: int = 0
) -> tuple[tuple[str, int], ...]:
    """The skills that a ticket needs by its category and its workflow: of two levels the higher."""
    skills = dict(routing.skills)
    for category in settings.categories:
        if category.name == need.category:
            for name, level in category.skills.items():
                skills[name] = max(level, skills.get(name, level))
    return tuple((name, max(1, skills[name] - relaxed)) for name in sorted(skills))


def relaxations(routing: Routing, waited: int) -> int:
    """By how much levels are lower for a ticket that has waited so many seconds."""
    return max(0, waited) // routing.relax if routing.relax else 0


def need_of(fields: Mapping[str, Any], off: tuple[str, ...] = ()) -> Need:
    """What a ticket with these fields needs."""
    about = fields.get(ABOUT)
    return Need(
        fields.get("workflow"),
        fields.get("category"),
        fields.get("team"),
        fields.get("level") or 1,
        off,
        about if isinstance(about, str) else None,
    )
