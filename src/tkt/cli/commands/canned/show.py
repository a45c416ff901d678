"""``tkt canned show``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tkt.cli.options import argument, cli_command, option, reads
from tkt.cli.types import Text, TicketId
from tkt.cli.types_replies import CannedName
from tkt.render.views import replies as view
from tkt.services.replies import showing

if TYPE_CHECKING:
    from tkt.cli.env import Env


@cli_command
@argument("name", type=CannedName(), metavar="NAME")
@option("--for", "ticket", help="canned_for", type=TicketId(), metavar="ID")
@option("--lang", help="canned_lang", type=Text(), metavar="LANG")
@option("--set", "given", help="canned_set", type=Text(), multiple=True, metavar="NAME=VALUE")
@reads
def command(
    env: Env, name: str, ticket: str | None, lang: str | None, given: tuple[str, ...]
) -> None:
    shown = showing.show(env.desk, name, ticket, lang=lang, given=given, acting=env.acting)
    for remark in shown.remarks:
        env.out.warn(remark)
    env.show(view.card(shown, for_people=env.is_for_people))
