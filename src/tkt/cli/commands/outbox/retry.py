"""``tkt outbox retry``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tkt.cli.options import argument, cli_command, option, reads
from tkt.cli.types import Count
from tkt.domain.table import Card
from tkt.errors import UsageProblem
from tkt.services.telling import letters
from tkt.texts import say

if TYPE_CHECKING:
    from tkt.cli.env import Env


@cli_command
@argument("numbers", nargs=-1, type=Count(1), metavar="[N]...")
@option("--all", "everything", help="outbox_all", is_flag=True)
@reads
def command(env: Env, numbers: tuple[int, ...], everything: bool) -> None:
    if bool(numbers) == everything:
        raise UsageProblem("outbox.which")
    done = letters.retry(env.desk, numbers, everything=everything, now=env.now)
    env.show(Card(say("outbox.retried", count=len(done)), {}, (), {"retried": done}))
