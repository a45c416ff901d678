"""``tkt sla simulate``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tkt.cli.options import argument, cli_command, option, reads
from tkt.cli.reckoning import remark
from tkt.cli.types import FilePath, Text
from tkt.render.views import clocks as view
from tkt.services import simulating

if TYPE_CHECKING:
    from tkt.cli.env import Env


@cli_command
@argument("file", type=FilePath())
@option("--at", "times", help="simulate_at", type=Text(), metavar="TIME", multiple=True)
@reads
def command(env: Env, file: str, times: tuple[str, ...]) -> None:
    found = simulating.simulate(file, times, folder=env.folder, now=env.now)
    for caution in found.cautions:
        env.out.warn(caution)
    remark(env, {"unpublished": found.unpublished})
    env.show(view.simulated(found.rows, for_people=env.is_for_people))
