"""``tkt search``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tkt.cli.listing import show_page
from tkt.cli.options import argument, cli_command, lists, paged
from tkt.cli.types import Text
from tkt.services import querying

if TYPE_CHECKING:
    from tkt.cli.env import Env


@cli_command
@argument("words", nargs=-1, required=True, type=Text(), metavar="WORD...")
@paged
@lists
def command(
    env: Env, words: tuple[str, ...], sort: str | None, limit: int | None, page: int | None
) -> None:
    said = " ".join(words)
    found = querying.search(
        env.desk,
        said,
        now=env.now,
        sort=sort,
        limit=env.default_limit(limit, page=page),
        page=page,
        count=env.is_for_people,
    )
    show_page(env, found, words=said)
