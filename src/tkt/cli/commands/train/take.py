"""``tkt train take``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tkt.cli import quizzing
from tkt.cli.options import argument, cli_command, option, reasoned, writes
from tkt.cli.types import Agent, Count, Text
from tkt.cli.types_training import CourseName
from tkt.domain.training.standing import Training
from tkt.errors import UsageProblem
from tkt.render.views import training as view
from tkt.services.training import taking
from tkt.services.training.naming import agent_of, check_each, course_named

if TYPE_CHECKING:
    from tkt.cli.env import Env


@cli_command
@argument("course", type=CourseName())
@option("--answers", help="answers", type=Text(), metavar="N,N+N,…")
@option("--read", help="have_read", is_flag=True)
@option("--agent", help="train_agent", type=Agent(), metavar="AGENT")
@option("--score", help="score", type=Count(0), metavar="N")
@reasoned
@writes
def command(
    env: Env,
    course: str,
    answers: str | None,
    read: bool,
    agent: str | None,
    score: int | None,
    reason: str | None,
) -> None:
    acting, training, desk = env.acting, Training(env.settings), env.desk
    who = agent_of(env.settings, agent, me=acting.by)
    paper = taking.paper(desk, course_named(training, course))
    if score is not None:
        if answers is not None or read:
            raise UsageProblem("training.one_way")
        taken = taking.scored(desk, training, paper, score, agent=who, reason=reason, acting=acting)
    else:
        check_each(env.settings, acting.by, [who])  # before anybody has answered ten questions
        chosen = quizzing.answers(env, paper, answers, read=read)
        taken = taking.answered(desk, training, paper, chosen, agent=who, acting=acting)
    env.show(view.taken(taken, for_people=env.is_worded), long=True)
