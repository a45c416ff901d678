"""``tkt customer add``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tkt.cli.customers import show_done
from tkt.cli.options import argument, cli_command, option, writes
from tkt.cli.types import Text
from tkt.services.customers import editing

if TYPE_CHECKING:
    from tkt.cli.env import Env


@cli_command
@argument("name", type=Text())
@argument("said", nargs=-1, type=Text(), metavar="[KEY=VALUE]...")
@option("--prefer", "prefers", help="prefer", type=Text(), multiple=True, metavar="KEY=VALUE")
@writes
def command(env: Env, name: str, said: tuple[str, ...], prefers: tuple[str, ...]) -> None:
    done = editing.add(env.desk, name, said, prefers=prefers, acting=env.acting)
    show_done(env, done, "customer.added")
