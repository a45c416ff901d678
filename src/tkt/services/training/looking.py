"""Courses as rows, and who stands how with them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tkt.domain.training.standing import OVERDUE, Training
from tkt.services.training.taking import paper, version_of

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from tkt.domain.settings import Agent, Settings
    from tkt.domain.training.course import Course
    from tkt.domain.training.standing import Standing
    from tkt.services.training.taking import Paper
    from tkt.storage.desk import Desk

Row = dict[str, Any]
_BLOBS = "SELECT slug, blob FROM articles WHERE slug IN ({marks})"


def courses(desk: Desk, training: Training) -> list[Row]:
    """Every course, with how much it consists of."""
    rows = []
    for course in training.courses.values():
        found = paper(desk, course)
        rows.append({**course_row(course), "questions": len(found.questions)})
    return rows


def course_row(course: Course) -> Row:
    """A course as training.yaml has it, with its defaults."""
    return {
        "id": course.id, "zh": course.zh, "en": course.en, "articles": list(course.articles),
        "pass": course.pass_mark, "again": course.again, "within": course.within,
        "for": list(course.teams), "new_hire": course.new_hire, "required": course.required,
        "skills": dict(course.skills),
    }  # fmt: skip


def course(found: Paper) -> Row:
    """A course with its articles and questions; their answers are not among it."""
    articles = [
        {"slug": one.slug, "title": one.title, "path": one.path, "status": one.status,
         "questions": len(one.quiz)}
        for one in found.articles
    ]  # fmt: skip
    questions = [
        {"ask": one.ask, "options": list(one.options), "several": len(one.right) > 1}
        for one in found.questions
    ]
    told = {"articles": articles, "missing": list(found.missing), "questions": questions}
    return {**course_row(found.course), **told}


def status(
    desk: Desk, agents: Iterable[Agent], *, now: datetime, overdue: bool = False
) -> list[Row]:
    """How people stand with their courses and checklists, a row for each.

    ``changed`` is a course whose articles are no longer what somebody read who has passed it.
    """
    training = Training(desk.settings)
    day, versions = training.day(now), _versions(desk, training)
    rows = []
    for agent in agents:
        is_new = training.is_new(agent)
        for one in training.standings(agent, day):
            read = training.read(agent.id, one.what.id) if one.is_course else ()
            changed = not versions[one.what.id].issuperset(read) if read else False
            rows.append({**row(one), "changed": changed, "new": is_new})
    return [one for one in rows if not overdue or one["state"] == OVERDUE]


def _versions(desk: Desk, training: Training) -> dict[str, set[str]]:
    """The versions of the articles of each course as they are now, in every language."""
    slugs = {slug for course in training.courses.values() for slug in course.articles}
    now: dict[str, set[str]] = {}
    for slug, blob in desk.index.among(_BLOBS, sorted(slugs)):
        now.setdefault(slug, set()).add(version_of(blob))
    return {
        course.id: set().union(*(now.get(slug, ()) for slug in course.articles))
        for course in training.courses.values()
    }


def pressing(settings: Settings, agents: Iterable[Agent], *, now: datetime) -> list[Row]:
    """What people are late with, or have to do within days; nothing where there are no courses."""
    if not settings.training:
        return []
    training = Training(settings)
    day = training.day(now)
    return [row(one) for agent in agents for one in training.pressing(agent, day)]


def row(one: Standing) -> Row:
    """How somebody stands with something, as plain data."""
    return {
        "agent": one.agent, "kind": "course" if one.is_course else "item",
        "id": one.what.id, "zh": one.what.zh, "en": one.what.en, "state": one.state,
        "due": one.due.isoformat() if one.due else None, "score": one.score,
        "passed": one.passed if one.is_course else one.at is not None, "at": one.at,
    }  # fmt: skip


def lapsed(settings: Settings, agent: str, *, now: datetime) -> Row:
    """Skill to the level from which it does not count now, and the courses that it lacks."""
    if not settings.training:
        return {}
    training = Training(settings)
    found = training.lapses(agent, training.day(now))
    return {name: {"from": one.level, "courses": list(one.courses)} for name, one in found.items()}
