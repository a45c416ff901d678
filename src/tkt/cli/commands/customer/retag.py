"""``tkt customer retag``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tkt.cli.options import cli_command, option, writes
from tkt.render.views import customers as view
from tkt.services.customers import retagging, rules

if TYPE_CHECKING:
    from tkt.cli.env import Env


@cli_command
@option("--dry-run", help="dry_run", is_flag=True)
@writes
def command(env: Env, dry_run: bool) -> None:
    done = retagging.retag(env.desk, dry=dry_run, acting=env.acting)
    for remark in done.remarks:
        env.out.warn(remark)
        env.exit_code = 1
    env.show(view.decisions(done.rows, done.counts, rules.label_of(env.desk), dry=dry_run))
