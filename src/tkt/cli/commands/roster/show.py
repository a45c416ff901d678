"""``tkt roster show``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tkt.cli.options import argument, cli_command, lists, option
from tkt.cli.types import Agent, RosterName, Text
from tkt.render.views import rosters as view
from tkt.services import naming
from tkt.services.roster import looking, words

if TYPE_CHECKING:
    from tkt.cli.env import Env


@cli_command
@argument("name", type=RosterName(), required=False)
@option("--week", help="week", type=Text(), metavar="DATE")
@option("--agent", help="roster_agent", type=Agent(), metavar="AGENT")
@lists
def command(env: Env, name: str | None, week: str | None, agent: str | None) -> None:
    settings = env.settings
    roster = looking.roster_named(settings, name) if name is not None else None
    who = naming.person_named(settings, agent, me=env.query_me([agent])) if agent else None
    day = words.first_day(week, settings, now=env.now)
    days = looking.week_of(day)
    rows = looking.week(settings, days, roster=roster, agent=who)
    env.show(view.week(rows, days, for_people=env.is_worded, as_data=env.wants_data))
