"""How routing answers: who was given what and why, or what hindered it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tkt.cli.results import failure
from tkt.domain.table import Card
from tkt.render.views import routing
from tkt.texts import say

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tkt.cli.env import Env
    from tkt.services.routing.assigning import Routed


def answer(env: Env, found: Sequence[Routed], *, dry_run: bool, explain: bool) -> None:
    """Show decisions; never code 0 if one could not be recorded."""
    rows = []
    for routed in found:
        if routed.error is not None:
            env.exit_code = max(env.exit_code, routed.error.exit_code)
        rows.append(routing.row(routed, failure(routed.error) if routed.error else None))
    settings = env.settings if env.is_for_people else None
    if not rows and env.is_for_people:
        env.show(Card(say("routing.nothing"), {}))
    elif explain:
        env.show(routing.explained(rows, settings, dry_run=dry_run), long=True)
    else:
        env.show(routing.table(rows, settings, dry_run=dry_run), long=True)
