"""``tkt bot ask``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tkt.cli.options import argument, cli_command, option, reads
from tkt.cli.reading import text_from
from tkt.cli.types import Text, TicketId
from tkt.render.views import bot as view
from tkt.services.bot.trying import Setting, ask

if TYPE_CHECKING:
    from tkt.cli.env import Env


@cli_command
@argument("words", nargs=-1, metavar="[TEXT|-]")
@option("--ticket", help="bot_ticket", type=TicketId(), metavar="ID")
@option("--customer", help="bot_customer", type=Text(), metavar="WHO")
@option("--channel", help="channel", type=Text(), metavar="CHANNEL")
@option("--explain", help="bot_explain", is_flag=True)
@reads
def command(
    env: Env,
    words: tuple[str, ...],
    ticket: str | None,
    customer: str | None,
    channel: str | None,
    explain: bool,
) -> None:
    said = text_from(env, " ".join(words) or None)
    reply = ask(env.desk, said, Setting(ticket, customer, channel), now=env.now)
    env.show(view.reply(reply, explained=explain))
