"""``tkt kb stale``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tkt.cli.options import cli_command, lists, option
from tkt.cli.types import Count
from tkt.render.views import articles as view

if TYPE_CHECKING:
    from tkt.cli.env import Env


@cli_command
@option("--days", help="kb_days", type=Count(1), default=90, metavar="N")
@lists
def command(env: Env, days: int) -> None:
    from tkt.services.kb.upkeep import stale

    rows = stale(env.desk, days=days, now=env.now)
    if env.is_for_people and not rows:
        env.out.say("kb.fresh", days=days)
        return
    env.show(view.stale(rows, env.settings, for_people=env.is_for_people), long=True)
