"""``tkt agent back``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tkt.cli.options import argument, cli_command, writes
from tkt.cli.results import show_availability
from tkt.cli.types import Agent
from tkt.services import availability

if TYPE_CHECKING:
    from tkt.cli.env import Env


@cli_command
@argument("agent", type=Agent(), required=False)
@writes
def command(env: Env, agent: str | None) -> None:
    said = availability.say_of(env.desk, agent, "active", acting=env.acting)
    show_availability(env, said, "active")
