"""``tkt mute``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tkt.cli.doing import perform
from tkt.cli.options import cli_command, on_tickets, option
from tkt.services.actions import owning

if TYPE_CHECKING:
    from tkt.cli.env import Env
    from tkt.services.bulk import Selection


@cli_command
@option("--stop", help="mute_stop", is_flag=True)
@on_tickets
def command(env: Env, chosen: Selection, stop: bool) -> None:
    perform(env, chosen, owning.mute(stop=stop), what="mute")
