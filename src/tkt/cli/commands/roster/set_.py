"""``tkt roster set``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tkt.cli.options import argument, cli_command, option, writes
from tkt.cli.results import show_planned
from tkt.cli.types import Agent, RosterName, Text
from tkt.services.roster import planning, words

if TYPE_CHECKING:
    from tkt.cli.env import Env


@cli_command
@argument("said", nargs=-1, required=True, type=Agent(), metavar="AGENT... [DAYS]... HOURS...")
@option("--roster", help="roster", type=RosterName(), metavar="NAME")
@option("--name", help="shift_name", type=Text(), metavar="NAME")
@writes
def command(env: Env, said: tuple[str, ...], roster: str | None, name: str | None) -> None:
    acting = env.acting
    found = words.read(said, env.settings, me=acting.by, now=env.now)
    target, saved = planning.put_shift(env.desk, found, roster=roster, name=name, acting=acting)
    show_planned(env, saved, "roster.shift_set", {"agents": found.agents}, target)
