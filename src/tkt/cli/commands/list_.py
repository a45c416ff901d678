"""``tkt list``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tkt.cli.listing import show_page
from tkt.cli.options import argument, cli_command, lists, paged
from tkt.cli.types import QueryWord
from tkt.services import querying

if TYPE_CHECKING:
    from tkt.cli.env import Env


@cli_command
@argument("query", nargs=-1, type=QueryWord(), metavar="[QUERY]...")
@paged
@lists
def command(
    env: Env, query: tuple[str, ...], sort: str | None, limit: int | None, page: int | None
) -> None:
    bound = querying.read_query(
        env.desk,
        " ".join(query),
        now=env.now,
        me=env.query_me(query),
        sort=sort,
        limit=limit,
        page=page,
    )
    most = env.default_limit(limit, page=bound.page)
    found = querying.find(env.desk, bound, now=env.now, limit=most, count=env.is_for_people)
    show_page(env, found)
