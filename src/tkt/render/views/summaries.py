"""What came of a day as a card: a table of the agents, and one of the teams with the whole desk."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tkt.domain.summary import Tally
from tkt.domain.table import Card, Column, Section, Table
from tkt.render.views.tickets import agent_label, team_label
from tkt.texts import say

if TYPE_CHECKING:
    from tkt.domain.settings import Settings
    from tkt.domain.summary import Summary

_FIGURES = tuple(Column(name, "number") for name in Tally._fields if name != "name")


def card(summary: Summary, settings: Settings, *, title: str) -> Card:
    """The figures of a summary under a title."""
    agents = [
        _row("agent", tally, agent_label(settings, tally.name) or say("summary.nobody"))
        for tally in summary.agents
    ]
    teams = [
        _row("team", tally, team_label(settings, tally.name) or say("summary.no_team"))
        for tally in summary.teams
    ]
    teams.append(_row("team", summary.total, say("summary.total")))
    body = (
        Section(say("summary.agents"), Table((Column("agent", "name"), *_FIGURES), agents)),
        Section(say("summary.teams"), Table((Column("team", "name"), *_FIGURES), teams)),
    )
    return Card(title, {}, body, _document(summary))


def _row(key: str, tally: Tally, name: str | None) -> dict[str, Any]:
    return {key: name, **_figures(tally)}


def _figures(tally: Tally) -> dict[str, Any]:
    return {column.key: getattr(tally, column.key) for column in _FIGURES}


def _document(summary: Summary) -> dict[str, Any]:
    """The same with names as in files."""
    return {
        "since": summary.since,
        "until": summary.until,
        "total": _figures(summary.total),
        "agents": [_row("agent", tally, tally.name) for tally in summary.agents],
        "teams": [_row("team", tally, tally.name) for tally in summary.teams],
    }
