"""``tkt outbox drop``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tkt.cli.options import argument, cli_command, reads
from tkt.cli.types import Count
from tkt.domain.table import Card
from tkt.services.telling import letters
from tkt.texts import say

if TYPE_CHECKING:
    from tkt.cli.env import Env


@cli_command
@argument("numbers", nargs=-1, required=True, type=Count(1), metavar="N...")
@reads
def command(env: Env, numbers: tuple[int, ...]) -> None:
    done = letters.drop(env.desk, numbers, now=env.now)
    env.show(Card(say("outbox.dropped", count=len(done)), {}, (), {"dropped": done}))
