"""``tkt team show``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tkt.cli.options import argument, cli_command, reads
from tkt.cli.types import Owner
from tkt.render.views import team as view
from tkt.services import team as services

if TYPE_CHECKING:
    from tkt.cli.env import Env


@cli_command
@argument("team", type=Owner())
@reads
def command(env: Env, team: str) -> None:
    env.show(view.team(services.team(env.desk, team, now=env.now), for_people=env.is_worded))
