"""``tkt sla show``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tkt.cli.options import argument, cli_command, reads
from tkt.cli.types import TicketId
from tkt.render.views import clocks as view
from tkt.services import looking, sla

if TYPE_CHECKING:
    from tkt.cli.env import Env


@cli_command
@argument("ticket", type=TicketId(), required=False, metavar="[ID]")
@reads
def command(env: Env, ticket: str | None) -> None:
    if ticket is None:
        env.show(view.policies(sla.policies(env.desk), for_people=env.is_for_people))
        return
    row = looking.show(env.desk, ticket, now=env.now, follow=True)
    env.show(view.card(row, env.settings, now=env.now, for_people=env.is_for_people))
