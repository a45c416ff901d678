"""``tkt view delete``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tkt.cli.options import argument, cli_command, reads
from tkt.cli.results import show_files
from tkt.cli.types import ViewName
from tkt.services import views

if TYPE_CHECKING:
    from tkt.cli.env import Env


@cli_command
@argument("view", type=ViewName())
@reads
def command(env: Env, view: str) -> None:
    saved = views.delete(env.desk, view, acting=env.acting)
    show_files(env, saved, "view.deleted", name=view)
