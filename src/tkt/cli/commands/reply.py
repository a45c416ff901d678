"""``tkt reply``."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from tkt.cli.canned import from_the_shelf
from tkt.cli.composing import composed, from_shelf
from tkt.cli.doing import words_and_text
from tkt.cli.options import argument, cli_command, on_many, option
from tkt.cli.types import IdOrText, State, Text
from tkt.services.actions import talking

if TYPE_CHECKING:
    from tkt.cli.env import Env
    from tkt.services.bulk import Selection
    from tkt.services.replies.filling import Canned


@cli_command
@argument("words", nargs=-1, type=IdOrText(), metavar="[ID]... [TEXT]")
@option("-m", "--message", help="text", type=Text(), metavar="TEXT")
@option("-e", "--edit", help="edit", is_flag=True)
@option("--to", help="reply_to", type=State(), metavar="STATE")
@option("--draft", "keep", help="draft", is_flag=True)
@option("--send", "send", help="send", is_flag=True)
@option("--anyway", help="tone_anyway", type=Text(), metavar="REASON")
@from_the_shelf
@on_many
def command(
    env: Env,
    chosen: Selection,
    canned: Canned | None,
    words: tuple[str, ...],
    message: str | None,
    edit: bool,
    keep: bool,
    send: bool,
    **how: Any,
) -> None:
    what = "draft" if keep else "reply"
    make = talking.draft if keep else partial(talking.reply, sends=send, **how)
    if canned is not None and not send:
        chosen = chosen._replace(ids=words)
        from_shelf(env, chosen, canned._replace(more=message), make, what=what, edit=edit)
        return
    ids, said = words_and_text(env, words, message, where=chosen.where)
    asked = said if canned is None else canned.name  # nothing goes with a draft that is sent
    composed(env, chosen._replace(ids=ids), asked, make, what=what, edit=edit, send=send)
