"""``tkt customer show``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tkt.cli.options import argument, cli_command, option, reads
from tkt.cli.types import Text
from tkt.render.views import customers as view
from tkt.services.customers import finding, looking, rules

if TYPE_CHECKING:
    from tkt.cli.env import Env


@cli_command
@argument("customer", type=Text())
@option("--full", help="full", is_flag=True)
@reads
def command(env: Env, customer: str, full: bool) -> None:
    found = finding.find(env.desk, customer)
    row = looking.card(env.desk, found, full=full)
    labels = rules.label_of(env.desk)
    env.show(view.card(row, labels, env.settings, for_people=env.is_for_people))
