"""``tkt take``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tkt.cli.doing import perform
from tkt.cli.options import cli_command, on_tickets, option, reasoned
from tkt.services.actions import owning

if TYPE_CHECKING:
    from tkt.cli.env import Env
    from tkt.services.bulk import Selection


@cli_command
@option("--steal", help="steal", is_flag=True)
@reasoned
@on_tickets
def command(env: Env, chosen: Selection, steal: bool, reason: str | None) -> None:
    perform(env, chosen, owning.take(steal=steal, reason=reason), what="take")
