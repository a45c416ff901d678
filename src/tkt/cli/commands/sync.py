"""``tkt sync``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tkt.cli.options import argument, cli_command, option, reads
from tkt.domain.table import Card
from tkt.services import syncing
from tkt.texts import say

if TYPE_CHECKING:
    from tkt.cli.env import Env

_NAMED = 8
"""So many ids are named; of more, how many there are."""


@cli_command
@argument("remote", required=False)
@option("--no-push", help="no_push", is_flag=True)
@reads
def command(env: Env, remote: str | None, no_push: bool) -> None:
    done = syncing.sync(env.desk, said=remote, push=not no_push, acting=env.acting)
    env.show(
        Card(
            say(
                "sync.done",
                remote=done.remote,
                branch=done.branch,
                came=_told(done.came),
                went=_told(done.went),
            ),
            {},
            (),
            done._asdict(),
        )
    )
    if done.contested:
        env.out.say("sync.contested", ids=", ".join(done.contested))
    if done.broken:
        env.out.say("sync.broken", files=", ".join(done.broken[:_NAMED]), count=len(done.broken))
    for ticket_id, why, who in done.told:
        env.out.say(f"sync.{why}", id=ticket_id, who=who)
    if done.settled:
        env.out.say("sync.settled", ids=", ".join(done.settled))
    for old, new in done.renumbered:
        env.out.say("sync.renumbered", old=old, new=new)


def _told(ids: list[str]) -> str:
    if not ids:
        return say("sync.nothing")
    more = f" … (+{len(ids) - _NAMED})" if len(ids) > _NAMED else ""
    return say("sync.tickets", count=len(ids), ids=", ".join(ids[:_NAMED]) + more)
