"""``tkt customer import``."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from tkt.cli.customers import OrderAnswer
from tkt.cli.options import argument, cli_command, option, reads
from tkt.cli.progress import on_terminal
from tkt.cli.reading import standard_input
from tkt.cli.types import FilePath, Text
from tkt.services.customers.importing import OrderImport
from tkt.services.customers.table import opened

if TYPE_CHECKING:
    from tkt.cli.env import Env


@cli_command
@argument("file", type=FilePath(), metavar="FILE|-")
@option("--channel", help="order_channel", type=Text(), default="qianniu", metavar="NAME")
@option("--map", "maps", help="order_map", type=Text(), multiple=True, metavar="COLUMN=FIELD")
@option("--dry-run", help="dry_run", is_flag=True)
@reads
def command(env: Env, file: str | None, channel: str, maps: tuple[str, ...], dry_run: bool) -> None:
    path = None if file is None else os.path.join(env.folder, file)
    stdin = getattr(standard_input(env), "buffer", None) if path is None else None
    answer = OrderAnswer(env)
    with opened(path, stdin, name=file or "-", said=maps) as (table, columns):
        task = OrderImport(
            env.desk,
            table,
            columns=columns,
            channel=channel,
            acting=env.acting,
            tell=answer.tell,
            progress=on_terminal(env.out, "progress.import"),
        )
        answer.done(task.run(dry=dry_run), nothing=dry_run)
