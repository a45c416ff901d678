"""``tkt kb show``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tkt.cli.options import argument, cli_command, option, reads
from tkt.cli.types import Text
from tkt.cli.types_kb import ArticleRef
from tkt.domain.plaintext import safe
from tkt.render.views import articles as view
from tkt.services.kb import looking

if TYPE_CHECKING:
    from tkt.cli.env import Env


@cli_command
@argument("article", type=ArticleRef())
@option("--lang", help="kb_lang", type=Text(), metavar="LANG")
@option("--raw", help="kb_raw", is_flag=True)
@reads
def command(env: Env, article: str, lang: str | None, raw: bool) -> None:
    row = looking.card(env.desk, article, lang=lang, raw=raw)
    if raw and env.format is None and env.collected is None:
        env.tell(safe(row["raw"], newlines=True).rstrip("\n"))
        return
    env.show(view.card(row, env.settings, for_people=env.is_for_people), long=True)
