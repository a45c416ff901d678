"""``tkt route show``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tkt.cli.options import argument, cli_command, reads
from tkt.cli.types import TicketId
from tkt.render.views import routing
from tkt.services.routing import explaining

if TYPE_CHECKING:
    from tkt.cli.env import Env


@cli_command
@argument("ticket", type=TicketId(), metavar="ID")
@reads
def command(env: Env, ticket: str) -> None:
    found = explaining.explain(env.desk, ticket, now=env.now)
    env.show(routing.card(found, env.settings if env.is_for_people else None), long=True)
