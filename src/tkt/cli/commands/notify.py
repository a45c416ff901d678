"""``tkt notify``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tkt.cli.options import cli_command, option, reads
from tkt.cli.telling import composed, row
from tkt.cli.types import Count
from tkt.domain.table import Card, Column, Section, Table
from tkt.errors import Remark
from tkt.services.telling import notifying
from tkt.texts import say

if TYPE_CHECKING:
    from tkt.cli.env import Env
    from tkt.services.telling.notifying import Run

COLUMNS = tuple(map(Column, ("state", "recipient", "route", "ticket", "reason", "error")))


@cli_command
@option("--dry-run", help="dry_run", is_flag=True)
@option("--limit", help="notify_limit", type=Count(1), metavar="N")
@reads
def command(env: Env, dry_run: bool, limit: int | None) -> None:
    outside = notifying.Outside(env.environ, composed)
    if dry_run:
        run = notifying.preview(env.desk, outside, now=env.now)
    else:
        run = notifying.notify(env.desk, outside, now=env.now, limit=limit)
    env.show(_card(env, run, dry_run))
    for error in run.missing:
        env.out.warn(error)
        env.exit_code = env.exit_code if dry_run else max(env.exit_code, error.exit_code)
    if run.unheard:
        env.out.warn(Remark("notify.unheard", count=run.unheard))
    if run.running:
        env.out.say("notify.running")
    if run.count("failed"):
        env.exit_code = 5
        env.out.say("notify.failed", count=run.count("failed"))
    if run.fault:
        raise run.fault


def _card(env: Env, run: Run, dry_run: bool) -> Card:
    sent, due = run.count("sent"), run.count("due")
    data: dict[str, Any] = {
        "new": run.new, "sent": sent, "waiting": run.waiting, "failed": run.failed,
        "dry_run": dry_run, "running": run.running,
        "messages": [row(env, *tried) for tried in run.tried],
    }  # fmt: skip
    key = "notify.plan" if dry_run else "notify.done"
    title = say(key, sent=due if dry_run else sent, waiting=run.waiting, failed=run.failed)
    body: tuple[Section, ...] = ()
    if run.tried:
        body = (Section("", Table(COLUMNS, data["messages"])),)
    return Card(title, {}, body, data)
