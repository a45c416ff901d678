"""``tkt workflow check``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tkt.cli.findings import show_findings
from tkt.cli.options import argument, cli_command, reads
from tkt.cli.types import FilePath
from tkt.services import workflows

if TYPE_CHECKING:
    from tkt.cli.env import Env


@cli_command
@argument("files", nargs=-1, type=FilePath(), metavar="[FILE]...")
@reads
def command(env: Env, files: tuple[str, ...]) -> None:
    if files:
        settings = env.settings if env.has_desk else None
        found = workflows.check_files(files, settings, env.folder)
    else:
        found = workflows.check_desk(env.desk, env.now)
    show_findings(env, found.faults)
    if found.faults:
        env.exit_code = 1
        there = len({fault.path for fault in found.faults})
        env.out.say("workflow.found", count=len(found.faults), files=there)
    else:
        env.out.say("workflow.sound", count=found.files)
