"""``tkt calendar list``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tkt.cli.options import cli_command, lists
from tkt.render.views import calendars as view
from tkt.services import calendars

if TYPE_CHECKING:
    from tkt.cli.env import Env


@cli_command
@lists
def command(env: Env) -> None:
    rows = calendars.overview(env.desk, now=env.now)
    env.show(view.table(rows, for_people=env.is_for_people, as_data=env.wants_data))
