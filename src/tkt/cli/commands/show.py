"""``tkt show``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tkt.cli.options import argument, cli_command, reads
from tkt.cli.types import TicketId
from tkt.render.views import tickets
from tkt.services import looking

if TYPE_CHECKING:
    from tkt.cli.env import Env


@cli_command
@argument("ticket", type=TicketId(), metavar="ID")
@reads
def command(env: Env, ticket: str) -> None:
    row = looking.show(env.desk, ticket)
    zone = env.settings.zone
    people = env.settings if env.is_for_people else None
    env.show(tickets.card(row, people, at=lambda m: f"{m.astimezone(zone):%Y-%m-%d %H:%M}"))
    former = env.desk.index.formerly(row["id"])
    if former:
        env.out.say("show.formerly", id=row["id"], others=", ".join(former))
