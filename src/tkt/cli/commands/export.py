"""``tkt export``."""

from __future__ import annotations

import io
import os
from typing import TYPE_CHECKING

import click

from tkt.cli.options import argument, cli_command, option
from tkt.cli.types import FilePath, QueryWord
from tkt.domain.table import RawJson
from tkt.render.formats.json import to_json

if TYPE_CHECKING:
    from tkt.cli.env import Env


@cli_command
@argument("query", nargs=-1, type=QueryWord(), metavar="[QUERY]...")
@option("--format", "kind", help="export_format", type=click.Choice(["jsonl", "csv"]))
@option("-o", "--output", help="output", type=FilePath(), metavar="FILE")
@option(
    "--encoding",
    help="encoding",
    type=click.Choice(["utf-8", "utf-8-sig", "gb18030"]),
    default="utf-8",
)
def command(
    env: Env, query: tuple[str, ...], kind: str | None, output: str | None, encoding: str
) -> None:
    from tkt.services.transfer import exporting

    wants_csv = kind == "csv" or (kind is None and str(output).lower().endswith(".csv"))
    found = exporting.documents(env.desk, " ".join(query), now=env.now, me=env.query_me(query))
    chunks = (
        exporting.as_csv(env.desk, found)
        if wants_csv
        else (to_json(RawJson(doc)) + "\n" for doc in found)
    )
    if output is not None:
        exporting.save(os.path.join(env.folder, output), chunks, encoding=encoding)
        env.out.say("env.written", path=output)
    else:
        if encoding != "utf-8" and isinstance(env.out.stdout, io.TextIOWrapper):
            env.out.stdout.reconfigure(encoding=encoding, newline="")
        env.out.data(chunks)
    for fault in env.desk.index.broken():
        env.out.warn(fault)
        env.exit_code = 1
