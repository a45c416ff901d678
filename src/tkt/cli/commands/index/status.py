"""``tkt index status``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tkt.cli.options import cli_command, reads
from tkt.domain.table import Card
from tkt.services import indexes
from tkt.texts import say

if TYPE_CHECKING:
    from tkt.cli.env import Env


@cli_command
@reads
def command(env: Env) -> None:
    found = indexes.status(env.desk)
    key = "index.current" if found.is_current else "index.behind" if found.commit else "index.none"
    fields = found._asdict() if found.commit else {"path": found.path, "head": found.head}
    env.show(Card(say(key), fields, (), found._asdict()))
