"""``tkt workflow schema``."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from tkt.cli.options import argument, cli_command, reads
from tkt.domain.table import Card
from tkt.render.schemas import KINDS, document

if TYPE_CHECKING:
    from tkt.cli.env import Env


@cli_command
@argument("kind", default="workflow", type=click.Choice(list(KINDS)), metavar="[KIND]")
@reads
def command(env: Env, kind: str) -> None:
    env.format = "json"
    env.show(Card(kind, {}, (), document(kind)))
