"""``tkt sla excuse``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tkt.cli.doing import perform
from tkt.cli.options import cli_command, on_tickets, option, reasoned
from tkt.cli.types import Text
from tkt.services import sla

if TYPE_CHECKING:
    from tkt.cli.env import Env
    from tkt.services.bulk import Selection


@cli_command
@option("--clock", help="excuse_clock", type=Text(), metavar="CLOCK", required=True)
@reasoned
@on_tickets
def command(env: Env, chosen: Selection, clock: str, reason: str | None) -> None:
    perform(env, chosen, sla.excuse(clock, reason), what="excuse")
