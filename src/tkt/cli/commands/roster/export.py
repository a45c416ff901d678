"""``tkt roster export``."""

from __future__ import annotations

import os
from datetime import timedelta
from typing import TYPE_CHECKING

from tkt.cli.options import cli_command, option, reads
from tkt.cli.types import Agent, Count, FilePath, Text
from tkt.render import ical
from tkt.render.views import rosters as view
from tkt.services import naming
from tkt.services.roster import looking, words
from tkt.services.transfer.exporting import save

if TYPE_CHECKING:
    from tkt.cli.env import Env


@cli_command
@option("--ical", "as_ical", help="ical", is_flag=True, expose_value=False)
@option("--since", help="export_since", type=Text(), metavar="DATE")
@option("--days", help="export_days", type=Count(1), default=60, metavar="N")
@option("--agent", help="roster_agent", type=Agent(), metavar="AGENT")
@option("-o", "--output", help="output", type=FilePath(), metavar="FILE")
@reads
def command(env: Env, since: str | None, days: int, agent: str | None, output: str | None) -> None:
    settings = env.settings
    who = naming.person_named(settings, agent, me=env.query_me([agent])) if agent else None
    first = words.first_day(since, settings, now=env.now)
    last = first + timedelta(days=days - 1)
    found = looking.stints_and_leave(settings, first, last, agent=who)
    if env.wants_data and output is None:
        env.show(view.events(found, settings.zone))
        return
    text = ical.document(found, settings, agent=who, now=env.now)
    if output is None:
        env.out.data(text)
        return
    save(os.path.join(env.folder, output), text, encoding="utf-8")
    env.out.say("env.written", path=output)
