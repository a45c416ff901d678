"""``tkt kb search``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tkt.cli.articles import filtered, in_status
from tkt.cli.options import argument, cli_command, lists, option
from tkt.cli.types import Count, Text
from tkt.domain.kb.article import STATUSES
from tkt.domain.kb.excerpts import excerpt
from tkt.errors import UsageProblem
from tkt.render.views import hits as view
from tkt.services.kb.looking import is_for, row
from tkt.services.kb.searching import PROPOSED, search

if TYPE_CHECKING:
    from tkt.cli.env import Env
    from tkt.services.kb.searching import Filters


@cli_command
@argument("words", nargs=-1, required=True, type=Text(), metavar="WORD...")
@option("--all", "all_", help="kb_all", is_flag=True)
@option("--limit", help="kb_limit", type=Count(1), default=10, metavar="N")
@filtered
@lists
def command(env: Env, words: tuple[str, ...], filters: Filters, all_: bool, limit: int) -> None:
    if all_ and filters.audiences == ("public",):
        raise UsageProblem("kb.public_or_all")
    filters = in_status(filters, STATUSES if all_ else ())
    found = search(env.desk, " ".join(words), filters, limit=max(limit, PROPOSED))
    hits = [hit for hit in found if is_for(hit.article, lambda: env.acting.by)][:limit]
    if env.is_for_people and not hits:
        env.out.say("kb.not_found")
        return
    told = ((row(hit.article), hit.score, excerpt(hit.article, hit.words)) for hit in hits)
    env.show(view.table(told, for_people=env.is_for_people), long=True)
