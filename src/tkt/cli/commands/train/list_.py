"""``tkt train list``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tkt.cli.options import cli_command, lists
from tkt.domain.training.standing import Training
from tkt.render.views import training as view
from tkt.services.training import looking

if TYPE_CHECKING:
    from tkt.cli.env import Env


@cli_command
@lists
def command(env: Env) -> None:
    rows = looking.courses(env.desk, Training(env.settings))
    env.show(view.courses(rows, env.settings, for_people=env.is_worded))
