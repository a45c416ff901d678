"""``tkt log``."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from tkt.cli.options import argument, cli_command, lists, option
from tkt.cli.types import Agent, TicketId
from tkt.render.views import deeds
from tkt.services import history

if TYPE_CHECKING:
    from datetime import datetime

    from tkt.cli.env import Env


@cli_command
@argument("tickets", nargs=-1, type=TicketId(), metavar="[ID]...")
@option("--by", help="log_by", type=Agent(), metavar="WHO")
@option("--since", help="log_since", metavar="WHEN")
@option("--until", help="log_until", metavar="WHEN")
@option("--action", help="log_action", metavar="VERB")
@option("--limit", help="limit", type=click.IntRange(min=0), metavar="N")
@lists
def command(
    env: Env,
    tickets: tuple[str, ...],
    by: str | None,
    since: str | None,
    until: str | None,
    action: str | None,
    limit: int | None,
) -> None:
    me = env.acting.by if by in ("me", "我") else by
    wanted = history.Wanted(
        me, _bound(env, since), _bound(env, until, end=True), action, env.default_limit(limit)
    )
    found = history.log(env.desk, tickets, wanted)
    now = env.now if env.is_for_people else None
    env.show(deeds.table(found.deeds, env.settings, now=now), long=True)
    if not found.deeds:
        env.out.say("log.nothing")
    if found.ends_at:
        env.out.say("log.shallow", at=f"{found.ends_at:%Y-%m-%d}")
    if env.is_for_people and wanted.limit == len(found.deeds):
        env.out.say("log.more", limit=wanted.limit)


def _bound(env: Env, text: str | None, *, end: bool = False) -> datetime | None:
    if text is None:
        return None
    return history.bound(text, now=env.now, tz=env.settings.zone, end=end)
