"""``tkt move``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tkt.cli.doing import perform
from tkt.cli.options import argument, cli_command, on_many, option, with_note
from tkt.cli.reading import text_from
from tkt.cli.types import IdOrState, Text
from tkt.errors import UsageProblem
from tkt.services.actions import moving

if TYPE_CHECKING:
    from tkt.cli.env import Env
    from tkt.services.bulk import Selection


@cli_command
@argument("words", nargs=-1, required=True, type=IdOrState(), metavar="[ID]... STATE")
@option("--until", help="until", type=Text(), metavar="TIME")
@with_note
@on_many
def command(
    env: Env,
    chosen: Selection,
    words: tuple[str, ...],
    until: str | None,
    message: str | None,
    reason: str | None,
) -> None:
    *ids, state = words
    if not ids and chosen.where is None:
        raise UsageProblem("move.where_to")
    text = text_from(env, message)
    action = moving.move(state, until=until, text=text, reason=reason)
    perform(env, chosen._replace(ids=tuple(ids)), action, what="move")
