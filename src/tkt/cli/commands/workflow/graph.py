"""``tkt workflow graph``."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import click

from tkt.cli.endings import format_of
from tkt.cli.options import argument, cli_command, option, reads
from tkt.cli.types import FilePath, WorkflowName
from tkt.domain.settings import Settings
from tkt.domain.table import Card
from tkt.render.graphs.dot import dot
from tkt.render.graphs.drawing import drawing
from tkt.render.graphs.mermaid import mermaid
from tkt.services import workflows
from tkt.services.transfer import exporting
from tkt.texts import say

if TYPE_CHECKING:
    from tkt.cli.env import Env

_KINDS = {"mmd": "mermaid", "md": "mermaid", "dot": "dot", "gv": "dot", "svg": "svg"}
"""End of a file's name to the language in which it is written."""


@cli_command
@argument("workflow", type=WorkflowName(), metavar="NAME|FILE")
@option("--format", "kind", help="graph_format", type=click.Choice(["mermaid", "dot", "svg"]))
@option("-o", "--output", help="output", type=FilePath(), metavar="FILE")
@reads
def command(env: Env, workflow: str, kind: str | None, output: str | None) -> None:
    settings = env.settings if env.has_desk else None
    flow = workflows.meant(settings, workflow, env.folder)
    picture = drawing(flow, settings or Settings())
    kind = format_of(output or "", kind, _KINDS, "mermaid")
    text = mermaid(picture) if kind == "mermaid" else dot(picture)
    if kind == "svg":
        text = workflows.drawn(text, len(picture.arrows))
    if output is not None:
        exporting.save(os.path.join(env.folder, output), [text], encoding="utf-8")
        told = say("workflow.drawn", name=flow.name, path=output)
        env.show(Card(told, {}, (), {"name": flow.name, "format": kind, "path": output}))
    elif env.format == "json":
        env.show(Card("", {}, (), {"name": flow.name, "format": kind, "text": text}))
    else:
        env.out.data([text])
