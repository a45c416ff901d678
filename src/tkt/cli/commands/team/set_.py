"""``tkt team set``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tkt.cli.options import argument, cli_command, reads
from tkt.cli.results import show_files
from tkt.cli.types import Owner, Text
from tkt.services import people

if TYPE_CHECKING:
    from tkt.cli.env import Env


@cli_command
@argument("team", type=Owner())
@argument("said", nargs=-1, required=True, type=Text(), metavar="KEY=VALUE...")
@reads
def command(env: Env, team: str, said: tuple[str, ...]) -> None:
    name, saved = people.set_team(env.desk, team, said, acting=env.acting)
    show_files(env, saved, "people.set" if saved else "people.same", name=name)
