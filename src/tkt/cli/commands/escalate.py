"""``tkt escalate``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tkt.cli.doing import perform
from tkt.cli.options import cli_command, on_tickets, option
from tkt.cli.types import Owner, Text
from tkt.services.actions import owning

if TYPE_CHECKING:
    from tkt.cli.env import Env
    from tkt.services.bulk import Selection


@cli_command
@option("--to", help="escalate_to", type=Owner(), metavar="WHO")
@option("--reason", help="reason", type=Text(), metavar="TEXT", required=True)
@option("--priority", help="escalate_priority", type=Text(), metavar="PRIORITY")
@on_tickets
def command(env: Env, chosen: Selection, to: str | None, reason: str, priority: str | None) -> None:
    perform(env, chosen, owning.escalate(to=to, reason=reason, priority=priority), what="escalate")
