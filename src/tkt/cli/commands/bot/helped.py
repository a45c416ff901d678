"""``tkt bot helped``."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from tkt.cli.doing import perform
from tkt.cli.options import argument, cli_command, writes
from tkt.cli.types import TicketId
from tkt.services.bot.answering import helped_by_hand
from tkt.services.bulk import Selection

if TYPE_CHECKING:
    from tkt.cli.env import Env


@cli_command
@argument("ticket_id", type=TicketId(), metavar="ID")
@argument("answer", type=click.Choice(["yes", "no"]), metavar="yes|no")
@writes
def command(env: Env, ticket_id: str, answer: str) -> None:
    action = helped_by_hand(is_helped=answer == "yes")
    perform(env, Selection((ticket_id,)), action, what="helped")
