"""``tkt report``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tkt.cli.options import argument, cli_command, option, to_file
from tkt.cli.types import TicketId
from tkt.render.views import report as view
from tkt.services import looking, reporting

if TYPE_CHECKING:
    from tkt.cli.env import Env


@cli_command
@argument("ticket", type=TicketId(), metavar="ID")
@option("--itself", help="itself", is_flag=True)
@to_file("json", "markdown", "html")
def command(env: Env, ticket: str, itself: bool) -> None:
    row, found = reporting.report(env.desk, ticket, now=env.now, follow=not itself)
    for remark in looking.remarks_on(env.desk, ticket, row):
        env.out.warn(remark)
    if env.is_worded:
        env.show(view.card(row, found, env.settings, now=env.now), long=True)
    else:
        env.show(view.plain_card(row, found, env.settings))
