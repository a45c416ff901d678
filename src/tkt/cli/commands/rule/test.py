"""``tkt rule test``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tkt.cli.options import argument, cli_command, lists, option
from tkt.cli.types import Text, TicketId
from tkt.render.views import automation as shown
from tkt.services.automation import trying

if TYPE_CHECKING:
    from tkt.cli.env import Env


@cli_command
@argument("ticket", type=TicketId(), metavar="ID")
@option("--on", "on", help="rule_on", type=Text(), metavar="EVENT")
@lists
def command(env: Env, ticket: str, on: str | None) -> None:
    found = trying.try_out(env.desk, ticket, on, acting=env.acting)
    env.show(shown.verdicts(found, for_people=env.is_worded, as_data=env.wants_data))
