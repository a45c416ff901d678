"""``tkt roster now``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tkt.cli.options import cli_command, format_flags, option
from tkt.cli.types import Text
from tkt.render.views import rosters as view
from tkt.services import naming
from tkt.services.roster import looking

if TYPE_CHECKING:
    from tkt.cli.env import Env


@cli_command
@option("--at", "moment", help="roster_at", type=Text(), metavar="TIME")
@format_flags("json", "jsonl", "csv", "markdown")
def command(env: Env, moment: str | None) -> None:
    at = naming.moment_named(env.settings, moment, now=env.now)
    rows = looking.now(env.settings, at=at)
    env.show(view.now(rows, at=at, zone=env.settings.zone, for_people=env.is_worded))
