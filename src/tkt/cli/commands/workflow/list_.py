"""``tkt workflow list``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tkt.cli.options import cli_command, lists
from tkt.render.views import workflows as view
from tkt.services import workflows

if TYPE_CHECKING:
    from tkt.cli.env import Env


@cli_command
@lists
def command(env: Env) -> None:
    env.show(view.table(workflows.overview(env.desk)))
