"""``tkt tick``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tkt.cli.doing import perform
from tkt.cli.options import argument, cli_command, on_many, option, reasoned
from tkt.cli.types import IdOrItem
from tkt.services.actions import stepping

if TYPE_CHECKING:
    from tkt.cli.env import Env
    from tkt.services.bulk import Selection


@cli_command
@argument("words", nargs=-1, required=True, type=IdOrItem(), metavar="[ID]... ITEM...")
@option("--undo", help="untick", is_flag=True)
@reasoned
@on_many
def command(
    env: Env, chosen: Selection, words: tuple[str, ...], undo: bool, reason: str | None
) -> None:
    ids, items = stepping.split(words, env.settings)
    action = stepping.tick(items, undo=undo, reason=reason)
    perform(env, chosen._replace(ids=ids), action, what="tick")
