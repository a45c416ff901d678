"""``tkt kb retire``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tkt.cli.articles import show_made
from tkt.cli.options import argument, cli_command, option, reasoned, writes
from tkt.cli.types import Text
from tkt.cli.types_kb import ArticleRef
from tkt.services.kb import writing

if TYPE_CHECKING:
    from tkt.cli.env import Env


@cli_command
@argument("article", type=ArticleRef())
@option("--lang", help="kb_lang", type=Text(), metavar="LANG")
@reasoned
@writes
def command(env: Env, article: str, reason: str | None, lang: str | None) -> None:
    made = writing.retire(env.desk, article, reason=reason, lang=lang, acting=env.acting)
    show_made(env, made, "kb.retired")
