"""``tkt kb check``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tkt.cli.findings import show_findings
from tkt.cli.options import argument, cli_command, reads
from tkt.cli.types_kb import ArticleRef

if TYPE_CHECKING:
    from tkt.cli.env import Env


@cli_command
@argument("articles", nargs=-1, type=ArticleRef(), metavar="[ARTICLE]...")
@reads
def command(env: Env, articles: tuple[str, ...]) -> None:
    from tkt.services.kb.checking import check

    found, count = check(env.desk, articles, now=env.now)
    show_findings(env, found)
    if found:
        env.exit_code = 1
        env.out.say("kb.found", count=len(found), articles=count)
    else:
        env.out.say("kb.sound", articles=count)
