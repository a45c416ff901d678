"""``tkt view save``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tkt.cli.options import argument, cli_command, option, reads
from tkt.cli.results import show_files
from tkt.cli.types import QueryWord, Text
from tkt.services import views

if TYPE_CHECKING:
    from tkt.cli.env import Env


@cli_command
@argument("view", type=Text())
@argument("query", nargs=-1, type=QueryWord(), metavar="[QUERY]...")
@option("--columns", help="columns", type=Text(), metavar="FIELDS")
@option("--sort", help="sort", type=Text(), metavar="FIELDS")
@option("--label", help="view_label", type=Text(), metavar="TEXT")
@option("--shared", help="shared", is_flag=True)
@reads
def command(
    env: Env,
    view: str,
    query: tuple[str, ...],
    columns: str | None,
    sort: str | None,
    label: str | None,
    shared: bool,
) -> None:
    made = views.made(env.settings, view, " ".join(query), columns=columns, sort=sort, label=label)
    saved = views.save(env.desk, made, shared=shared, acting=env.acting)
    show_files(env, saved, "view.saved", name=made.name)
