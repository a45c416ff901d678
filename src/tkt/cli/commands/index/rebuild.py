"""``tkt index rebuild``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tkt.cli.options import cli_command, reads
from tkt.cli.progress import on_terminal
from tkt.domain.table import Card
from tkt.services import indexes
from tkt.texts import say

if TYPE_CHECKING:
    from tkt.cli.env import Env


@cli_command
@reads
def command(env: Env) -> None:
    made = indexes.rebuild(env.desk, on_terminal(env.out, "progress.index"))
    env.show(Card(say("index.rebuilt", tickets=made.tickets), {}, (), made._asdict()))
