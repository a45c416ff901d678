"""``tkt assign``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tkt.cli.doing import perform
from tkt.cli.options import argument, cli_command, on_many, option, reasoned
from tkt.cli.types import IdOrOwner
from tkt.errors import UsageProblem
from tkt.services import naming
from tkt.services.actions import owning

if TYPE_CHECKING:
    from tkt.cli.env import Env
    from tkt.services.bulk import Selection


@cli_command
@argument("words", nargs=-1, type=IdOrOwner(), metavar="WHO [ID]...")
@option("--auto", help="assign_auto", is_flag=True)
@option("--explain", help="assign_explain", is_flag=True)
@reasoned
@on_many
def command(
    env: Env,
    chosen: Selection,
    words: tuple[str, ...],
    reason: str | None,
    auto: bool,
    explain: bool,
) -> None:
    if auto:
        _route(env, chosen, words, explain=explain)
        return
    if not words or explain:
        raise UsageProblem("assign.only_auto" if explain else "assign.to_whom")
    who, ids = naming.owner_among(env.settings, words)
    chosen = chosen._replace(ids=ids)
    perform(env, chosen, owning.assign(who, reason=reason), what="assign")


def _route(env: Env, chosen: Selection, words: tuple[str, ...], *, explain: bool) -> None:
    """Let routing find agents for what waits, or for what a query finds of it."""
    from tkt.cli.routed import answer  # whoever says to whom needs none of it
    from tkt.services.routing import auto

    query = " ".join((*words, *filter(None, (chosen.where,))))
    dry_run = chosen.dry_run
    found = auto.assign(env.desk, query, acting=env.acting, dry_run=dry_run, explain=explain)
    answer(env, found, dry_run=dry_run, explain=explain)
