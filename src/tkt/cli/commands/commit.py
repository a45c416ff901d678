"""``tkt commit``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tkt.cli.options import argument, cli_command, option, writes
from tkt.cli.results import show_many
from tkt.cli.types import Text, TicketId
from tkt.services import handediting

if TYPE_CHECKING:
    from tkt.cli.env import Env


@cli_command
@argument("what", nargs=-1, type=TicketId(), metavar="[ID|PATH]...")
@option("-m", "--message", "reason", help="edit_reason", type=Text(), metavar="TEXT")
@writes
def command(env: Env, what: tuple[str, ...], reason: str | None) -> None:
    outcomes = handediting.commit(
        env.desk, what, folder=env.folder, reason=reason, acting=env.acting
    )
    if outcomes or env.format or env.collected is not None:
        show_many(env, outcomes, "commit", one=True)
    else:
        env.out.say("commit.clean")
