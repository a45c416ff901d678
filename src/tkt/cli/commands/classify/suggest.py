"""``tkt classify suggest``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tkt.cli.options import cli_command, lists, option
from tkt.cli.results import show_files
from tkt.cli.types import Text
from tkt.cli.types_classify import CategoryName
from tkt.errors import UsageProblem
from tkt.render.views import classifying as view
from tkt.services.classifying import accepting

if TYPE_CHECKING:
    from tkt.cli.env import Env


@cli_command
@option("--category", help="suggest_for", type=CategoryName(), metavar="CATEGORY")
@option("--accept", help="accept", type=Text(), multiple=True, metavar="WORD")
@lists
def command(env: Env, category: str | None, accept: tuple[str, ...]) -> None:
    named = None if category is None else accepting.category_named(env.settings, category)
    if accept:
        if named is None:
            raise UsageProblem("classify.accept_where")
        saved = accepting.accept(env.desk, named, accept, acting=env.acting)
        show_files(env, saved, "classify.accepted", category=named, words=", ".join(accept))
        return
    from tkt.services.classifying.learning import suggest

    env.show(view.suggestions(suggest(env.desk, named), view.Telling(env.settings, env.is_worded)))
