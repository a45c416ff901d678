"""``tkt rule list``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tkt.cli.options import cli_command, lists
from tkt.render.views import automation as shown
from tkt.services.automation import trying

if TYPE_CHECKING:
    from tkt.cli.env import Env


@cli_command
@lists
def command(env: Env) -> None:
    found = trying.automation_of(env.settings).rules
    env.show(shown.rules(found, as_data=env.wants_data))
