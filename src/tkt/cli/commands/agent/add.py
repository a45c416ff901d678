"""``tkt agent add``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tkt.cli.options import argument, cli_command, option, reads
from tkt.cli.results import show_files
from tkt.cli.types import Owner, Text
from tkt.services import team

if TYPE_CHECKING:
    from tkt.cli.env import Env


@cli_command
@argument("agent", type=Text())
@option("--name", help="person_name", type=Text(), metavar="NAME")
@option("--email", "emails", help="email", type=Text(), multiple=True, metavar="EMAIL")
@option("--team", "teams", help="agent_team", type=Owner(), multiple=True, metavar="TEAM")
@option("--since", help="agent_since", type=Text(), metavar="DATE")
@reads
def command(
    env: Env,
    agent: str,
    name: str | None,
    emails: tuple[str, ...],
    teams: tuple[str, ...],
    since: str | None,
) -> None:
    saved = team.add_agent(
        env.desk, agent, name=name, emails=emails, teams=teams, since=since, acting=env.acting
    )
    show_files(env, saved, "agent.added", id=agent, name=name or agent)
