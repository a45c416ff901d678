"""``tkt customer merge``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tkt.cli.customers import show_done
from tkt.cli.options import argument, cli_command, option, writes
from tkt.cli.types import Text
from tkt.services.customers import editing

if TYPE_CHECKING:
    from tkt.cli.env import Env


@cli_command
@argument("customer", type=Text())
@option("--into", help="customer_into", type=Text(), required=True, metavar="CUSTOMER")
@writes
def command(env: Env, customer: str, into: str) -> None:
    done = editing.merge(env.desk, customer, into, acting=env.acting)
    show_done(env, done, "customer.merged", gone=customer)
