"""``tkt kb history``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tkt.cli.options import argument, cli_command, lists, option
from tkt.cli.types import Count, Text
from tkt.cli.types_kb import ArticleRef
from tkt.render.views import articles as view

if TYPE_CHECKING:
    from tkt.cli.env import Env


@cli_command
@argument("article", type=ArticleRef())
@option("--diff", help="kb_diff", is_flag=True)
@option("--lang", help="kb_lang", type=Text(), metavar="LANG")
@option("--limit", help="limit", type=Count(0), metavar="N")
@lists
def command(env: Env, article: str, diff: bool, lang: str | None, limit: int | None) -> None:
    from tkt.services.kb.versions import versions

    rows = versions(env.desk, article, lang=lang, limit=limit or None, diff=diff)
    env.show(view.versions(rows, env.settings, for_people=env.is_for_people), long=True)
