"""``tkt workflow graph``."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import click

from tkt.cli.options import argument, cli_command, option
from tkt.cli.types import FilePath, WorkflowName
from tkt.domain.settings import Settings
from tkt.errors import UsageProblem
from tkt.render.graphs.dot import dot
from tkt.render.graphs.drawing import drawing
from tkt.render.graphs.mermaid import mermaid
from tkt.services import workflows
from tkt.services.transfer import exporting

if TYPE_CHECKING:
    from tkt.cli.env import Env

_KINDS = {"mmd": "mermaid", "md": "mermaid", "dot": "dot", "gv": "dot", "svg": "svg"}
"""End of a file's name to the language in which it is written."""


@cli_command
@argument("workflow", type=WorkflowName(), metavar="NAME|FILE")
@option("--format", "kind", help="graph_format", type=click.Choice(["mermaid", "dot", "svg"]))
@option("-o", "--output", help="output", type=FilePath(), metavar="FILE")
def command(env: Env, workflow: str, kind: str | None, output: str | None) -> None:
    if env.collected is not None:
        raise UsageProblem("batch.not_here", command="workflow graph")
    settings = env.settings if env.has_desk else None
    flow = workflows.meant(settings, workflow, env.folder)
    picture = drawing(flow, settings or Settings())
    kind = kind or _KINDS.get((output or "").rpartition(".")[2].lower(), "mermaid")
    text = mermaid(picture) if kind == "mermaid" else dot(picture)
    if kind == "svg":
        text = workflows.drawn(text)
    if output is None:
        env.out.data([text])
        return
    exporting.save(os.path.join(env.folder, output), [text], encoding="utf-8")
    env.out.say("workflow.drawn", name=flow.name, path=output)
