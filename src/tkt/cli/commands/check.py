"""``tkt check``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tkt.cli.findings import show_findings
from tkt.cli.options import argument, cli_command, reads
from tkt.cli.progress import on_terminal
from tkt.cli.types import TicketId
from tkt.services import checking

if TYPE_CHECKING:
    from tkt.cli.env import Env


@cli_command
@argument("wanted", nargs=-1, type=TicketId(), metavar="[ID|PATH]...")
@reads
def command(env: Env, wanted: tuple[str, ...]) -> None:
    progress = on_terminal(env.out, "progress.check")
    found = checking.check(
        env.desk, wanted, folder=env.folder, acting=env.acting, progress=progress
    )
    show_findings(env, [*found.faults, *found.cautions])
    if found.faults:
        env.exit_code = 1
        files = len({fault.path for fault in found.faults})
        env.out.say("check.found", count=len(found.faults), files=files, tickets=found.tickets)
    else:
        env.out.say("check.sound", tickets=found.tickets)
