"""``tkt outbox list``."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from tkt.cli.options import cli_command, lists, option
from tkt.cli.telling import row
from tkt.cli.types import Count
from tkt.domain.table import Column, Table
from tkt.domain.telling.posted import STATES
from tkt.services.telling import letters

if TYPE_CHECKING:
    from tkt.cli.env import Env

COLUMNS = (
    Column("number", "number"), Column("state", "name"), Column("at", "time"),
    Column("recipient", "name"), Column("route", "name"), Column("ticket", "id"),
    Column("reason"), Column("tries", "number", 1), Column("error", "text", 1),
)  # fmt: skip


@cli_command
@option("--state", "states", help="outbox_state", type=click.Choice(STATES), multiple=True)
@option("--limit", help="limit", type=Count(0), metavar="N")
@lists
def command(env: Env, states: tuple[str, ...], limit: int | None) -> None:
    found = letters.listed(env.desk, states, env.default_limit(limit))
    env.show(Table(COLUMNS, [row(env, each, each.state, each.error) for each in found]), long=True)
    if not found:
        env.out.say("outbox.empty")
