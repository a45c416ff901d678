"""``tkt tone check``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tkt.cli.options import argument, cli_command, option, reads
from tkt.cli.reading import text_from
from tkt.cli.types import Text, TicketId
from tkt.cli.types_classify import CategoryName
from tkt.render.views import tone as view
from tkt.services.tone import checking

if TYPE_CHECKING:
    from tkt.cli.env import Env


@cli_command
@argument("words", nargs=-1, type=Text(), metavar="[TEXT|-]")
@option("--ticket", help="tone_ticket", type=TicketId(), metavar="ID")
@option("--category", help="tone_category", type=CategoryName(), metavar="CATEGORY")
@option("--channel", help="tone_channel", type=Text(), metavar="CHANNEL")
@reads
def command(
    env: Env,
    words: tuple[str, ...],
    ticket: str | None,
    category: str | None,
    channel: str | None,
) -> None:
    text = text_from(env, " ".join(words) if words else None)
    asked = checking.Asked(text, ticket, category, channel)
    told = checking.check(env.desk, asked, acting=env.acting)
    for remark in told.remarks:
        env.out.warn(remark)
    env.show(view.card(told, env.is_worded))
    if told.blocks:
        env.exit_code = 1
