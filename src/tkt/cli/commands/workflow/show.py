"""``tkt workflow show``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tkt.cli.options import argument, cli_command, reads
from tkt.cli.types import WorkflowName
from tkt.domain.settings import Settings
from tkt.render.views import workflows as view
from tkt.services import workflows

if TYPE_CHECKING:
    from tkt.cli.env import Env


@cli_command
@argument("workflow", type=WorkflowName(), metavar="NAME|FILE")
@reads
def command(env: Env, workflow: str) -> None:
    settings = env.settings if env.has_desk else None
    flow = workflows.meant(settings, workflow, env.folder)
    env.show(view.card(flow, settings or Settings()), long=True)
