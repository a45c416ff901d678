"""``tkt canned find``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tkt.cli.options import argument, cli_command, lists, option
from tkt.cli.types import Count, Text
from tkt.cli.types_replies import CannedName
from tkt.render.views import replies as view
from tkt.services.replies import finding

if TYPE_CHECKING:
    from tkt.cli.env import Env

MOST = 20
"""So many are shown where nobody says how many."""


@cli_command
@argument("words", nargs=-1, required=True, type=CannedName(), metavar="WORD...")
@option("--lang", help="canned_lang", type=Text(), metavar="LANG")
@option("--all", "drafts", help="canned_all", is_flag=True)
@option("--limit", help="limit", type=Count(0), metavar="N")
@lists
def command(
    env: Env, words: tuple[str, ...], lang: str | None, drafts: bool, limit: int | None
) -> None:
    found = finding.find(
        env.desk,
        " ".join(words),
        lambda: env.acting.by,
        drafts=drafts,
        lang=lang,
        limit=MOST if limit is None else limit or None,
    )
    if not found and not env.wants_data:
        env.out.say("canned.nothing")
    env.show(view.found(found, drafts=drafts, for_people=env.is_for_people))
