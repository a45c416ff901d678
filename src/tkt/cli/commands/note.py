"""``tkt note``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tkt.cli.options import argument, cli_command, writes
from tkt.cli.reading import text_from
from tkt.cli.results import show_saved
from tkt.cli.types import Text, TicketId
from tkt.errors import UsageProblem
from tkt.services import work

if TYPE_CHECKING:
    from tkt.cli.env import Env


@cli_command
@argument("ticket", type=TicketId(), metavar="ID")
@argument("text", type=Text(), required=False)
@writes
def command(env: Env, ticket: str, text: str | None) -> None:
    said = text_from(env, "-" if text is None and not env.out.on_terminal else text)
    if said is None:
        raise UsageProblem("note.no_text")
    show_saved(env, work.note(env.desk, ticket, text=said, acting=env.acting), "note.done")
