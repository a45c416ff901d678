"""``tkt train assign``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tkt.cli.options import argument, cli_command, option, writes
from tkt.cli.types import Agent, Team, Text
from tkt.cli.types_training import CourseName
from tkt.domain.training.standing import Training
from tkt.render.views import training as view
from tkt.services.training import assigning
from tkt.services.training.naming import course_named

if TYPE_CHECKING:
    from tkt.cli.env import Env


@cli_command
@argument("course", type=CourseName())
@argument("agents", nargs=-1, type=Agent(), metavar="[AGENT]...")
@option("--team", help="train_team", type=Team(), metavar="TEAM")
@option("--within", help="within", type=Text(), metavar="DAYS")
@writes
def command(
    env: Env, course: str, agents: tuple[str, ...], team: str | None, within: str | None
) -> None:
    acting, training = env.acting, Training(env.settings)
    wanted = course_named(training, course)
    people = assigning.people(env.settings, agents, team=team, me=acting.by)
    due, new, saved = assigning.assign(
        env.desk, training, wanted, people, within=within, acting=acting
    )
    commits = [one.commit for one in saved]
    env.show(view.assigned(wanted, people, new, due=due, commits=commits))
