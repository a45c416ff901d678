"""``tkt similar``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tkt.cli.options import argument, cli_command, lists
from tkt.cli.types import TicketId
from tkt.render.views.similar import table
from tkt.services.similar import similar_to

if TYPE_CHECKING:
    from tkt.cli.env import Env


@cli_command
@argument("ticket_id", type=TicketId(), metavar="ID")
@lists
def command(env: Env, ticket_id: str) -> None:
    found = similar_to(env.desk, env.desk.ticket(env.desk.find(ticket_id)), now=env.now)
    env.show(table(found, worded=env.is_worded))
