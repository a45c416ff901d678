"""``tkt today``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tkt.cli.options import cli_command, option, reads
from tkt.cli.types import Agent
from tkt.errors import TktError
from tkt.render.views import today as view
from tkt.services import inbox, today
from tkt.services.telling import letters

if TYPE_CHECKING:
    from tkt.cli.env import Env


@cli_command
@option("--as", "who", help="today_as", type=Agent(), metavar="AGENT")
@reads
def command(env: Env, who: str | None) -> None:
    whose = inbox.whose(env.settings, who, me=env.acting.by, ack=False)
    found = today.of(env.desk, whose, now=env.now)
    document = today.document(found)
    shown = view.card(
        found, env.settings, now=env.now if env.is_for_people else None, document=document
    )
    env.show(shown, long=True)
    if who is None:
        _tell_failures(env, whose)


def _tell_failures(env: Env, whose: str) -> None:
    """Say once what could not be delivered; an outbox that cannot be read is no reason to fail."""
    try:
        failed = letters.failures_to_tell(env.desk, whose)
    except TktError as error:
        env.out.warn(error)
        return
    if failed:
        env.out.say("today.undelivered", count=failed)
