"""``tkt assign``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tkt.cli.doing import perform
from tkt.cli.options import argument, cli_command, on_many, reasoned
from tkt.cli.types import IdOrOwner
from tkt.services import naming
from tkt.services.actions import owning

if TYPE_CHECKING:
    from tkt.cli.env import Env
    from tkt.services.bulk import Selection


@cli_command
@argument("words", nargs=-1, required=True, type=IdOrOwner(), metavar="WHO [ID]...")
@reasoned
@on_many
def command(env: Env, chosen: Selection, words: tuple[str, ...], reason: str | None) -> None:
    who, ids = naming.owner_among(env.settings, words)
    chosen = chosen._replace(ids=ids)
    perform(env, chosen, owning.assign(who, reason=reason), what="assign")
