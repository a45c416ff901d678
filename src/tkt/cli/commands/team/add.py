"""``tkt team add``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tkt.cli.options import argument, cli_command, option, reads
from tkt.cli.results import show_files
from tkt.cli.types import Agent, Text
from tkt.services import team as services

if TYPE_CHECKING:
    from tkt.cli.env import Env


@cli_command
@argument("team", type=Text())
@option("--name", help="team_name", type=Text(), metavar="NAME")
@option("--lead", help="lead", type=Agent(), metavar="AGENT")
@reads
def command(env: Env, team: str, name: str | None, lead: str | None) -> None:
    saved = services.add_team(env.desk, team, name=name, lead=lead, acting=env.acting)
    show_files(env, saved, "team.added", id=team, name=name or team)
