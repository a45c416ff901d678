"""``tkt kb publish``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tkt.cli.articles import show_made
from tkt.cli.options import argument, cli_command, option, writes
from tkt.cli.types import Text
from tkt.cli.types_kb import ArticleRef
from tkt.services.kb import writing

if TYPE_CHECKING:
    from tkt.cli.env import Env


@cli_command
@argument("article", type=ArticleRef())
@option("--review", help="kb_review", type=Text(), metavar="DATE|90d")
@option("--lang", help="kb_lang", type=Text(), metavar="LANG")
@writes
def command(env: Env, article: str, review: str | None, lang: str | None) -> None:
    made = writing.publish(env.desk, article, review=review, lang=lang, acting=env.acting)
    show_made(env, made, "kb.published")
