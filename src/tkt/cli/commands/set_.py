"""``tkt set``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tkt.cli.doing import perform
from tkt.cli.options import argument, cli_command, on_many, reasoned
from tkt.cli.types import IdOrAssignment
from tkt.services.actions import changing

if TYPE_CHECKING:
    from tkt.cli.env import Env
    from tkt.services.bulk import Selection


@cli_command
@argument("words", nargs=-1, required=True, type=IdOrAssignment(), metavar="[ID]... FIELD=VALUE...")
@reasoned
@on_many
def command(env: Env, chosen: Selection, words: tuple[str, ...], reason: str | None) -> None:
    ids, assignments = changing.split(words)
    said = changing.parse_assignments(assignments, env.settings)
    action = changing.set_fields(said, reason=reason)
    perform(env, chosen._replace(ids=tuple(ids)), action, what="set")
