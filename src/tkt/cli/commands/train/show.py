"""``tkt train show``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tkt.cli.options import argument, cli_command, reads
from tkt.cli.types_training import CourseName
from tkt.domain.training.standing import Training
from tkt.render.views import training as view
from tkt.services.training import looking, taking
from tkt.services.training.naming import course_named

if TYPE_CHECKING:
    from tkt.cli.env import Env


@cli_command
@argument("course", type=CourseName())
@reads
def command(env: Env, course: str) -> None:
    found = taking.paper(env.desk, course_named(Training(env.settings), course))
    row = looking.course(found)
    env.show(view.course(row, env.settings, for_people=env.is_worded), long=True)
