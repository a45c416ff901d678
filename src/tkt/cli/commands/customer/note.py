"""``tkt customer note``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tkt.cli.customers import show_done
from tkt.cli.options import argument, cli_command, writes
from tkt.cli.reading import text_from
from tkt.cli.types import Text
from tkt.services.customers import editing

if TYPE_CHECKING:
    from tkt.cli.env import Env


@cli_command
@argument("customer", type=Text())
@argument("text", type=Text())
@writes
def command(env: Env, customer: str, text: str) -> None:
    done = editing.note(env.desk, customer, text_from(env, text) or "", acting=env.acting)
    show_done(env, done, "customer.noted")
