"""``tkt kb used``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tkt.cli.options import argument, cli_command, lists, option
from tkt.cli.types import Text
from tkt.cli.types_kb import ArticleRef
from tkt.render.views import articles as view

if TYPE_CHECKING:
    from tkt.cli.env import Env


@cli_command
@argument("article", type=ArticleRef(), required=False)
@option("--since", help="kb_since", type=Text(), metavar="DATE|90d")
@lists
def command(env: Env, article: str | None, since: str | None) -> None:
    from tkt.services.kb.upkeep import used
    from tkt.services.kb.writing import since_when

    start = since_when(since, now=env.now, settings=env.settings)
    rows = used(env.desk, article, since=start)
    if env.is_for_people and not rows:
        env.out.say("kb.unused")
        return
    env.show(view.used(rows), long=True)
