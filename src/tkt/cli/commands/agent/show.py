"""``tkt agent show``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tkt.cli.options import argument, cli_command, reads
from tkt.cli.types import Agent
from tkt.domain.training.standing import Training
from tkt.render.views import team as view
from tkt.services import team

if TYPE_CHECKING:
    from tkt.cli.env import Env


@cli_command
@argument("agent", type=Agent(), required=False)
@reads
def command(env: Env, agent: str | None) -> None:
    me = env.acting.by
    row = team.agent(env.desk, agent or me, me=me, now=env.now)
    courses, zone = Training(env.settings).courses, env.settings.zone
    env.show(view.agent(row, courses, now=env.now, zone=zone, for_people=env.is_worded))
