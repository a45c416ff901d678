"""``tkt inbox``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tkt.cli.options import argument, cli_command, lists, option
from tkt.cli.types import Agent, Count, TicketId
from tkt.render.views import inbox as view
from tkt.services import inbox

if TYPE_CHECKING:
    from tkt.cli.env import Env


@cli_command
@argument("ids", nargs=-1, type=TicketId(), metavar="[ID]...")
@option("--ack", help="ack", is_flag=True)
@option("--all", "everything", help="inbox_all", is_flag=True)
@option("--as", "who", help="inbox_as", type=Agent(), metavar="AGENT")
@option("--limit", help="limit", type=Count(0), metavar="N")
@lists
def command(
    env: Env,
    ids: tuple[str, ...],
    ack: bool,
    everything: bool,
    who: str | None,
    limit: int | None,
) -> None:
    whose = inbox.whose(env.settings, who, me=env.acting.by, ack=ack)
    most = None if ack else env.default_limit(limit)
    found = inbox.entries(env.desk, whose, now=env.now, seen=everything, limit=most, tickets=ids)
    env.show(view.table(found, env.settings, now=env.now if env.is_for_people else None), long=True)
    if ack:
        inbox.acknowledge(env.desk, whose, found, now=env.now)
        env.out.say("inbox.acknowledged", count=len(found))
    elif not found:
        env.out.say("inbox.empty")
