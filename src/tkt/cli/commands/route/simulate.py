"""``tkt route simulate``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tkt.cli.options import cli_command, option, reads
from tkt.cli.types import FilePath
from tkt.render.views import routing
from tkt.services import summarising
from tkt.services.routing import replaying

if TYPE_CHECKING:
    from tkt.cli.env import Env


@cli_command
@option("--since", help="route_since", metavar="TIME")
@option("--until", help="route_until", metavar="TIME")
@option("--workflow", "file", help="route_workflow", type=FilePath(), metavar="FILE")
@option("--strategy", help="route_strategy", metavar="NAME")
@reads
def command(
    env: Env, since: str | None, until: str | None, file: str | None, strategy: str | None
) -> None:
    known, now = env.settings, env.now
    span = summarising.period(known, "", since=since or "-7d", until=until, now=now)
    other = replaying.otherwise(known, strategy=strategy, file=file, folder=env.folder)
    found = replaying.simulate(env.desk, span, other)
    env.show(routing.compared(found, known, for_people=env.is_for_people), long=True)
