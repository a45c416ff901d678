"""``tkt macro show``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tkt.cli.options import argument, cli_command, reads
from tkt.cli.types import MacroName
from tkt.render.views import automation as shown
from tkt.services.automation import macros

if TYPE_CHECKING:
    from tkt.cli.env import Env


@cli_command
@argument("macro", type=MacroName(), metavar="NAME")
@reads
def command(env: Env, macro: str) -> None:
    env.show(shown.macro_card(macros.named(env.settings, macro)))
