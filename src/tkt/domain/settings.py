"""What a desk says of itself: its people, its processes, its defaults, as values."""

from __future__ import annotations

from datetime import datetime, timedelta, tzinfo
from functools import cached_property
from typing import TYPE_CHECKING, Any

from tkt.domain.calendar.working import DEFAULT_ZONE, Calendar, open_always
from tkt.domain.custom.field import CustomFields
from tkt.domain.workflow import SIMPLE, Workflow
from tkt.named import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from tkt.domain.classify.category import Category
    from tkt.domain.views import View

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

DUPLICATES = timedelta(days=7)
"""For how long a ticket is one that a new one of the same customer may repeat."""


class Agent(NamedTuple):
    """One person of the team; ``emails`` are those Git knows them by.

    ``skills`` have levels from 1 to 5. ``capacity`` is how much work they take at a time (None: any
    amount), ``level`` up to which level of escalation they do, ``since`` the day on which
    somebody new began.
    """

    id: str
    name: str
    emails: tuple[str, ...] = ()
    teams: tuple[str, ...] = ()
    skills: Mapping[str, int] = {}
    capacity: int | None = None
    level: int = 1
    since: str | None = None


class Team(NamedTuple):
    """One group of agents.

    ``calendar`` names its business hours, ``categories`` are what it serves, ``parent`` is the team
    that helps where it cannot.
    """

    id: str
    name: str
    lead: str | None = None
    calendar: str | None = None
    categories: tuple[str, ...] = ()
    parent: str | None = None


class Availability(NamedTuple):
    """Whether an agent takes work: ``active``, ``away`` for a while, or ``unavailable``.

    ``since`` and ``until`` are aware datetimes in ISO 8601.
    """

    status: str
    reason: str | None = None
    since: str | None = None
    until: str | None = None


class Settings(NamedTuple):
    """Everything a command needs to know of the desk, as of one commit.

    ``automation`` are rules and macros, packed: see :mod:`tkt.domain.automation.rules`.
    """

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
    calendars: tuple[Calendar, ...] = (open_always(),)
    published: tuple[Mapping[str, Any], ...] = ()
    automation: str = ""
    telling: Mapping[str, Any] = {}
    """Who is told how, as :mod:`tkt.domain.telling.plans` reads it; plain data."""
    availability: Mapping[str, Availability] = {}
    """Agent to whether they take work, of those who said so."""
    rosters: Mapping[str, Mapping[str, Any]] = {}
    """The sound part of each roster by name, as :mod:`tkt.domain.roster` reads it."""
    categories: tuple[Category, ...] = ()
    """The categories of classify.yaml; by which words they are found stands in ``classifier``."""
    classifier: str = ""
    """The sound part of classify.yaml as JSON; kept apart, since only classifying needs it."""
    searching: str = ""
    """How articles are searched, as JSON: see :mod:`tkt.storage.configuration`; kept apart too."""
    tone: str = ""
    """The sound part of tone.yaml as JSON; kept apart, since only answering needs it."""
    masking: bool = True
    """Whether personal data in what is written on tickets is masked."""
    public: tuple[str, ...] = ()
    """The shop's own numbers and addresses, which are nobody's secret."""
    training: str = ""
    """Courses and who has taken them, packed: see :mod:`tkt.domain.training.file`."""
    duplicates: timedelta | None = DUPLICATES
    """How old a ticket may be that a new one repeats; None: nobody looks."""
    bot: Mapping[str, Any] = {}
    """How the bot decides, as :mod:`tkt.domain.bot.declared` reads it; plain data."""

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

    def calendar(self, name: str) -> Calendar | None:
        """The calendar of this name; None where there is none, or its file is faulty."""
        return next((calendar for calendar in self.calendars if calendar.name == name), None)

    def flow(self, name: str | None) -> Workflow:
        """The workflow called ``name``; the desk's own default where there is none."""
        known = {flow.name: flow for flow in self.workflows}
        return known.get(name or self.workflow) or known.get(self.workflow) or SIMPLE

    def flow_for(self, category: str | None) -> Workflow:
        """The workflow of a new ticket of a category for which no workflow is named."""
        if category:
            for flow in self.workflows:
                if category in flow.rules.categories:
                    return flow
        return self.flow(None)


_SETTLED: Mapping[str, tuple[int, timedelta, str]] = {
    "Asia/Shanghai": (1992, timedelta(hours=8), "CST"),
}
"""Zones in which no clock has changed since a year: from then on there is nothing to look up."""
_NONE = timedelta(0)


class Zone(tzinfo):
    """An IANA time zone that is looked up when it is first used; many commands need none."""

    def __init__(self, name: str) -> None:
        self.name = name
        self._since, self._offset, self._called = _SETTLED.get(name, (9999, _NONE, ""))

    @cached_property
    def real(self) -> tzinfo:
        """The zone; LookupError, ValueError or OSError if there is none of that name."""
        from zoneinfo import ZoneInfo

        return ZoneInfo(self.name)

    def _is_settled(self, dt: datetime | None) -> bool:
        return dt is not None and dt.year > self._since

    def steady(self, year: int) -> timedelta | None:
        """Its offset all through a year in which no clock changes; None where one may."""
        return self._offset if year > self._since else None

    def utcoffset(self, dt: datetime | None) -> timedelta | None:
        """As the zone says."""
        return self._offset if self._is_settled(dt) else self.real.utcoffset(dt)

    def dst(self, dt: datetime | None) -> timedelta | None:
        """As the zone says."""
        return _NONE if self._is_settled(dt) else self.real.dst(dt)

    def tzname(self, dt: datetime | None) -> str | None:
        """As the zone says."""
        return self._called if self._is_settled(dt) else self.real.tzname(dt)

    def fromutc(self, dt: datetime) -> datetime:
        """As the zone says, also in the hour that comes twice."""
        if self._is_settled(dt):
            return dt + self._offset
        return self.real.fromutc(dt.replace(tzinfo=self.real)).replace(tzinfo=self)

    def __reduce__(self) -> tuple[type[Zone], tuple[str]]:
        """So that it goes between processes, which a zone of its own making does not by itself."""
        return Zone, (self.name,)

    def __repr__(self) -> str:
        return f"Zone({self.name!r})"
