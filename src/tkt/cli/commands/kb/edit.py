"""``tkt kb edit``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tkt.cli.articles import edited, show_made
from tkt.cli.options import argument, cli_command, option, writes
from tkt.cli.reading import text_from
from tkt.cli.types import Text
from tkt.cli.types_kb import ArticleAssignment, ArticleRef
from tkt.errors import UsageProblem
from tkt.services.kb import writing

if TYPE_CHECKING:
    from tkt.cli.env import Env


@cli_command
@argument("article", type=ArticleRef())
@argument("said", nargs=-1, type=ArticleAssignment(), metavar="[KEY=VALUE]...")
@option("-m", "--message", help="kb_text", type=Text(), metavar="TEXT")
@option("--title", help="kb_title", type=Text(), metavar="TITLE")
@option("--lang", help="kb_lang", type=Text(), metavar="LANG")
@writes
def command(
    env: Env,
    article: str,
    said: tuple[str, ...],
    message: str | None,
    title: str | None,
    lang: str | None,
) -> None:
    if title is not None:
        said = (f"title={title}", *said)
    body = text_from(env, message)
    if said or body is not None:
        made = writing.edit(env.desk, article, acting=env.acting, lang=lang, said=said, body=body)
    elif not env.can_ask:
        raise UsageProblem("kb.nothing_said")
    else:
        path, text = writing.held(env.desk, article, lang=lang)
        made = edited(
            env,
            path,
            text,
            lambda told: writing.rewrite(
                env.desk, article, told, begun=text, lang=lang, acting=env.acting
            ),
        )
    show_made(env, made, "kb.changed")
