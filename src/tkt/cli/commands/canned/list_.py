"""``tkt canned list``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tkt.cli.options import cli_command, lists, option
from tkt.render.views import replies as view
from tkt.services.replies import finding

if TYPE_CHECKING:
    from tkt.cli.env import Env


@cli_command
@option("--all", "drafts", help="canned_all", is_flag=True)
@lists
def command(env: Env, drafts: bool) -> None:
    found = finding.every(env.desk, lambda: env.acting.by, drafts=drafts)
    env.show(view.found(found, drafts=drafts, for_people=env.is_for_people), long=True)
