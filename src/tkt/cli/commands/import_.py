"""``tkt import``."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import click

from tkt.cli.options import argument, cli_command, option, reads
from tkt.cli.progress import on_terminal
from tkt.cli.reading import standard_input
from tkt.cli.remarks import Answer
from tkt.cli.types import FilePath, Text

if TYPE_CHECKING:
    from tkt.cli.env import Env


@cli_command
@argument("file", type=FilePath(), metavar="FILE|-")
@option("--format", "kind", help="import_format", type=click.Choice(["jsonl", "csv"]))
@option("--map", "maps", help="map", type=Text(), multiple=True, metavar="COLUMN=FIELD")
@option("--strict", help="strict", is_flag=True)
@option("--dry-run", help="dry_run", is_flag=True)
@reads
def command(
    env: Env, file: str | None, kind: str | None, maps: tuple[str, ...], strict: bool, dry_run: bool
) -> None:
    from tkt.services.transfer.columns import Columns
    from tkt.services.transfer.importing import Import
    from tkt.services.transfer.opening import opened

    columns = Columns(env.settings, maps)
    path = None if file is None else os.path.join(env.folder, file)
    answer = Answer(env)
    stdin = getattr(standard_input(env), "buffer", None) if path is None else None
    with opened(path, stdin, name=file or "-", kind=kind) as records:
        task = Import(
            env.desk,
            records,
            columns=columns,
            acting=env.acting,
            tell=answer.tell,
            progress=on_terminal(env.out, "progress.import"),
        )
        try:
            if strict or dry_run:
                task.look()
            if not (dry_run or (strict and task.tally.failed)):
                task.write(whole=strict)
                strict = False
        except KeyboardInterrupt:
            env.out.say("import.so_far", count=0 if strict else task.tally.imported)
            raise
        answer.show(task, nothing=dry_run or strict)
