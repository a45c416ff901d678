"""``tkt customer list``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tkt.cli.options import argument, cli_command, lists, option
from tkt.cli.types import Count, Text
from tkt.render.views import customers as view
from tkt.services.customers import looking, rules
from tkt.texts import say

if TYPE_CHECKING:
    from tkt.cli.env import Env


@cli_command
@argument("words", nargs=-1, type=Text(), metavar="[WORD]...")
@option("--tag", "tags", help="customer_tag", type=Text(), multiple=True)
@option("--limit", help="limit", type=Count(0), metavar="N")
@option("--page", help="page", type=Count(1), metavar="N")
@lists
def command(
    env: Env,
    words: tuple[str, ...],
    tags: tuple[str, ...],
    limit: int | None,
    page: int | None,
) -> None:
    people = env.is_for_people
    most = env.default_limit(limit, page=page)
    found = looking.page(env.desk, words, tags=tags, limit=most, number=page, count=people)
    if people and not found.total:
        env.out.say("customer.nobody")
        return
    notes = (say("customer.count", total=found.total),) if people else ()
    labels = rules.label_of(env.desk)
    env.show(view.table(found.rows, labels, for_people=people, notes=notes), long=True)
