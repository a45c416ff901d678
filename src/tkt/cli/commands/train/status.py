"""``tkt train status``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tkt.cli.options import argument, cli_command, lists, option
from tkt.cli.types import Agent, Team
from tkt.render.views import training as view
from tkt.services.training import assigning, looking

if TYPE_CHECKING:
    from tkt.cli.env import Env


@cli_command
@argument("agent", type=Agent(), required=False)
@option("--team", help="train_team", type=Team(), metavar="TEAM")
@option("--overdue", help="train_overdue", is_flag=True)
@lists
def command(env: Env, agent: str | None, team: str | None, overdue: bool) -> None:
    settings = env.settings
    people = settings.agents
    if agent is not None or team is not None:
        named = (agent,) if agent is not None else ()
        me = env.query_me(named) or ""
        people = tuple(assigning.people(settings, named, team=team, me=me))
    rows = looking.status(env.desk, people, now=env.now, overdue=overdue)
    env.show(view.status(rows, settings, now=env.now, for_people=env.is_worded))
