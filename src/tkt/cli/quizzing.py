"""The questions of a course put to a person: at a terminal one by one, else all at once."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from tkt.cli.reading import read_all
from tkt.domain.kb.quiz import read_answer
from tkt.errors import UsageProblem
from tkt.services.training import taking

if TYPE_CHECKING:
    from tkt.cli.env import Env
    from tkt.domain.kb.quiz import Chosen, Question
    from tkt.services.training.taking import Paper


def answers(env: Env, paper: Paper, said: str | None, *, read: bool) -> list[Chosen]:
    """What somebody answers; of a course without questions none, once it is said to be read."""
    course = paper.course.id
    if not paper.questions:
        if said is not None:
            raise UsageProblem("training.no_questions", course=course)
        if not read and not (env.can_ask and env.ask("training.ask_read", course=course)):
            raise UsageProblem("training.unread", course=course)
        return []
    if read:
        raise UsageProblem("training.has_questions", course=course, count=len(paper.questions))
    if said is not None:
        return taking.chosen_by(paper, [part.strip() for part in re.split("[,，]", said)])
    if env.can_ask:
        return [_asked(env, paper, number) for number in range(len(paper.questions))]
    piped = [] if env.collected is not None else read_all(env).split("\n")
    while piped and not piped[-1].strip():
        piped.pop()
    if not piped:
        raise UsageProblem("training.unanswered", course=course, count=len(paper.questions))
    return taking.chosen_by(paper, piped)


def _asked(env: Env, paper: Paper, number: int) -> Chosen:
    """One question, asked until the answer can be meant; the end of input ends all of it."""
    question = paper.questions[number]
    env.out.say("training.ask", number=number + 1, count=len(paper.questions), ask=question.ask)
    for place, option in enumerate(question.options, 1):
        env.out.say("training.option", number=place, option=option)
    while True:
        env.out.prompt(_prompt(question))
        line = str(env.stdin.readline())
        if not line:
            raise UsageProblem("training.stopped", course=paper.course.id)
        try:
            if line.strip():
                return read_answer(question, line)
        except ValueError:
            env.out.say("training.ask_again", most=len(question.options))


def _prompt(question: Question) -> str:
    if not question.options:
        return "training.prompt_words"
    return "training.prompt_several" if len(question.right) > 1 else "training.prompt"
