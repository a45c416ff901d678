"""``tkt bot report``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tkt.cli.options import cli_command, option, to_file
from tkt.render.views import bot as view
from tkt.services.bot import reporting
from tkt.services.summarising import period

if TYPE_CHECKING:
    from tkt.cli.env import Env


@cli_command
@option("--since", help="summary_since", metavar="WHEN")
@to_file("json", "markdown")
def command(env: Env, since: str | None) -> None:
    settings, now = env.settings, env.now
    start = period(settings, "", since=since, until=None, now=now)[0] if since else None
    found = reporting.report(env.desk, since=start)
    env.show(view.tallied(found, worded=env.is_worded), long=True)
