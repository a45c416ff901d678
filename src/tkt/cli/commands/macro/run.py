"""``tkt macro run``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tkt.cli.doing import perform
from tkt.cli.options import argument, cli_command, on_tickets, option, reasoned
from tkt.cli.types import MacroName, Text
from tkt.services.automation import macros

if TYPE_CHECKING:
    from tkt.cli.env import Env
    from tkt.services.bulk import Selection


@cli_command
@argument("macro", type=MacroName(), metavar="NAME")
@option("--with", "given", help="macro_with", type=Text(), multiple=True, metavar="NAME=VALUE")
@reasoned
@on_tickets
def command(
    env: Env, chosen: Selection, macro: str, given: tuple[str, ...], reason: str | None
) -> None:
    action = macros.run(macro, given=macros.parse_given(given), reason=reason)
    perform(env, chosen, action, what="macro")
