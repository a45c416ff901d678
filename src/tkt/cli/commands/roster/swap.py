"""``tkt roster swap``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tkt.cli.options import argument, cli_command, option, reasoned, writes
from tkt.cli.results import show_planned
from tkt.cli.types import Agent, Text
from tkt.services import naming
from tkt.services.roster import planning, words

if TYPE_CHECKING:
    from tkt.cli.env import Env


@cli_command
@argument("one", type=Agent(), metavar="AGENT")
@argument("other", type=Agent(), metavar="AGENT")
@option("--date", "day", help="swap_date", type=Text(), metavar="DATE")
@option("--back", help="swap_back", type=Text(), metavar="DATE")
@option("--cover", help="swap_cover", is_flag=True)
@reasoned
@writes
def command(
    env: Env,
    one: str,
    other: str,
    day: str | None,
    back: str | None,
    cover: bool,
    reason: str | None,
) -> None:
    acting, settings = env.acting, env.settings
    first, second = (naming.person_named(settings, who, me=acting.by) for who in (one, other))
    target, saved = planning.swap(
        env.desk,
        (first, second),
        day=words.first_day(day, settings, now=env.now),
        back=words.day(back, settings, now=env.now) if back is not None else None,
        cover=cover,
        reason=reason,
        acting=acting,
    )
    show_planned(env, saved, "roster.swapped", {"one": first, "other": second}, target)
