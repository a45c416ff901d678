"""``tkt show``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tkt.cli.options import argument, cli_command, option, reads
from tkt.cli.types import TicketId
from tkt.render.views import tickets
from tkt.services import looking

if TYPE_CHECKING:
    from tkt.cli.env import Env


@cli_command
@argument("ticket", type=TicketId(), metavar="ID")
@option("--itself", help="itself", is_flag=True)
@reads
def command(env: Env, ticket: str, itself: bool) -> None:
    row = looking.show(env.desk, ticket, now=env.now, follow=not itself)
    for remark in looking.remarks_on(env.desk, ticket, row):
        env.out.warn(remark)
    settings = env.settings
    if env.is_for_people:
        from tkt.render.views import conversation

        env.show(conversation.card(row, settings, now=env.now), long=True)
    else:
        env.show(tickets.card(row, tz=settings.zone))
