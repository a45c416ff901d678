"""``tkt link``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tkt.cli.doing import perform
from tkt.cli.options import argument, cli_command, on_many, option, reasoned
from tkt.cli.types import IdOrLink
from tkt.errors import UsageProblem
from tkt.services.actions import relating

if TYPE_CHECKING:
    from tkt.cli.env import Env
    from tkt.services.bulk import Selection


@cli_command
@argument("words", nargs=-1, required=True, type=IdOrLink(), metavar="[ID]... KIND OTHER")
@option("--remove", help="unlink", is_flag=True)
@reasoned
@on_many
def command(
    env: Env, chosen: Selection, words: tuple[str, ...], remove: bool, reason: str | None
) -> None:
    if len(words) < 2:
        raise UsageProblem("link.to_what")
    *ids, kind, other = words
    action = relating.link(kind, other, remove=remove, reason=reason)
    perform(env, chosen._replace(ids=tuple(ids)), action, what="unlink" if remove else "link")
