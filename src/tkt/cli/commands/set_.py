"""``tkt set``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tkt.cli.options import argument, cli_command, option, writes
from tkt.cli.results import show_many, show_plan
from tkt.cli.types import IdOrAssignment, QueryWord, Text
from tkt.services import bulk, work

if TYPE_CHECKING:
    from tkt.cli.env import Env


@cli_command
@argument("words", nargs=-1, required=True, type=IdOrAssignment(), metavar="[ID]... FIELD=VALUE...")
@option("--where", help="where", type=QueryWord(), metavar="QUERY")
@option("--reason", help="reason", type=Text(), metavar="TEXT")
@option("--dry-run", help="dry_run", is_flag=True)
@writes
def command(
    env: Env, words: tuple[str, ...], where: str | None, reason: str | None, dry_run: bool
) -> None:
    ids, assignments = bulk.split(words)
    said = work.parse_assignments(assignments)
    if dry_run:
        show_plan(
            env, bulk.plan_set(env.desk, ids, where, said=said, reason=reason, acting=env.acting)
        )
        return
    show_many(
        env,
        bulk.set_fields(env.desk, ids, where, said=said, reason=reason, acting=env.acting),
        "set.done",
        one=len(ids) == 1 and where is None,
    )
