"""What came of a day, or of any stretch of time: counted from the index and the timelines."""

from __future__ import annotations

import json
from collections import Counter
from functools import partial
from typing import TYPE_CHECKING

from tkt.domain.summary import Summary, Tally, credits_of
from tkt.domain.ticket import Ticket
from tkt.domain.workflow import UNFINISHED, category_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import datetime

    from tkt.storage.desk import Desk

_TOUCHED = "SELECT doc FROM tickets JOIN docs USING (num) WHERE updated >= ?"
_LEFT = (
    "SELECT assignee, team, count(*) FROM tickets"
    f" WHERE state IN ({', '.join('?' * len(UNFINISHED))}) GROUP BY assignee, team"
)

_Counts = dict[str | None, Counter[str]]


def summarise(desk: Desk, *, since: datetime, until: datetime) -> Summary:
    """What was done from ``since`` up to ``until``, and what is unfinished now.

    A ticket counts once in each line, however often it was answered; of two agents who answered it
    each has it in theirs.
    """
    settings = desk.settings
    total: Counter[str] = Counter()
    agents: _Counts = {agent.id: Counter() for agent in settings.agents}
    teams: _Counts = {team.id: Counter() for team in settings.teams}
    for ticket in _touched(desk, since):
        get = ticket.fields.get
        category = partial(category_of, settings.workflows, get("workflow"))
        done = {(c.what, c.by) for c in credits_of(ticket, category) if since <= c.at < until}
        kinds = {what for what, _ in done}
        total.update(kinds)
        teams.setdefault(get("team"), Counter()).update(kinds)
        for what, by in done:
            if by is not None:
                agents.setdefault(by, Counter())[what] += 1
    for agent, team, count in desk.index.select(_LEFT, UNFINISHED):
        total["unfinished"] += count
        agents.setdefault(agent, Counter())["unfinished"] += count
        teams.setdefault(team, Counter())["unfinished"] += count
    return Summary(since, until, Tally(None, **total), _lines(agents), _lines(teams))


def _touched(desk: Desk, since: datetime) -> Iterator[Ticket]:
    """The tickets on which anything has happened since."""
    for (doc,) in desk.index.select(_TOUCHED, (int(since.timestamp()),)):
        yield Ticket.of(json.loads(doc))


def _lines(counts: _Counts) -> tuple[Tally, ...]:
    """A line each: those of the team's list in its order, nobody's last."""
    named: Iterable[str | None] = sorted(counts, key=lambda name: name is None)
    return tuple(Tally(name, **counts[name]) for name in named)
