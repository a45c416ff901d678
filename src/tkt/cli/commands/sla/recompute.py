"""``tkt sla recompute``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tkt.cli.options import cli_command, lists, option
from tkt.domain.table import Card
from tkt.render.views import clocks as view
from tkt.services import checking, sla
from tkt.texts import say

if TYPE_CHECKING:
    from tkt.cli.env import Env


@cli_command
@option("--dry-run", help="recompute_dry_run", is_flag=True)
@lists
def command(env: Env, dry_run: bool) -> None:
    if not dry_run:
        count = sla.recompute(env.desk)
        env.show(Card(say("sla.recomputed", count=count), {}, (), {"changed": count}))
        return
    edited, faults, _ = checking.settings_lying(env.desk, env.now)
    for fault in faults:
        env.out.warn(fault)
    moved = list(sla.would_move(env.desk, edited))
    env.show(view.moved(moved, env.settings.zone), long=True)
