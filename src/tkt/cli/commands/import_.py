"""``tkt import``."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any

import click

from tkt.cli.options import argument, cli_command, option, reads
from tkt.cli.out import hint, sentence
from tkt.cli.progress import on_terminal
from tkt.cli.types import FilePath, Text
from tkt.domain.table import Card
from tkt.texts import say

if TYPE_CHECKING:
    from tkt.cli.env import Env
    from tkt.services.transfer.importing import Import, Remark

_MOST = 10_000
"""So many remarks stand in the JSON answer; the counts are of all."""


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

    columns = Columns(maps)
    path = None if file is None else os.path.join(env.folder, file)
    answer = _Answer(env)
    with opened(path, getattr(env.stdin, "buffer", None), name=file or "-", kind=kind) as records:
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


class _Answer:
    """What an import says: a line for each record that is not taken, and a summary."""

    def __init__(self, env: Env) -> None:
        self.env = env
        self.rows: list[dict[str, Any]] = []
        self.left_out = 0
        self.hints: set[str] = set()

    def tell(self, remark: Remark) -> None:
        """Say what became of one record."""
        fault = remark.fault
        if self.env.format is None:
            self.env.out.stderr.write(sentence(fault) + "\n")
            step = hint(fault)
            if step and step not in self.hints and len(self.hints) < 20:
                self.hints.add(step)
                self.env.out.stderr.write(f"     {step}\n")
        elif len(self.rows) < _MOST:
            self.rows.append({
                "line": fault.line, "column": fault.column, "kind": remark.kind,
                "field": fault.params.get("field"), "error": fault.key,
                "message": sentence(fault).partition(": ")[2], "hint": hint(fault),
            })  # fmt: skip
        else:
            self.left_out += 1

    def show(self, task: Import, *, nothing: bool) -> None:
        """The summary; never code 0 when a record failed."""
        tally = task.tally
        counts = {"imported": tally.imported, "skipped": tally.skipped, "failed": tally.failed}
        if tally.failed:
            self.env.exit_code = 1
        line = say("import.preview" if nothing else "import.done", **counts)
        data = {**counts, "written": not nothing, "remarks": self.rows, "left_out": self.left_out}
        self.env.show(Card(line, {}, (), data))
