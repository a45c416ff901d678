"""``tkt merge``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tkt.cli.doing import perform
from tkt.cli.options import cli_command, on_tickets, option, reasoned
from tkt.cli.types import TicketId
from tkt.services.actions import relating

if TYPE_CHECKING:
    from tkt.cli.env import Env
    from tkt.services.bulk import Selection


@cli_command
@option("--into", help="into", type=TicketId(), metavar="ID", required=True)
@option("--anyway", help="anyway", is_flag=True)
@reasoned
@on_tickets
def command(env: Env, chosen: Selection, into: str, anyway: bool, reason: str | None) -> None:
    action = relating.merge(into, anyway=anyway, reason=reason)
    perform(env, chosen._replace(exactly=True), action, what="merge")
