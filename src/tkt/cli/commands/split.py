"""``tkt split``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tkt.cli.doing import perform
from tkt.cli.options import argument, cli_command, on_many, option
from tkt.cli.types import Assignment, Text, TicketId
from tkt.services.actions import relating
from tkt.services.actions.changing import parse_assignments

if TYPE_CHECKING:
    from tkt.cli.env import Env
    from tkt.services.bulk import Selection


@cli_command
@argument("ticket", type=TicketId(), metavar="ID")
@argument("assignments", nargs=-1, type=Assignment(), metavar="[FIELD=VALUE]...")
@option("--from", "start", help="split_at", type=Text(), metavar="NUMBER", required=True)
@option("--title", help="title", type=Text(), metavar="TEXT")
@on_many
def command(
    env: Env,
    chosen: Selection,
    ticket: str,
    assignments: tuple[str, ...],
    start: str,
    title: str | None,
) -> None:
    said = parse_assignments(assignments, env.settings).wanted
    action = relating.split(start, title=title, said=said)
    perform(env, chosen._replace(ids=(ticket,)), action, what="split")
