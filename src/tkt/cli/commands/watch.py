"""``tkt watch``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tkt.cli.doing import perform
from tkt.cli.options import cli_command, on_tickets, option
from tkt.cli.types import Agent
from tkt.services.actions import owning

if TYPE_CHECKING:
    from tkt.cli.env import Env
    from tkt.services.bulk import Selection


@cli_command
@option("--who", help="watch_who", type=Agent(), metavar="AGENT")
@option("--stop", help="watch_stop", is_flag=True)
@on_tickets
def command(env: Env, chosen: Selection, who: str | None, stop: bool) -> None:
    perform(env, chosen, owning.watch(who, stop=stop), what="watch")
