"""``tkt kb gaps``."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from tkt.cli.options import cli_command, option, reads
from tkt.cli.types import Count, Text
from tkt.render.views import articles as view

if TYPE_CHECKING:
    from tkt.cli.env import Env


@cli_command
@option("--since", help="kb_since", type=Text(), default="90d", metavar="DATE|90d")
@option("--below", help="kb_below", type=click.FloatRange(0, 1), metavar="SCORE")
@option("--least", help="kb_least", type=Count(1), default=1, metavar="N")
@reads
def command(env: Env, since: str, below: float | None, least: int) -> None:
    from tkt.services.kb.gaps import ANSWERED, gaps
    from tkt.services.kb.writing import since_when

    start = since_when(since, now=env.now, settings=env.settings)
    assert start
    found = gaps(env.desk, since=start, below=ANSWERED if below is None else below, least=least)
    env.show(view.gaps(found, for_people=env.is_for_people), long=True)
