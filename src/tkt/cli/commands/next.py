"""``tkt next``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tkt.cli.options import argument, cli_command, writes
from tkt.cli.results import show_saved
from tkt.cli.types import QueryWord
from tkt.services.actions import handing

if TYPE_CHECKING:
    from tkt.cli.env import Env


@cli_command
@argument("query", nargs=-1, type=QueryWord(), metavar="[QUERY]...")
@writes
def command(env: Env, query: tuple[str, ...]) -> None:
    saved, stage = handing.hand_out(env.desk, " ".join(query), acting=env.acting)
    for remark in stage.remarks:
        env.out.warn(remark)
    show_saved(env, saved, "next")
