"""``tkt canned stats``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tkt.cli.options import cli_command, lists, option
from tkt.render.views import replies as view
from tkt.services.replies import counting

if TYPE_CHECKING:
    from tkt.cli.env import Env


@cli_command
@option("--since", help="canned_since", metavar="WHEN")
@lists
def command(env: Env, since: str | None) -> None:
    start = counting.since(since, env.settings, now=env.now)
    env.show(
        view.stats(counting.stats(env.desk, lambda: env.acting.by, since=start), env.wants_data)
    )
