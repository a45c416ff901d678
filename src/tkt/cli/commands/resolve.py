"""``tkt resolve``: an agent's verb; without a ticket it mends a merge that stopped."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tkt.cli.doing import perform
from tkt.cli.options import cli_command, on_tickets, with_note
from tkt.cli.out import sentence
from tkt.cli.reading import text_from
from tkt.domain.table import Card
from tkt.errors import UsageProblem
from tkt.services import resolving
from tkt.services.actions import moving
from tkt.texts import say

if TYPE_CHECKING:
    from tkt.cli.env import Env
    from tkt.services.bulk import Selection


@cli_command
@with_note
@on_tickets
def command(env: Env, chosen: Selection, message: str | None, reason: str | None) -> None:
    if chosen.ids or chosen.where is not None:
        action = moving.move_on("resolved", text=text_from(env, message), reason=reason)
        perform(env, chosen, action, what="resolve")
    elif env.collected is not None:
        raise UsageProblem("batch.not_here", command="resolve")
    else:
        _mend(env)


def _mend(env: Env) -> None:
    done = resolving.resolve(env.desk, acting=env.acting)
    shown = {**done._asdict(), "broken": [sentence(fault) for fault in done.broken]}
    env.show(Card(say("mend.done", count=len(done.united)), {}, (), shown))
    for fault in done.broken:
        env.out.warn(fault)
    for old, new in done.renumbered:
        env.out.say("sync.renumbered", old=old, new=new)
    if done.left:
        env.out.say("mend.left", files=", ".join(done.left))
        env.exit_code = 1
    elif not done.finished:
        env.out.say("mend.finish")
