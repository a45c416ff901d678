"""``tkt roster leave``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tkt.cli.options import argument, cli_command, option, reasoned, writes
from tkt.cli.results import show_planned
from tkt.cli.types import Agent, RosterName
from tkt.services.roster import planning, words

if TYPE_CHECKING:
    from tkt.cli.env import Env


@cli_command
@argument("said", nargs=-1, required=True, type=Agent(), metavar="[AGENT]... DAYS...")
@option("--roster", help="roster", type=RosterName(), metavar="NAME")
@reasoned
@writes
def command(env: Env, said: tuple[str, ...], roster: str | None, reason: str | None) -> None:
    acting = env.acting
    found = words.read(said, env.settings, me=acting.by, now=env.now)
    target, saved = planning.put_leave(env.desk, found, roster=roster, reason=reason, acting=acting)
    agents = {"agents": found.agents or (acting.by,)}
    show_planned(env, saved, "roster.leave_set", agents, target)
