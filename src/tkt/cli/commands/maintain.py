"""``tkt maintain``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tkt.cli.options import cli_command, option, reads
from tkt.domain.table import Card, Column, Section, Table
from tkt.services import maintaining
from tkt.texts import say

if TYPE_CHECKING:
    from tkt.cli.env import Env
    from tkt.services.maintaining import Maintained

STEPS = (Column("action"), Column("done", "bool"), Column("why"))


@cli_command
@option("--dry-run", help="dry_run", is_flag=True)
@option("--split-index/--no-split-index", "split", help="split_index", default=None)
@option("--sparse/--no-sparse", "sparse", help="sparse", default=None)
@reads
def command(env: Env, dry_run: bool, split: bool | None, sparse: bool | None) -> None:
    wish = maintaining.Wish(split, sparse)
    env.show(_card(maintaining.maintain(env.desk, wish, dry_run=dry_run), dry_run))


def _card(done: Maintained, dry_run: bool) -> Card:
    steps: list[dict[str, Any]] = [
        {
            "action": say(f"maintain.{step.action}"),
            "done": step.do,
            "why": say(step.why),
        }
        for step in done.steps
    ]
    data = {
        "dry_run": dry_run,
        "tickets": done.tickets._asdict(),
        "steps": [
            {"step": step.action, "done": step.do and not dry_run, "planned": step.do, **told}
            for step, told in zip(done.steps, ({"why": s["why"]} for s in steps), strict=True)
        ],
        "before": done.before._asdict(),
        "after": done.after._asdict(),
    }
    fields = {
        name: f"{old:,} → {new:,}"
        for name, old, new in zip(done.before._fields, done.before, done.after, strict=True)
    }
    title = say("maintain.plan" if dry_run else "maintain.done", **done.tickets._asdict())
    return Card(title, fields, (Section("", Table(STEPS, steps)),), data)
