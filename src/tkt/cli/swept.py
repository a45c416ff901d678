"""How a sweep answers: what it did, one line each, and what it could not do."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tkt.domain.table import Card
from tkt.errors import Remark
from tkt.texts import say

if TYPE_CHECKING:
    from tkt.cli.env import Env
    from tkt.services.sweeping import Swept

_MOST = 10
"""So many tickets are named in a remark."""


def answer(env: Env, swept: Swept, *, dry_run: bool) -> None:
    """Show a sweep; never code 0 if something was refused."""
    for _, error in swept.refused:
        env.out.warn(error)
        env.exit_code = max(env.exit_code, error.exit_code)
    for workflow, count in swept.unclocked.items():
        env.out.warn(Remark("sla.unclocked", workflow=workflow, count=count))
    if untold := swept.untold:
        ids = ", ".join(untold[:_MOST]) + ("…" if len(untold) > _MOST else "")
        env.out.warn(Remark("sweep.untold", count=len(untold), ids=ids))
    if not swept.deeds and env.format is None:
        env.show(Card(say("sweep.nothing"), {}, (), {}))
        return
    from tkt.cli.results import failure  # there is little to say of nothing
    from tkt.render.views import sweeps

    document = {
        "dry_run": dry_run,
        "actions": [sweeps.row(deed) for deed in swept.deeds],
        "unclocked": swept.unclocked,
        "untold": untold,
        "refused": [{"id": i, **failure(error)} for i, error in swept.refused],
    }
    now = env.now if env.is_for_people else None
    env.show(sweeps.card(document, env.settings, now=now), long=True)
