"""``tkt summary``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tkt.cli.options import argument, cli_command, option, to_file
from tkt.cli.types import Agent, Team
from tkt.render.views import summaries
from tkt.services import summarising

if TYPE_CHECKING:
    from tkt.cli.env import Env


@cli_command
@argument("words", nargs=-1, metavar="[PERIOD]")
@option("--since", help="summary_since", metavar="WHEN")
@option("--until", help="summary_until", metavar="WHEN")
@option("--team", help="summary_team", type=Team(), metavar="TEAM")
@option("--agent", help="summary_agent", type=Agent(), metavar="AGENT")
@option("--explain", help="explain", is_flag=True)
@to_file("json", "markdown", "html")
def command(
    env: Env,
    words: tuple[str, ...],
    since: str | None,
    until: str | None,
    team: str | None,
    agent: str | None,
    explain: bool,
) -> None:
    settings, now = env.settings, env.now
    me = env.acting.by if agent in ("me", "我") else ""
    who = summarising.whose(settings, team=team, agent=agent, me=me, now=now)
    span = summarising.period(settings, " ".join(words), since=since, until=until, now=now)
    found = summarising.summarise(env.desk, span, who, now=now)
    telling = summaries.Telling(settings, now, env.is_worded, explain)
    env.show(summaries.card(found, telling), long=True)
