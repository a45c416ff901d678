"""What a desk says of itself in tkt.yaml and team.yaml, read into values.

Reading never stops at a mistake: what is wrong becomes a fault with its place, and the default
stands in for it, so that a broken line in a settings file stops no command that does not need it.
"""

from __future__ import annotations

from datetime import datetime, timedelta, tzinfo
from functools import cached_property
from typing import TYPE_CHECKING, Any, NamedTuple

from tkt.domain.custom.field import CustomFields
from tkt.domain.fields import is_name
from tkt.domain.shape import Fault
from tkt.domain.when import parse_duration
from tkt.domain.workflow import SIMPLE, Workflow

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from tkt.domain.views import View

DESK_KEYS = (
    "version", "name", "timezone", "language", "branch", "workflow", "channels", "claim",
    "children_first", "fields",
)  # fmt: skip
AGENT_KEYS = ("name", "email", "teams", "skills", "capacity", "level")
TEAM_KEYS = ("name", "lead", "members")
CHANNELS: Mapping[str, tuple[str, str]] = {
    "phone": ("电话", "phone"),
    "web": ("网页", "web"),
    "app": ("App", "app"),
    "wechat": ("微信", "WeChat"),
    "weibo": ("微博", "Weibo"),
    "mail": ("邮件", "mail"),
    "qianniu": ("千牛", "Qianniu"),
}
"""The channels of a desk that names none, each with its Chinese and English label."""
CLAIM = timedelta(minutes=30)
"""For how long somebody who took a ticket counts as being at work on it."""
DEFAULT_ZONE = "Asia/Shanghai"


class Agent(NamedTuple):
    """One person of the team; ``emails`` are those Git knows them by."""

    id: str
    name: str
    emails: tuple[str, ...] = ()
    teams: tuple[str, ...] = ()


class Team(NamedTuple):
    """One group of agents."""

    id: str
    name: str
    lead: str | None = None


class Settings(NamedTuple):
    """Everything a command needs to know of the desk, as of one commit."""

    name: str = "tkt"
    timezone: str = DEFAULT_ZONE
    language: str | None = None
    branch: str | None = None
    workflow: str = SIMPLE.name
    channels: tuple[str, ...] = tuple(CHANNELS)
    agents: tuple[Agent, ...] = ()
    teams: tuple[Team, ...] = ()
    workflows: tuple[Workflow, ...] = (SIMPLE,)
    views: tuple[View, ...] = ()
    claim: timedelta = CLAIM
    children_first: bool = True
    fields: CustomFields = CustomFields()

    @property
    def zone(self) -> tzinfo:
        """The desk's time zone; days begin and end by it."""
        return Zone(self.timezone)

    def agent(self, name: str) -> Agent | None:
        """The agent with this id, e-mail or name; an id goes before another's name."""
        wanted = name.casefold()
        ways: tuple[Callable[[Agent], tuple[str, ...]], ...] = (
            lambda agent: (agent.id,),
            lambda agent: agent.emails,
            lambda agent: (agent.name,),
        )
        for way in ways:
            for agent in self.agents:
                if wanted in map(str.casefold, way(agent)):
                    return agent
        return None

    def team(self, name: str) -> Team | None:
        """The team with this id or name; an id goes before another's name."""
        wanted = name.casefold()
        for team in self.teams:
            if team.id.casefold() == wanted:
                return team
        return next((team for team in self.teams if team.name.casefold() == wanted), None)

    def members(self, team: str) -> tuple[Agent, ...]:
        """The agents of a team."""
        return tuple(agent for agent in self.agents if team in agent.teams)

    def flow(self, name: str | None) -> Workflow:
        """The workflow called ``name``; the desk's own default where there is none."""
        known = {flow.name: flow for flow in self.workflows}
        return known.get(name or self.workflow) or known.get(self.workflow) or SIMPLE


class Zone(tzinfo):
    """An IANA time zone that is looked up when it is first used; many commands need none."""

    def __init__(self, name: str) -> None:
        self.name = name

    @cached_property
    def real(self) -> tzinfo:
        """The zone; LookupError, ValueError or OSError if there is none of that name."""
        from zoneinfo import ZoneInfo

        return ZoneInfo(self.name)

    def utcoffset(self, dt: datetime | None) -> timedelta | None:
        """As the zone says."""
        return self.real.utcoffset(dt)

    def dst(self, dt: datetime | None) -> timedelta | None:
        """As the zone says."""
        return self.real.dst(dt)

    def tzname(self, dt: datetime | None) -> str | None:
        """As the zone says."""
        return self.real.tzname(dt)

    def fromutc(self, dt: datetime) -> datetime:
        """As the zone says, also in the hour that comes twice."""
        return self.real.fromutc(dt.replace(tzinfo=self.real)).replace(tzinfo=self)

    def __repr__(self) -> str:
        return f"Zone({self.name!r})"


class Reader:
    """Reads one settings file, collecting faults; what is wrong is replaced by a default."""

    def __init__(self, data: Any, known: tuple[str, ...]) -> None:
        self.faults: list[Fault] = []
        self.data: Mapping[str, Any] = data if isinstance(data, dict) else {}
        if not isinstance(data, dict) and data is not None:
            self.faults.append(Fault((), "config.not_mapping"))
        self.unknown((), self.data, known)

    def unknown(
        self, where: tuple[str, ...], data: Mapping[str, Any], known: tuple[str, ...]
    ) -> None:
        """Note every key that is none of those known."""
        for key in data:
            if key not in known:
                self.faults.append(
                    Fault(
                        (*where, key), "config.unknown_key", {"key": key, "known": ", ".join(known)}
                    )
                )

    def text(self, where: tuple[str, ...], value: Any, default: str) -> str:
        """A line of text."""
        if value is None:
            return default
        if isinstance(value, str) and value.strip():
            return value
        self.faults.append(Fault(where, "config.not_text", {"key": where[-1]}))
        return default

    def duration(self, where: tuple[str, ...], value: Any, default: timedelta) -> timedelta:
        """A length of time, as ``30m``."""
        if value is None:
            return default
        try:
            return parse_duration(value if isinstance(value, str) else "")
        except ValueError:
            self.faults.append(Fault(where, "config.not_duration", {"key": where[-1]}))
            return default

    def flag(self, where: tuple[str, ...], value: Any, default: bool) -> bool:
        """True or false."""
        if value is None:
            return default
        if isinstance(value, bool):
            return value
        self.faults.append(Fault(where, "config.not_flag", {"key": where[-1]}))
        return default

    def names(self, where: tuple[str, ...], value: Any) -> tuple[str, ...]:
        """One text or a list of them."""
        items = [value] if isinstance(value, str) else value
        if items is None:
            return ()
        if isinstance(items, list) and all(isinstance(item, str) for item in items):
            return tuple(items)
        self.faults.append(Fault(where, "config.not_texts", {"key": where[-1]}))
        return ()

    def mapping(self, where: tuple[str, ...], value: Any) -> Mapping[str, Any]:
        """Keys with values."""
        if isinstance(value, dict):
            return value
        if value is not None:
            self.faults.append(Fault(where, "config.not_mapping"))
        return {}


def read_desk(data: Any) -> tuple[dict[str, Any], list[Fault]]:
    """What tkt.yaml says, as keyword arguments of :class:`Settings`."""
    reader = Reader(data, DESK_KEYS)
    get = reader.data.get
    zone = reader.text(("timezone",), get("timezone"), DEFAULT_ZONE)
    try:
        Zone(zone).real  # noqa: B018  asking is what finds out
    except (LookupError, ValueError, OSError):
        reader.faults.append(Fault(("timezone",), "config.no_zone", {"zone": zone}))
        zone = DEFAULT_ZONE
    language = get("language")
    if language not in (None, "zh", "en"):
        reader.faults.append(Fault(("language",), "config.no_language", {"language": language}))
        language = None
    branch = get("branch")
    said: dict[str, Any] = {
        "name": reader.text(("name",), get("name"), "tkt"),
        "timezone": zone,
        "language": language,
        "branch": None if branch is None else reader.text(("branch",), branch, "main"),
        "workflow": reader.text(("workflow",), get("workflow"), SIMPLE.name),
        "channels": reader.names(("channels",), get("channels")) or tuple(CHANNELS),
        "claim": reader.duration(("claim",), get("claim"), CLAIM),
        "children_first": reader.flag(("children_first",), get("children_first"), True),
        "fields": _read_fields(reader, get("fields")),
    }
    return said, reader.faults


def _read_fields(reader: Reader, data: Any) -> CustomFields:
    if data is None:
        return CustomFields()
    from tkt.domain.custom.reading import read_fields

    return read_fields(reader, data)


def read_team(data: Any) -> tuple[dict[str, Any], list[Fault]]:
    """What team.yaml says, as keyword arguments of :class:`Settings`."""
    reader = Reader(data, ("agents", "teams"))
    agents, teams = [], []
    for key, raw in reader.mapping(("agents",), reader.data.get("agents")).items():
        where = ("agents", key)
        entry = reader.mapping(where, raw)
        reader.unknown(where, entry, AGENT_KEYS)
        if not is_name(key):
            reader.faults.append(Fault(where, "field.not_name", {"field": "agents", "value": key}))
            continue
        agents.append(
            Agent(
                key,
                reader.text((*where, "name"), entry.get("name"), key),
                reader.names((*where, "email"), entry.get("email")),
                reader.names((*where, "teams"), entry.get("teams")),
            )
        )
    for key, raw in reader.mapping(("teams",), reader.data.get("teams")).items():
        where = ("teams", key)
        entry = reader.mapping(where, raw)
        reader.unknown(where, entry, TEAM_KEYS)
        if not is_name(key):
            reader.faults.append(Fault(where, "field.not_name", {"field": "teams", "value": key}))
            continue
        lead = entry.get("lead")
        teams.append(
            Team(
                key,
                reader.text((*where, "name"), entry.get("name"), key),
                None if lead is None else str(lead),
            )
        )
    faults = reader.faults + _crossed(agents, teams)
    return {"agents": tuple(agents), "teams": tuple(teams)}, faults


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
