"""Who is in the team, what is on their desks, and new people and teams."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tkt.domain.change import Person, worded
from tkt.domain.fields import is_name
from tkt.domain.plaintext import one_line
from tkt.domain.roster.duty import Duty
from tkt.domain.when import parse_day
from tkt.domain.workflow import UNFINISHED
from tkt.errors import NotFound, Refused, UsageProblem
from tkt.services import naming, team_file
from tkt.services.acting import RESERVED
from tkt.services.roster import looking
from tkt.services.training.looking import lapsed
from tkt.storage import configuration
from tkt.storage.appending import entered
from tkt.storage.layout import TEAM

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from tkt.domain.settings import Agent, Team
    from tkt.services.acting import Acting
    from tkt.storage.desk import Desk
    from tkt.storage.transaction import Saved, Transaction

Row = dict[str, Any]


def agents(desk: Desk, *, now: datetime) -> list[Row]:
    """Every agent, with how many unfinished tickets they have, and whether they are on."""
    duty = Duty(desk.settings)
    return [_agent_row(desk, agent, duty, now) for agent in desk.settings.agents]


def agent(desk: Desk, name: str, *, me: str, now: datetime) -> Row:
    """One agent, and what they can and do just now."""
    settings = desk.settings
    found = settings.agent(me if name in naming.ME_WORDS else name)
    if found is None and settings.agents:
        found = settings.agent(naming.agent_named(settings, name))
    if found is None:
        raise NotFound("agent.none", name=name)
    duty = Duty(settings)
    row = _agent_row(desk, found, duty, now)
    told = looking.duty_row(settings, duty, found.id, now)
    row = {**row, "reason": told["reason"], "until": told["until"], "since": found.since}
    return {**row, "lapsed": lapsed(settings, found.id, now=now)}


def teams(desk: Desk) -> list[Row]:
    """Every team, with its members and how many unfinished tickets it has."""
    return [_team_row(desk, team) for team in desk.settings.teams]


def team(desk: Desk, name: str, *, now: datetime) -> Row:
    """One team, and who of it is on just now."""
    row = _team_row(desk, _team_named(desk, name))
    duty = Duty(desk.settings)
    return {**row, "on": [agent for agent in row["members"] if duty.is_on(agent, now)]}


def _held(desk: Desk, column: str, name: str) -> dict[str, int]:
    """State to number of unfinished tickets whose ``column`` has a name; the index counts them."""
    sql = f"SELECT count(*) FROM tickets WHERE {column} = ? AND state = ?"
    return {state: next(desk.index.select(sql, (name, state)))[0] for state in UNFINISHED}


def _agent_row(desk: Desk, agent: Agent, duty: Duty, now: datetime) -> Row:
    why = duty.reason_off(agent.id, now)
    leads = [team.id for team in desk.settings.teams if team.lead == agent.id]
    return {
        "id": agent.id, "name": agent.name, "email": list(agent.emails),
        "teams": list(agent.teams), "leads": leads,
        **_held(desk, "assignee", agent.id),
        "skills": dict(agent.skills), "capacity": agent.capacity, "level": agent.level,
        "on": why is None, "why": why,
    }  # fmt: skip


def _team_row(desk: Desk, team: Team) -> Row:
    members = [agent.id for agent in desk.settings.members(team.id)]
    return {
        "id": team.id, "name": team.name, "lead": team.lead, "members": members,
        **_held(desk, "team", team.id),
        "calendar": team.calendar, "categories": list(team.categories), "parent": team.parent,
    }  # fmt: skip


# -- adding -----------------------------------------------------------------------------------


def add_agent(
    desk: Desk,
    agent_id: str,
    *,
    name: str | None,
    emails: Sequence[str],
    teams: Sequence[str],
    acting: Acting,
    since: str | None = None,
) -> Saved:
    """A new agent in team.yaml, whose layout and comments stay; ``since`` when is a day."""
    named = [_team_named(desk, text).id for text in teams]
    entry: Row = {"name": name or agent_id, "email": list(emails), "teams": named}
    entry["since"] = since and _day(desk, since, acting)
    entry = {key: value for key, value in entry.items() if value}
    return _add(desk, "agents", agent_id, entry, acting)


def _day(desk: Desk, text: str, acting: Acting) -> str:
    try:
        return parse_day(text, now=acting.now, tz=desk.settings.zone).isoformat()
    except ValueError as error:
        raise UsageProblem("env.bad_time", value=text) from error


def add_team(
    desk: Desk, team_id: str, *, name: str | None, lead: str | None, acting: Acting
) -> Saved:
    """A new team in team.yaml, whose layout and comments stay."""
    entry: Row = {"name": name or team_id}
    if lead:
        entry["lead"] = naming.agent_named(desk.settings, lead)
    return _add(desk, "teams", team_id, entry, acting)


def _team_named(desk: Desk, text: str) -> Team:
    found = desk.settings.team(text)
    if found is None and desk.settings.teams:
        found = desk.settings.team(naming.team_named(desk.settings, text))
    if found is None:
        raise NotFound("team.none", name=text)
    return found


def _add(desk: Desk, part: str, key: str, entry: Row, acting: Acting) -> Saved:
    if not is_name(key):
        raise UsageProblem("field.not_name", field=part, value=key)
    _check_free(desk, key, str(entry.get("name") or key))

    def decide(run: Transaction) -> Saved:
        raw = configuration.files_at(desk.git, desk.head()).get(TEAM, b"")
        if desk.tree.read(TEAM) not in (raw, None):
            raise Refused("team.edited", path=TEAM)
        if key in (team_file.document(raw).get(part) or {}):
            raise Refused("team.there_already", name=key)
        made = entered(raw, part, key, entry, path=TEAM)
        team_file.check(desk, raw, made)
        return run.save_files(
            {TEAM: made},
            _message(part, key, acting.person),
            person=acting.person,
            now=acting.now,
        )

    return desk.write(decide, acting.grouping("team"))


def _check_free(desk: Desk, *names: str) -> None:
    """Refused where somebody, or some team, is called so already, or nobody can be."""
    for name in names:
        if name.casefold() in (*RESERVED, *naming.ME_WORDS, *naming.NONE_WORDS):
            raise Refused("team.reserved", name=name)
        if desk.settings.agent(name) or desk.settings.team(name):
            raise Refused("team.there_already", name=name)
        if one_line(name) != name:
            raise UsageProblem("field.not_line", field="name")


def _message(part: str, key: str, person: Person) -> str:
    what = "agent" if part == "agents" else "team"
    trailers = (("Action", f"add-{what}"), ("Actor", person.by))
    return worded(f"add {what} {key}", trailers)
