"""``tkt reply``."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from tkt.cli.composing import composed
from tkt.cli.doing import words_and_text
from tkt.cli.options import argument, cli_command, on_many, option
from tkt.cli.types import IdOrText, State, Text
from tkt.services.actions import talking

if TYPE_CHECKING:
    from tkt.cli.env import Env
    from tkt.services.bulk import Selection


@cli_command
@argument("words", nargs=-1, type=IdOrText(), metavar="[ID]... [TEXT]")
@option("-m", "--message", help="text", type=Text(), metavar="TEXT")
@option("-e", "--edit", help="edit", is_flag=True)
@option("--to", help="reply_to", type=State(), metavar="STATE")
@option("--draft", "keep", help="draft", is_flag=True)
@option("--send", "send", help="send", is_flag=True)
@on_many
def command(
    env: Env,
    chosen: Selection,
    words: tuple[str, ...],
    message: str | None,
    edit: bool,
    to: str | None,
    keep: bool,
    send: bool,
) -> None:
    ids, said = words_and_text(env, words, message, where=chosen.where)
    chosen = chosen._replace(ids=ids)
    if keep:
        composed(env, chosen, said, talking.draft, what="draft", edit=edit)
    else:
        make = partial(talking.reply, to=to, sends=send)
        composed(env, chosen, said, make, what="reply", edit=edit, send=send)
