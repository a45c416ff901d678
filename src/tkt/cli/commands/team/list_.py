"""``tkt team list``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tkt.cli.options import cli_command, lists
from tkt.render.views import team as view
from tkt.services import team

if TYPE_CHECKING:
    from tkt.cli.env import Env


@cli_command
@lists
def command(env: Env) -> None:
    env.show(view.teams(team.teams(env.desk), for_people=env.is_for_people))
