"""``tkt set``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tkt.cli.doing import perform
from tkt.cli.options import argument, cli_command, on_many, option, reasoned
from tkt.cli.types import IdOrAssignment
from tkt.cli.types_classify import Step
from tkt.services.actions import changing
from tkt.services.classifying import weighing

if TYPE_CHECKING:
    from tkt.cli.env import Env
    from tkt.services.bulk import Selection


@cli_command
@argument("words", nargs=-1, type=IdOrAssignment(), metavar="[ID]... FIELD=VALUE...")
@option("--impact", help="impact", type=Step("impact"), metavar="STEP")
@option("--urgency", help="urgency", type=Step("urgency"), metavar="STEP")
@reasoned
@on_many
def command(
    env: Env, chosen: Selection, words: tuple[str, ...], reason: str | None, **steps: str | None
) -> None:
    given = weighing.asked_for(env.desk, steps)
    words += tuple(f"{name}={step}" for name, step in given.items())
    ids, assignments = changing.split(words)
    said = changing.parse_assignments(assignments, env.settings)
    action = changing.set_fields(said, reason=reason)
    perform(env, chosen._replace(ids=tuple(ids)), action, what="set")
