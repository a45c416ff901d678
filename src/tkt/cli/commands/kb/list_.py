"""``tkt kb list``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tkt.cli.articles import filtered, in_status
from tkt.cli.options import cli_command, lists, option
from tkt.cli.types import Agent
from tkt.cli.types_kb import Word
from tkt.domain.kb.article import AUDIENCES, STATUSES
from tkt.render.views import articles as view
from tkt.services import naming
from tkt.services.kb import looking

if TYPE_CHECKING:
    from tkt.cli.env import Env
    from tkt.services.kb.searching import Filters


@cli_command
@option("--status", "statuses", help="kb_status", type=Word(*STATUSES), multiple=True,
        metavar="STATUS")  # fmt: skip
@option("--audience", help="kb_audience", type=Word(*AUDIENCES), metavar="AUDIENCE")
@option("--owner", help="kb_list_owner", type=Agent(), metavar="AGENT")
@filtered
@lists
def command(
    env: Env,
    filters: Filters,
    statuses: tuple[str, ...],
    audience: str | None,
    owner: str | None,
) -> None:
    public = filters.audiences == ("public",)
    filters = in_status(filters, statuses or (("published",) if public else STATUSES))
    if audience is not None:
        filters = filters._replace(audiences=(audience,))
    if owner is not None:
        owner = naming.person_named(env.settings, owner, me=env.acting.by)
    rows = looking.listed(env.desk, looking.Wanted(filters, owner))
    if env.is_for_people and not rows:
        env.out.say("kb.nobody")
        return
    env.show(view.table(rows, env.settings if env.is_for_people else None), long=True)
