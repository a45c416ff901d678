"""``tkt view show``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tkt.cli.listing import list_view
from tkt.cli.options import argument, cli_command, lists, paged
from tkt.cli.types import QueryWord, ViewName

if TYPE_CHECKING:
    from tkt.cli.env import Env


@cli_command
@argument("view", type=ViewName())
@argument("query", nargs=-1, type=QueryWord(), metavar="[QUERY]...")
@paged
@lists
def command(
    env: Env,
    view: str,
    query: tuple[str, ...],
    sort: str | None,
    limit: int | None,
    page: int | None,
) -> None:
    list_view(env, view, query, sort=sort, limit=limit, page=page)
