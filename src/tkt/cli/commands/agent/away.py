"""``tkt agent away``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tkt.cli.options import argument, cli_command, option, reasoned, writes
from tkt.cli.results import show_availability
from tkt.cli.types import Agent, Text
from tkt.services import availability

if TYPE_CHECKING:
    from tkt.cli.env import Env


@cli_command
@argument("agent", type=Agent(), required=False)
@option("--until", help="away_until", type=Text(), metavar="TIME")
@reasoned
@writes
def command(env: Env, agent: str | None, until: str | None, reason: str | None) -> None:
    said = availability.say_of(
        env.desk, agent, "away", acting=env.acting, reason=reason, until=until
    )
    show_availability(env, said, "away")
