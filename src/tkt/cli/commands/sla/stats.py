"""``tkt sla stats``."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from tkt.cli.options import argument, cli_command, option, to_file
from tkt.cli.types import Text
from tkt.domain.sla.outcomes import GROUPS
from tkt.render.views import figures as view
from tkt.services import measuring, summarising

if TYPE_CHECKING:
    from tkt.cli.env import Env


@cli_command
@argument("words", nargs=-1, metavar="[PERIOD]")
@option("--since", help="summary_since", metavar="WHEN")
@option("--until", help="summary_until", metavar="WHEN")
@option("--by", help="stats_by", type=click.Choice(GROUPS))
@option("--cap", help="stats_cap", type=Text(), metavar="TIME", default="600s")
@option("--window", help="stats_window", type=Text(), metavar="HOURS", default="08:00-24:00")
@option("--quick", help="stats_quick", type=Text(), metavar="TIME", default="30s")
@option("--prompt", help="stats_prompt", type=Text(), metavar="TIME", default="3m")
@option("--explain", help="explain", is_flag=True)
@to_file("json", "csv", "markdown", "html")
def command(
    env: Env,
    words: tuple[str, ...],
    since: str | None,
    until: str | None,
    by: str | None,
    explain: bool,
    **rule: str,
) -> None:
    settings, now = env.settings, env.now
    span = summarising.period(settings, " ".join(words), since=since, until=until, now=now)
    measured = measuring.yardstick(settings.zone, **rule)
    found = measuring.measure(env.desk, span, by, measured, now=now)
    if env.chosen_format == "csv":
        env.show(view.table(found))
        return
    telling = view.Telling(settings, now, env.is_worded, explain)
    env.show(view.card(found, telling), long=True)
