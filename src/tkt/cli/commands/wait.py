"""``tkt wait``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tkt.cli.doing import perform
from tkt.cli.options import cli_command, on_tickets, option, with_note
from tkt.cli.reading import text_from
from tkt.cli.types import Text
from tkt.services.actions import moving

if TYPE_CHECKING:
    from tkt.cli.env import Env
    from tkt.services.bulk import Selection


@cli_command
@option("--until", help="until", type=Text(), metavar="TIME")
@with_note
@on_tickets
def command(
    env: Env, chosen: Selection, until: str | None, message: str | None, reason: str | None
) -> None:
    text = text_from(env, message)
    action = moving.move_on("pending", until=until, text=text, reason=reason)
    perform(env, chosen, action, what="wait")
