"""``tkt calendar between``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tkt.cli.options import argument, cli_command, reads
from tkt.cli.reckoning import chosen, remark
from tkt.cli.types import CalendarName, Text
from tkt.render.views import calendars as view
from tkt.services import calendars

if TYPE_CHECKING:
    from tkt.cli.env import Env


@cli_command
@argument("calendar", type=CalendarName())
@argument("start", type=Text())
@argument("end", type=Text())
@reads
def command(env: Env, calendar: str, start: str, end: str) -> None:
    found = calendars.between(chosen(env, calendar), start, end, now=env.now)
    remark(env, found)
    env.show(view.between(found, for_people=env.is_for_people))
