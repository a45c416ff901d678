"""``tkt archive``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tkt.cli.doing import perform
from tkt.cli.options import cli_command, on_tickets, reasoned
from tkt.services.actions import moving

if TYPE_CHECKING:
    from tkt.cli.env import Env
    from tkt.services.bulk import Selection


@cli_command
@reasoned
@on_tickets
def command(env: Env, chosen: Selection, reason: str | None) -> None:
    # A merged ticket is archived itself, not what it has become.
    perform(env, chosen._replace(exactly=True), moving.archive(reason=reason), what="archive")
