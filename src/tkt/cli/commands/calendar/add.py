"""``tkt calendar add``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tkt.cli.options import argument, cli_command, option, reads
from tkt.cli.reckoning import chosen, remark
from tkt.cli.types import CalendarName, Text
from tkt.render.views import calendars as view
from tkt.services import calendars

if TYPE_CHECKING:
    from tkt.cli.env import Env


@cli_command
@argument("calendar", type=CalendarName())
@argument("start", type=Text())
@argument("duration", type=Text())
@option("--end-of-day", help="end_of_day", is_flag=True)
@reads
def command(env: Env, calendar: str, start: str, duration: str, end_of_day: bool) -> None:
    of = chosen(env, calendar)
    found = calendars.add(of, start, duration, end_of_day=end_of_day, now=env.now)
    remark(env, found)
    env.show(view.added(found, for_people=env.is_for_people))
