"""``tkt sweep``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tkt.cli.options import cli_command, option, reads
from tkt.cli.swept import answer
from tkt.services import sweeping

if TYPE_CHECKING:
    from tkt.cli.env import Env


@cli_command
@option("--dry-run", help="sweep_dry_run", is_flag=True)
@reads
def command(env: Env, dry_run: bool) -> None:
    swept = sweeping.sweep(env.desk, now=env.now, acting=lambda: env.acting, dry_run=dry_run)
    answer(env, swept, dry_run=dry_run)
