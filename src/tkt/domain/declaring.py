"""tkt.yaml and team.yaml: what they may say, and reading them into values.

Reading never stops at a mistake: what is wrong becomes a fault with its place, and the default
stands in for it, so that a broken line in a settings file stops no command that does not need it.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from tkt.domain.automation.language import MACROS, RULES
from tkt.domain.bot.declared import BOT, section
from tkt.domain.roster.file import DATE
from tkt.domain.settings import Agent, Team, Zone
from tkt.domain.shape import Fault
from tkt.domain.spec.kind import BAD, Kind
from tkt.domain.spec.nested import Either, Keyed, Record, taken
from tkt.domain.spec.simple import (
    Anything,
    Choice,
    Elsewhere,
    Flag,
    Name,
    Number,
    Parsed,
    Text,
    Texts,
)
from tkt.domain.telling.declared import DELIVERY, NOTIFY, telling_in
from tkt.domain.when import parse_duration

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tkt.domain.settings import Settings


class Reader:
    """The faults of a section that reads itself, piece by piece; a wrong piece has a default."""

    def __init__(self) -> None:
        self.faults: list[Fault] = []

    def unknown(
        self, where: tuple[str, ...], data: Mapping[str, Any], known: tuple[str, ...]
    ) -> None:
        """Note every key that is none of those known."""
        faults = Record("", dict.fromkeys(known, Anything()))
        faults.take(data, where, self.faults)

    def text(self, where: tuple[str, ...], value: Any, default: str) -> str:
        """A line of text."""
        return str(self._taken(Text(), where, value, default))

    def flag(self, where: tuple[str, ...], value: Any, default: bool) -> bool:
        """True or false."""
        return bool(self._taken(Flag(), where, value, default))

    def names(self, where: tuple[str, ...], value: Any) -> tuple[str, ...]:
        """One text or a list of them."""
        return tuple(self._taken(Texts(), where, value, ()))

    def mapping(self, where: tuple[str, ...], value: Any) -> Mapping[str, Any]:
        """Keys with values."""
        if isinstance(value, dict):
            return value
        if value is not None:
            self.faults.append(Fault(where, "config.not_mapping"))
        return {}

    def _taken(self, kind: Kind, where: tuple[str, ...], value: Any, default: Any) -> Any:
        found = BAD if value is None else kind.take(value, where, self.faults)
        return default if found is BAD else found


def _zone(text: str) -> object:
    try:
        return Zone(text).real
    except (LookupError, OSError) as error:
        raise ValueError(text) from error


ZONE = Parsed(_zone, "config.no_zone", examples=("Asia/Shanghai", "Europe/Berlin"))
"""An IANA time zone."""
DURATION = Parsed(parse_duration, "config.not_duration", examples=("30m", "2h", "3d"))
"""A length of time by the clock on the wall."""

DESK = Record("desk", {
    "version": Number(1, 1),
    "name": Text(),
    "timezone": ZONE,
    "language": Choice("zh", "en"),
    "branch": Text(),
    "workflow": Name(),
    "channels": Texts(named=True),
    "claim": DURATION,
    "children_first": Flag(),
    "masking": Choice("on", "off"),
    "public": Texts(),
    "duplicates": Either(Choice("off"), Record("duplicates", {"within": DURATION})),
    "search": Record("search", {"rerank": Text(), "model": Text()}),
    "fields": Anything(),
    "rules": Elsewhere(RULES),
    "macros": Elsewhere(MACROS),
    "bot": BOT,
})  # fmt: skip
"""What tkt.yaml may say."""

AGENT = Record("agent", {
    "name": Text(),
    "email": Texts(),
    "teams": Texts(),
    "skills": Keyed(Number(1, 5)),
    "capacity": Number(0, 1000),
    "level": Number(0, 99),
    "since": DATE,
    "notify": NOTIFY,
})  # fmt: skip
TEAM = Record("team", {
    "agents": Keyed(AGENT),
    "teams": Keyed(Record("teams", {
        "name": Text(),
        "lead": Text(),
        "members": Texts(),
        "calendar": Name(),
        "categories": Texts(named=True),
        "parent": Name(),
        "notify": NOTIFY,
    })),
    "deliveries": Keyed(DELIVERY),
})  # fmt: skip
"""What team.yaml may say."""


def read_desk(data: Any) -> tuple[dict[str, Any], list[Fault]]:
    """What tkt.yaml says, as keyword arguments of :class:`Settings`; of what is wrong, nothing."""
    found, faults = taken(DESK, data)
    reader = Reader()
    said: dict[str, Any] = {
        name: found[name]
        for name in ("name", "timezone", "language", "branch", "workflow", "children_first")
        if name in found
    }
    if found.get("channels"):
        said["channels"] = tuple(found["channels"])
    if "claim" in found:
        said["claim"] = parse_duration(found["claim"])
    if found.get("search"):
        said["searching"] = json.dumps(found["search"], ensure_ascii=False)
    said.update(_private(found))
    if "bot" in found:
        said["bot"] = section(found["bot"])
    if "fields" in found:
        from tkt.domain.custom.reading import read_fields

        said["fields"] = read_fields(reader, found["fields"])
    return said, faults + reader.faults


def _private(found: Mapping[str, Any]) -> dict[str, Any]:
    """What is said of personal data, and of tickets that repeat each other."""
    said: dict[str, Any] = {"masking": found.get("masking") != "off"}
    if found.get("public"):
        said["public"] = tuple(found["public"])
    repeated = found.get("duplicates")
    if repeated == "off":
        said["duplicates"] = None
    elif repeated and "within" in repeated:
        said["duplicates"] = parse_duration(repeated["within"])
    return said


def read_team(data: Any) -> tuple[dict[str, Any], list[Fault]]:
    """What team.yaml says, as keyword arguments of :class:`Settings`."""
    found, faults = taken(TEAM, data)
    groups = found.get("teams", {})
    agents = [
        Agent(key, entry.get("name", key), tuple(entry.get("email", ())),
              _teams_of(key, entry, groups), entry.get("skills", {}), entry.get("capacity"),
              entry.get("level", 1), entry.get("since"))
        for key, entry in found.get("agents", {}).items()
    ]  # fmt: skip
    teams = [
        Team(key, entry.get("name", key), entry.get("lead"), entry.get("calendar"),
             tuple(entry.get("categories", ())), entry.get("parent"))
        for key, entry in groups.items()
    ]  # fmt: skip
    telling, lost = telling_in(found)
    faults = faults + _crossed(agents, teams) + _among_teams(groups, agents) + lost
    said: dict[str, Any] = {"agents": tuple(agents), "teams": tuple(teams)}
    if telling:
        said["telling"] = telling
    return said, faults


def _teams_of(
    agent: str, entry: Mapping[str, Any], groups: Mapping[str, Mapping[str, Any]]
) -> tuple[str, ...]:
    """The teams an agent is in, whether the agent's entry says so or the team's."""
    named = (key for key, group in groups.items() if agent in group.get("members", ()))
    return tuple(dict.fromkeys((*entry.get("teams", ()), *named)))


def _among_teams(groups: Mapping[str, Mapping[str, Any]], agents: list[Agent]) -> list[Fault]:
    """Members and parents of teams that are none, and parents that go round in a circle."""
    faults: list[Fault] = []
    known = {agent.id for agent in agents}
    for key, group in groups.items():
        for i, member in enumerate(group.get("members", ())):
            if member not in known:
                faults.append(
                    Fault(("teams", key, "members", i), "config.no_agent", {"agent": member})
                )
        parent = group.get("parent")
        if parent is not None and parent not in groups:
            faults.append(Fault(("teams", key, "parent"), "config.no_team", {"team": parent}))
        elif parent is not None and _is_below(key, parent, groups):
            faults.append(Fault(("teams", key, "parent"), "config.team_circle", {"team": parent}))
    return faults


def _is_below(team: str, start: str, groups: Mapping[str, Mapping[str, Any]]) -> bool:
    """Whether the parents of ``start`` lead to ``team``."""
    seen: set[str] = set()
    at: str | None = start
    while at is not None and at not in seen:
        if at == team:
            return True
        seen.add(at)
        at = groups.get(at, {}).get("parent")
    return False


def crossed(desk: Settings, calendars: set[str]) -> list[Fault]:
    """What team.yaml says of other files that they do not; and names that two people have.

    ``calendars`` are those that have a file, be it a faulty one.
    """
    faults: list[Fault] = []
    calendars = calendars | {calendar.name for calendar in desk.calendars}
    categories = {category.name for category in desk.categories}
    for team in desk.teams:
        where = ("teams", team.id)
        if team.calendar is not None and team.calendar not in calendars:
            said = {"calendar": team.calendar}
            faults.append(Fault((*where, "calendar"), "config.no_team_calendar", said))
        for n, category in enumerate(team.categories if categories else ()):
            if category not in categories:
                place = (*where, "categories", n)
                faults.append(Fault(place, "config.no_team_category", {"category": category}))
    owner: dict[str, str] = {}
    for agent in desk.agents:
        other = owner.setdefault(agent.name.casefold(), agent.id)
        if other != agent.id:
            told = {"name": agent.name, "other": other}
            faults.append(Fault(("agents", agent.id, "name"), "config.name_twice", told))
    return faults


def _crossed(agents: list[Agent], teams: list[Team]) -> list[Fault]:
    """Names that lead nowhere, and e-mails that two agents claim."""
    faults: list[Fault] = []
    known_teams, known_agents = {team.id for team in teams}, {agent.id for agent in agents}
    owner: dict[str, str] = {}
    for agent in agents:
        for team in agent.teams:
            if team not in known_teams:
                faults.append(
                    Fault(("agents", agent.id, "teams"), "config.no_team", {"team": team})
                )
        for email in agent.emails:
            if owner.setdefault(email.casefold(), agent.id) != agent.id:
                faults.append(
                    Fault(
                        ("agents", agent.id, "email"),
                        "config.email_twice",
                        {"email": email, "other": owner[email.casefold()]},
                    )
                )
    for group in teams:
        if group.lead is not None and group.lead not in known_agents:
            faults.append(
                Fault(("teams", group.id, "lead"), "config.no_agent", {"agent": group.lead})
            )
    return faults
