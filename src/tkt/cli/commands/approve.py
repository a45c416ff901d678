"""``tkt approve``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tkt.cli.doing import perform
from tkt.cli.options import cli_command, on_tickets, with_note
from tkt.cli.reading import text_from
from tkt.services.actions import stepping

if TYPE_CHECKING:
    from tkt.cli.env import Env
    from tkt.services.bulk import Selection


@cli_command
@with_note
@on_tickets
def command(env: Env, chosen: Selection, message: str | None, reason: str | None) -> None:
    action = stepping.approve(text=text_from(env, message), reason=reason)
    perform(env, chosen, action, what="approve")
