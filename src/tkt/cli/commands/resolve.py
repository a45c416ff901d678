"""``tkt resolve``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tkt.cli.options import cli_command, reads
from tkt.cli.out import sentence
from tkt.domain.table import Card
from tkt.services import resolving
from tkt.texts import say

if TYPE_CHECKING:
    from tkt.cli.env import Env


@cli_command
@reads
def command(env: Env) -> None:
    done = resolving.resolve(env.desk, acting=env.acting)
    shown = {**done._asdict(), "broken": [sentence(fault) for fault in done.broken]}
    env.show(Card(say("resolve.done", count=len(done.united)), {}, (), shown))
    for fault in done.broken:
        env.out.warn(fault)
    for old, new in done.renumbered:
        env.out.say("sync.renumbered", old=old, new=new)
    if done.left:
        env.out.say("resolve.left", files=", ".join(done.left))
        env.exit_code = 1
    elif not done.finished:
        env.out.say("resolve.finish")
