"""``tkt undo``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tkt.cli.doing import perform
from tkt.cli.options import cli_command, on_tickets, option, reasoned
from tkt.cli.types import Text
from tkt.errors import UsageProblem
from tkt.services.actions import undoing

if TYPE_CHECKING:
    from tkt.cli.env import Env
    from tkt.services.bulk import Selection


@cli_command
@option("--event", help="event", type=Text(), metavar="NUMBER")
@reasoned
@on_tickets
def command(env: Env, chosen: Selection, event: str | None, reason: str | None) -> None:
    events: dict[str, str] = {}
    if not chosen.ids and chosen.where is None:
        if event is not None:
            raise UsageProblem("undo.which_ticket")
        events = undoing.last_action(env.desk, env.acting.by)
        chosen = chosen._replace(ids=tuple(events))
    action = undoing.undo(event=event, reason=reason, events=events)
    perform(env, chosen._replace(exactly=True), action, what="undo")
