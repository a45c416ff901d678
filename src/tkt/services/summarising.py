"""What came of a day, or of any stretch of time: counted from the index, no ticket is read."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from tkt.domain.facts import NOT_PEOPLE
from tkt.domain.ids import FOLDERS, id_in_path, number_of
from tkt.domain.summary import BALANCE, BY_DOING, DEEDS, NEEDS, Line, Need, Pressing, Summary
from tkt.domain.when import parse_period
from tkt.domain.workflow import UNFINISHED
from tkt.errors import UsageProblem
from tkt.named import NamedTuple
from tkt.services import naming
from tkt.services.history import bound
from tkt.services.training.looking import pressing

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from tkt.domain.settings import Agent, Settings
    from tkt.domain.when import Span
    from tkt.storage.desk import Desk

MOST = 5
"""So many tickets are named for each reason to look at some."""

# Written out, so that the index over unfinished tickets is seen to hold all that is asked for.
_LEFT = f"state IN ({', '.join(map(repr, UNFINISHED))})"
_THEN_LEFT = f"+{_LEFT}"
"""The same where another index narrows it down better."""
_UNFINISHED = f"tickets INDEXED BY tickets_unfinished WHERE {_LEFT}"
_COUNTED = ", ".join(f"sum(events.counts >> {bit} & 1)" for bit in range(len(DEEDS)))
_DONE = (
    f"SELECT category, team, assignee, events.by, {_COUNTED} FROM events JOIN tickets USING (num)"
    " WHERE events.counts > 0 AND events.at >= ? AND events.at < ?"
    " GROUP BY category, team, assignee, events.by"
)
_GROWTH = " + ".join(
    f"{way} * (events.counts >> {DEEDS.index(deed)} & 1)" for deed, way in BALANCE.items()
)
_SINCE = "events.counts > 0 AND events.at >= ?"
_NOW = (
    "SELECT category, team, assignee, count(*), sum(late_from <= ?), count(waiting_since),"
    f" sum(until < ?), sum(contested) FROM {_UNFINISHED} GROUP BY category, team, assignee"
)
_PRESSING = "tickets.id, title, priority, assignee, team"
_IS_DRAFT = "events.do = 'draft' AND events.counts > 0"
_DRAFTS = (
    "FROM events INDEXED BY events_drafts CROSS JOIN tickets USING (num)"
    f" WHERE {_IS_DRAFT} AND {_THEN_LEFT}"
)
_HEAPS = {
    "late": (f"due FROM tickets WHERE late_from <= ? AND {_THEN_LEFT}", "due, num"),
    "waiting": ("waiting_since FROM tickets WHERE waiting_since IS NOT NULL", "waiting_since, num"),
    "unassigned": (
        f"opened FROM tickets WHERE assignee IS NULL AND {_LEFT}",
        "priority_rank DESC, opened, num",
    ),
    "drafts": (f"max(events.at) {_DRAFTS}", "6, num"),
    "contested": (f"updated FROM {_UNFINISHED} AND contested = 1", "updated, num"),
    "until": (f"until FROM tickets WHERE until < ? AND {_THEN_LEFT}", "until, num"),
    "left": (
        f"updated FROM {_UNFINISHED} AND assignee IS NOT NULL"
        " AND assignee NOT IN (SELECT value FROM json_each(?))",
        "assignee, updated, num",
    ),
}
"""For each need but hand edits: since when, of which tickets, and the most pressing first."""


class Whose(NamedTuple):
    """Whose figures are wanted: a team's, an agent's, or (both None) the whole desk's.

    Tickets of the ``spam`` categories are kept out of them.
    """

    team: str | None = None
    agent: str | None = None
    spam: tuple[str, ...] = ()

    @property
    def is_all(self) -> bool:
        """Whether the whole desk's are wanted."""
        return self.team is None and self.agent is None

    def has(self, team: str | None, assignee: str | None) -> bool:
        """Whether a ticket is theirs."""
        if self.agent is not None:
            return assignee == self.agent
        return self.team is None or team == self.team


def whose(
    settings: Settings, *, team: str | None, agent: str | None, me: str, now: datetime
) -> Whose:
    """Who is meant by the words that a person typed; UsageProblem for both a team and an agent."""
    if team is not None and agent is not None:
        raise UsageProblem("summary.one_of")
    if agent is not None:
        return Whose(agent=naming.agent_named(settings, me if agent in naming.ME_WORDS else agent))
    if team is None:
        return Whose()
    flow = settings.flow(None)
    named = naming.value_for(settings, "team", team, flow=flow, me=me, now=now)
    return Whose(team=named)


def period(
    settings: Settings, text: str, *, since: str | None, until: str | None, now: datetime
) -> Span:
    """The stretch of time that a person named, ``[start, end)`` in the desk's zone.

    ``since`` and ``until`` (inclusive, as for the log) stand in place of a ``text``.
    """
    tz = settings.zone
    if since is None and until is None:
        try:
            return parse_period(text or "today", now=now, tz=tz)
        except ValueError as error:
            raise UsageProblem("summary.period", text=text) from error
    if text or since is None:
        raise UsageProblem("summary.since_and_until")
    start = bound(since, now=now, tz=tz, end=False)
    end = bound(until or "now", now=now, tz=tz, end=True)
    if start >= end:
        raise UsageProblem("summary.backwards", since=since, until=until or "now")
    return start, end


def summarise(desk: Desk, span: Span, who: Whose, *, now: datetime) -> Summary:
    """What was done in a stretch of time, and what needs a person now."""
    edited = desk.tree.looking_for_edits(*FOLDERS)
    who = who._replace(spam=tuple(one.name for one in desk.settings.categories if one.spam))
    figures, spam = _Figures(desk.settings, who), 0
    start, end = (int(moment.timestamp()) for moment in span)
    for category, team, assignee, by, *counts in desk.index.select(_DONE, (start, end)):
        done = dict(zip(DEEDS, counts, strict=True))
        if category in who.spam:
            spam += done["opened"] if who.has(team, assignee) else 0
            continue
        figures.add((category, team, assignee), by, done)
    seconds = int(now.timestamp())
    for category, team, assignee, *left in desk.index.select(_NOW, (seconds, seconds)):
        if category not in who.spam:
            figures.leave((category, team, assignee), left)
    needs = dict(_needs(desk, who, figures.needs, edited, now=seconds))
    waiting = needs["waiting"].tickets
    at_end = figures.unfinished - _growth(desk, who, end)
    return Summary(
        *span,
        who.team,
        who.agent,
        {deed: figures.total[deed] for deed in DEEDS},
        at_end - figures.growth,
        at_end,
        figures.needs["late"],
        waiting[0] if waiting else None,
        figures.lines("category"),
        figures.lines("agent"),
        figures.lines("team"),
        needs,
        spam,
        pressing(desk.settings, _people(desk.settings, who), now=now),
    )


def _people(settings: Settings, who: Whose) -> list[Agent]:
    """The people whose figures are wanted."""
    if who.agent is not None:
        return [agent for agent in settings.agents if agent.id == who.agent]
    return list(settings.members(who.team) if who.team is not None else settings.agents)


class _Figures:
    """Figures while they are added up; ``growth`` is by how much the backlog has grown."""

    def __init__(self, settings: Settings, who: Whose) -> None:
        self.who = who
        self._agents = {agent.id for agent in settings.agents}
        self.total: Counter[str] = Counter()
        self.needs: Counter[str] = Counter()
        self.growth = self.unfinished = 0
        self._counts: dict[str, dict[str | None, Counter[str]]] = {
            "category": defaultdict(Counter),
            "agent": defaultdict(Counter),
            "team": defaultdict(Counter),
        }
        # Everybody of the team has a line, also on a day on which they did nothing.
        self._always: dict[str, list[str]] = {}
        if who.is_all:
            self._always["agent"] = [agent.id for agent in settings.agents]
            self._always["team"] = [team.id for team in settings.teams]
        for kind, names in self._always.items():
            self._counts[kind].update((name, Counter()) for name in names)

    def add(
        self, ticket: tuple[str | None, str | None, str | None], by: str, done: dict[str, int]
    ) -> None:
        """Count what ``by`` did on tickets of one category, team and agent."""
        category, team, assignee = ticket
        is_theirs = self.who.has(team, assignee)
        if is_theirs:
            self.growth += sum(way * done[deed] for deed, way in BALANCE.items())
        agent = self.who.agent
        if agent is not None:
            did = by == agent
            done = {deed: n for deed, n in done.items() if (did if deed in BY_DOING else is_theirs)}
        elif not is_theirs:
            return
        self.total.update(done)
        self._counts["category"][category].update(done)
        self._counts["team"][team].update(done)
        if by not in NOT_PEOPLE:
            self._counts["agent"][by].update({deed: done.get(deed, 0) for deed in BY_DOING})

    def leave(self, ticket: tuple[str | None, str | None, str | None], left: list[int]) -> None:
        """Count unfinished tickets of one category, team and agent, and what they need."""
        category, team, assignee = ticket
        if not self.who.has(team, assignee):
            return
        count, late, waiting, until, contested = (number or 0 for number in left)
        self.unfinished += count
        self.needs.update(late=late, waiting=waiting, until=until, contested=contested)
        if assignee is None:
            self.needs["unassigned"] += count
        elif self._agents and assignee not in self._agents:
            self.needs["left"] += count
        for kind, name in (("category", category), ("agent", assignee), ("team", team)):
            self._counts[kind][name]["unfinished"] += count

    def lines(self, kind: str) -> tuple[Line, ...]:
        """A line for each category, agent or team that has something in it; those without last.

        Agents and teams stand in the order of the team's list, categories the busiest first.
        """
        found = self._counts[kind].items()
        lines = [Line(name, {d: n[d] for d in DEEDS}, n["unfinished"]) for name, n in found]
        if kind == "category":
            lines.sort(
                key=lambda line: (-line.unfinished - sum(line.counts.values()), line.name or "")
            )
        always = self._always.get(kind, ())
        lines = [line for line in lines if line.name in always or any(_numbers(line))]
        return tuple(sorted(lines, key=lambda line: line.name is None))


def _numbers(line: Line) -> Iterable[int]:
    return (*line.counts.values(), line.unfinished)


def _growth(desk: Desk, who: Whose, since: int) -> int:
    """By how many tickets the backlog has grown from an instant on."""
    where, params = _theirs(who)
    joined = " JOIN tickets USING (num)" if params else ""
    statement = f"SELECT sum({_GROWTH}) FROM events{joined} WHERE {_SINCE} AND {where}"
    return next(desk.index.select(statement, (since, *params)))[0] or 0


def _needs(
    desk: Desk, who: Whose, totals: Counter[str], edited: Callable[[], list[str]], *, now: int
) -> Iterator[tuple[str, Need]]:
    """What needs a person, reason by reason; tickets are looked for where there are any."""
    where, params = _theirs(who)
    drafts = f"SELECT count(DISTINCT num) {_DRAFTS} AND {where}"
    totals["drafts"] = next(desk.index.select(drafts, params))[0]
    for name in NEEDS:
        if name == "edited":
            found = _edited(desk, edited(), where, params)
            yield name, Need(len(found), found[:MOST])
            continue
        rows = _first_of(desk, name, where, params, now) if totals[name] else ()
        found = [_pressing(desk, row) for row in rows]
        if name == "unassigned":
            found = _with_reasons(desk, found, now)
        yield name, Need(totals[name], found)


def _with_reasons(desk: Desk, found: list[Pressing], now: int) -> list[Pressing]:
    """The same, and why nobody has each of them."""
    if not found or not desk.settings.agents:
        return found
    from tkt.services.routing.reasons import reasons

    at = datetime.fromtimestamp(now, UTC)
    told = reasons(desk, [number_of(each.id) for each in found], now=at)
    return [each._replace(reason=told.get(number_of(each.id))) for each in found]


def _theirs(who: Whose) -> tuple[str, list[str]]:
    """The condition that a ticket is of those whose figures are wanted."""
    where, params = "1", []
    if who.agent is not None:
        where, params = "tickets.assignee = ?", [who.agent]
    elif who.team is not None:
        where, params = "tickets.team = ?", [who.team]
    if who.spam:
        where += f" AND ifnull(tickets.category, '') NOT IN ({', '.join('?' * len(who.spam))})"
    return where, [*params, *who.spam]


def _first_of(
    desk: Desk, name: str, where: str, params: list[str], now: int
) -> Iterator[tuple[Any, ...]]:
    what, order = _HEAPS[name]
    group = " GROUP BY num" if name == "drafts" else ""
    statement = f"SELECT {_PRESSING}, {what} AND {where}{group} ORDER BY {order} LIMIT {MOST}"
    asked: list[Any] = [now] if "?" in what else []
    if name == "left":
        asked = [json.dumps([agent.id for agent in desk.settings.agents])]
    return desk.index.select(statement, asked + params)


def _edited(desk: Desk, paths: list[str], where: str, params: list[str]) -> list[Pressing]:
    """The tickets whose files were edited by hand and not recorded."""
    ids = (id_in_path(path) for path in paths)
    numbers = sorted({number_of(ticket_id) for ticket_id in ids if ticket_id})
    statement = f"SELECT {_PRESSING}, updated FROM tickets WHERE num = ? AND {where}"
    found = (next(desk.index.select(statement, (num, *params)), None) for num in numbers)
    return [_pressing(desk, row) for row in found if row]


def _pressing(desk: Desk, row: tuple[Any, ...]) -> Pressing:
    ticket_id, title, priority, assignee, team, seconds = row
    at = datetime.fromtimestamp(seconds, UTC).astimezone(desk.settings.zone)
    return Pressing(ticket_id, title, priority, assignee, team, at)
