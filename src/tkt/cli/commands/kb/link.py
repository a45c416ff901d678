"""``tkt kb link``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tkt.cli.doing import perform
from tkt.cli.options import argument, cli_command, option, writes
from tkt.cli.types import TicketId
from tkt.cli.types_kb import ArticleRef
from tkt.services.bulk import Selection
from tkt.services.kb import linking

if TYPE_CHECKING:
    from tkt.cli.env import Env


@cli_command
@argument("ticket", type=TicketId(), metavar="ID")
@argument("article", type=ArticleRef())
@option("--remove", help="kb_unlink", is_flag=True)
@writes
def command(env: Env, ticket: str, article: str, remove: bool) -> None:
    action = linking.link(article, remove=remove)
    perform(env, Selection((ticket,)), action, what="unlink" if remove else "link")
