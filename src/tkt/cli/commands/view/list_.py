"""``tkt view list``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tkt.cli.options import cli_command, lists
from tkt.render.views import views as shown
from tkt.services import views

if TYPE_CHECKING:
    from tkt.cli.env import Env


@cli_command
@lists
def command(env: Env) -> None:
    env.show(shown.table(views.overview(env.desk, now=env.now, me=env.acting.by)))
