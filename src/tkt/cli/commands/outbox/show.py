"""``tkt outbox show``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tkt.cli.options import argument, cli_command, reads
from tkt.cli.telling import composed, row
from tkt.cli.types import Count
from tkt.domain.table import Card, Section
from tkt.services.telling import letters

if TYPE_CHECKING:
    from tkt.cli.env import Env

FIELDS = ("number", "state", "at", "recipient", "route", "ticket", "reason", "tries", "error")


@cli_command
@argument("number", type=Count(1), metavar="N")
@reads
def command(env: Env, number: int) -> None:
    posted = letters.one(env.desk, number)
    message = composed([posted], posted.key, env.settings)
    data = row(env, posted, posted.state, posted.error)
    fields = {name: data[name] for name in FIELDS if data[name] is not None}
    body = (Section(message.subject, message.text),)
    told = {**data, "subject": message.subject, "text": message.text}
    env.show(Card(message.subject, fields, body, told), long=True)
