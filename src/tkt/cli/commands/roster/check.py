"""``tkt roster check``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tkt.cli.findings import show_findings
from tkt.cli.options import cli_command, option, reads
from tkt.cli.types import Count
from tkt.domain.roster.findings import Limits
from tkt.domain.shape import CAUTIONS
from tkt.services.roster import reviewing

if TYPE_CHECKING:
    from tkt.cli.env import Env


@cli_command
@option("--weeks", help="roster_weeks", type=Count(1), default=4, metavar="N")
@option("--max-hours", help="max_hours", type=Count(1), default=48, metavar="N")
@option("--min-rest", help="min_rest", type=Count(0), default=11, metavar="N")
@reads
def command(env: Env, weeks: int, max_hours: int, min_rest: int) -> None:
    today = env.now.astimezone(env.settings.zone).date()
    limits = Limits(max_hours, min_rest)
    found = reviewing.review(env.desk, today=today, weeks=weeks, limits=limits)
    show_findings(env, found)
    wrong = [fault for fault in found if fault.key not in CAUTIONS]
    if wrong:
        env.exit_code = 1
    env.out.say("roster.checked", wrong=len(wrong), cautions=len(found) - len(wrong))
