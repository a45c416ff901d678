"""``tkt calendar show``."""

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
@argument("calendar", type=CalendarName(), required=False)
@option("--year", help="calendar_year", type=Text(), metavar="YEAR")
@option("--month", help="calendar_month", type=Text(), metavar="YEAR-MONTH")
@reads
def command(env: Env, calendar: str | None, year: str | None, month: str | None) -> None:
    found = calendars.look(chosen(env, calendar), year=year, month=month, now=env.now)
    remark(env, found)
    env.show(view.card(found, for_people=env.is_for_people), long=True)
