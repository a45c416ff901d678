"""``tkt list``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tkt.cli.listing import list_tickets, list_view
from tkt.cli.options import argument, cli_command, lists, option, paged
from tkt.cli.types import QueryWord, ViewName

if TYPE_CHECKING:
    from tkt.cli.env import Env


@cli_command
@argument("query", nargs=-1, type=QueryWord(), metavar="[QUERY]...")
@option("--view", help="view", type=ViewName(), metavar="NAME")
@paged
@lists
def command(
    env: Env,
    query: tuple[str, ...],
    view: str | None,
    sort: str | None,
    limit: int | None,
    page: int | None,
) -> None:
    if view is not None:
        list_view(env, view, query, sort=sort, limit=limit, page=page)
    else:
        list_tickets(env, query, sort=sort, limit=limit, page=page)
