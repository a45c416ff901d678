"""``tkt promise``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tkt.cli.doing import perform
from tkt.cli.options import cli_command, on_tickets, option, with_note
from tkt.cli.reading import text_from
from tkt.cli.types import Text
from tkt.errors import UsageProblem
from tkt.services.actions import promising

if TYPE_CHECKING:
    from tkt.cli.env import Env
    from tkt.services.bulk import Selection


@cli_command
@option("--by", help="promise_by", type=Text(), metavar="TIME")
@option("--kept", help="promise_kept", is_flag=True)
@option("--drop", help="promise_drop", is_flag=True)
@with_note
@on_tickets
def command(
    env: Env,
    chosen: Selection,
    by: str | None,
    kept: bool,
    drop: bool,
    message: str | None,
    reason: str | None,
) -> None:
    if [by is not None, kept, drop].count(True) != 1:
        raise UsageProblem("promise.by_when")
    text = text_from(env, message)
    if by is not None:
        action = promising.promise(by, text=text, reason=reason)
    else:
        action = promising.end(kept=kept, text=text, reason=reason)
    perform(env, chosen, action, what="promise")
