"""Taking a course: its questions in their order, and what somebody's answers come to."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from tkt.domain.kb.quiz import read_answer, read_question, score
from tkt.domain.privacy import said_again
from tkt.domain.training.record import TAKE
from tkt.errors import NotFound, Refused, UsageProblem
from tkt.named import NamedTuple
from tkt.services.kb import finding
from tkt.services.training import keeping
from tkt.services.training.naming import check_each, check_leads

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from tkt.domain.kb.article import Article
    from tkt.domain.kb.quiz import Chosen, Question
    from tkt.domain.settings import Agent
    from tkt.domain.training.course import Course
    from tkt.domain.training.standing import Training
    from tkt.services.acting import Acting
    from tkt.storage.desk import Desk
    from tkt.storage.transaction import Saved

_BLOBS = "SELECT path, blob FROM articles WHERE path IN ({marks})"
_SHORT = 8
"""So much of an article's blob tells its version."""


class Paper(NamedTuple):
    """A course with its articles, in the best language of each, and all their questions."""

    course: Course
    articles: Sequence[Article]
    questions: Sequence[Question]
    missing: Sequence[str] = ()


class Taken(NamedTuple):
    """What came of taking a course; ``chosen`` are the answers, in the order of the questions."""

    paper: Paper
    agent: Agent
    score: int | None
    passed: bool
    chosen: Sequence[Chosen]
    again: date | None
    saved: Saved


def paper(desk: Desk, course: Course) -> Paper:
    """The course with what it consists of; articles that are not there are ``missing``."""
    articles = finding.among(desk, course.articles)
    questions = (read_question(said) for article in articles for said in article.quiz)
    found = {article.slug for article in articles}
    missing = tuple(slug for slug in course.articles if slug not in found)
    return Paper(course, articles, [one for one in questions if one is not None], missing)


def chosen_by(paper: Paper, texts: Sequence[str]) -> list[Chosen]:
    """What somebody means who typed these answers; UsageProblem if it cannot be meant."""
    if len(texts) != len(paper.questions):
        told = {"course": paper.course.id, "count": len(paper.questions), "given": len(texts)}
        raise UsageProblem("training.answer_count", **told)
    found: list[Chosen] = []
    for number, (question, text) in enumerate(zip(paper.questions, texts, strict=True), 1):
        try:
            found.append(read_answer(question, text))
        except ValueError as error:
            most = len(question.options)
            raise UsageProblem(
                "training.no_option", number=number, value=text, most=most
            ) from error
    return found


def answered(
    desk: Desk,
    training: Training,
    paper: Paper,
    chosen: Sequence[Chosen],
    *,
    agent: Agent,
    acting: Acting,
) -> Taken:
    """Record what somebody's answers come to; or, of a course without questions, that it was read.

    For others only who leads a team may.
    """
    check_each(desk.settings, acting.by, [agent])
    if not paper.articles:
        raise NotFound("training.no_articles", course=paper.course.id)
    points = score(paper.questions, chosen) if paper.questions else None
    passed = points is None or points >= paper.course.pass_mark
    said = {"version": _versions(desk, paper.articles)}
    return _record(desk, training, paper, (points, passed), said, (agent, chosen, acting))


def scored(
    desk: Desk,
    training: Training,
    paper: Paper,
    points: int,
    *,
    agent: Agent,
    reason: str | None,
    acting: Acting,
) -> Taken:
    """Record a score that somebody had elsewhere: only who leads a team may, and says where."""
    check_leads(desk.settings, acting.by)
    reason = said_again(reason, desk.settings)
    if not reason or not reason.strip():
        raise Refused("training.why", course=paper.course.id)
    if points > 100:
        raise UsageProblem("training.not_score", value=points)
    passed = points >= paper.course.pass_mark
    said = {"reason": reason}
    return _record(desk, training, paper, (points, passed), said, (agent, (), acting))


def _record(
    desk: Desk,
    training: Training,
    paper: Paper,
    result: tuple[int | None, bool],
    said: dict[str, Any],
    doing: tuple[Agent, Sequence[Chosen], Acting],
) -> Taken:
    (points, passed), (agent, chosen, acting), course = result, doing, paper.course
    entry = keeping.entry(TAKE, acting, course=course.id, score=points, passed=passed, **said)
    told = "read" if points is None else f"{points}%"
    subject = f"{agent.id} {'passed' if passed else 'failed'} {course.id}: {told}"
    deed = keeping.Deed(agent.id, [entry], subject)
    (saved,) = keeping.keep(desk, [deed], action="train", acting=acting, reason=said.get("reason"))
    again = None
    if passed and course.again is not None:
        again = training.day(acting.at) + timedelta(days=course.again)
    return Taken(paper, agent, points, passed, chosen, again, saved)


def _versions(desk: Desk, articles: Sequence[Article]) -> list[str]:
    """Which versions of the articles were read, in their order."""
    blobs = dict(desk.index.among(_BLOBS, [article.path for article in articles]))
    return [version_of(blobs[article.path]) for article in articles]


def version_of(blob: str) -> str:
    """What tells which version of an article somebody has read."""
    return blob[:_SHORT]
