"""Who has to take what until when, and which skills lapse meanwhile.

All by days of the desk's time zone: what is due on a day is overdue from the next day on.
"""

from __future__ import annotations

import json
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any

from tkt.domain.training.course import EVERYBODY, course_of, item_of
from tkt.domain.training.lapse import Lapse
from tkt.named import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from tkt.domain.settings import Agent, Settings
    from tkt.domain.training.course import Course, Item
    from tkt.domain.training.record import Record

DONE, DUE, OVERDUE, NEVER = "done", "due", "overdue", "never"
STATES = (OVERDUE, DUE, NEVER, DONE)
"""The most pressing first. ``never``: not taken yet, and nobody has said until when."""
SOON = timedelta(days=7)
"""So long before a course is due again it shows as due."""


class Standing(NamedTuple):
    """How one person stands with one course, or with one item of the checklist.

    ``at`` is when it was last taken or ticked, ``score`` of that time; ``due`` a day.
    """

    agent: str
    what: Course | Item
    is_course: bool
    state: str
    due: date | None = None
    at: str | None = None
    score: int | None = None
    passed: bool = False


class Training:
    """The courses of a desk, and how its people stand with them."""

    def __init__(self, settings: Settings) -> None:
        said: Mapping[str, Any] = json.loads(settings.training) if settings.training else {}
        self.courses: dict[str, Course] = {
            name: course_of(name, one) for name, one in said.get("courses", {}).items()
        }
        self.checklist: dict[str, Item] = {
            name: item_of(name, one) for name, one in said.get("checklist", {}).items()
        }
        self._records: Mapping[str, Record] = said.get("records", {})
        self._zone = settings.zone
        self._agents = {agent.id: agent for agent in settings.agents}
        self._needed = [course for course in self.courses.values() if course.skills]

    def day(self, at: datetime) -> date:
        """The day on which a moment falls, by the desk's zone."""
        return at.astimezone(self._zone).date()

    # -- courses ------------------------------------------------------------------------------

    def assigned(self, agent: str, course: str) -> Mapping[str, Any] | None:
        """The assignment of a course that somebody has not passed since."""
        record = self._records.get(agent, {})
        found: Mapping[str, Any] | None = record.get("assigned", {}).get(course)
        passed = record.get("passed", {}).get(course)
        if found is None or (passed is not None and _moment(found) <= _moment(passed)):
            return None
        return found

    def concerns(self, agent: Agent, course: Course) -> bool:
        """Whether a course is somebody's business: for their team, for the new, or assigned."""
        record = self._records.get(agent.id, {})
        known = any(course.id in record.get(kind, ()) for kind in ("last", "assigned"))
        return known or _is_for(agent, course) or _is_new(agent, course)

    def standing(self, agent: Agent, course: Course, day: date) -> Standing:
        """How somebody stands with a course on a day."""
        record = self._records.get(agent.id, {})
        last = record.get("last", {}).get(course.id)
        passed = record.get("passed", {}).get(course.id)
        assigned = self.assigned(agent.id, course.id)
        due = date.fromisoformat(assigned["due"]) if assigned else None
        if passed is None:
            if due is None and agent.since is not None and _is_new(agent, course):
                due = date.fromisoformat(agent.since) + timedelta(days=course.within)
        elif course.again is not None:
            again = self.day(_moment(passed)) + timedelta(days=course.again)
            due = again if due is None else min(due, again)
        state = NEVER if passed is None else DONE
        if due is not None and day > due:
            state = OVERDUE
        elif due is not None and (passed is None or assigned or day >= due - SOON):
            state = DUE
        told = last or {}
        return Standing(
            agent.id, course, True, state, due, told.get("at"), told.get("score"),
            passed is not None,
        )  # fmt: skip

    def lapses(self, agent: str, day: date) -> dict[str, Lapse]:
        """The skills that somebody lacks on a day for want of training."""
        found: dict[str, Lapse] = {}
        who = self._agents.get(agent)
        for course in self._needed if who is not None else ():
            assert who is not None
            if not self.concerns(who, course):
                continue
            standing = self.standing(who, course, day)
            if standing.state == OVERDUE or (course.required and not standing.passed):
                for skill, level in course.skills.items():
                    held = found.get(skill, Lapse(level, ()))
                    courses = (*held.courses, course.id)
                    found[skill] = Lapse(min(level, held.level), courses)
        return found

    def read(self, agent: str, course: str) -> Sequence[str]:
        """The versions of the articles that somebody read who has passed a course, if known."""
        passed = self._records.get(agent, {}).get("passed", {}).get(course, {})
        found: Sequence[str] = passed.get("version", ())
        return found

    def is_new(self, agent: Agent) -> bool:
        """Whether somebody is new: not once all of the checklist and of the courses is done."""
        if agent.since is None:
            return False
        passed = self._records.get(agent.id, {}).get("passed", {})
        courses = {course.id for course in self.courses.values() if _is_new(agent, course)}
        has_ticked = self.checklist.keys() <= self.ticked(agent.id).keys()
        return not (has_ticked and courses <= passed.keys())

    # -- checklist ----------------------------------------------------------------------------

    def items(self, agent: Agent, day: date) -> Iterator[Standing]:
        """How somebody stands with the checklist: whoever is new, or has begun with it."""
        ticked = self.ticked(agent.id)
        if agent.since is None and not ticked:
            return
        for item in self.checklist.values():
            due = None
            if agent.since is not None:
                due = date.fromisoformat(agent.since) + timedelta(days=item.within)
            done = ticked.get(item.id)
            state = DUE if due is not None else NEVER
            if done:
                state, due = DONE, None
            elif due is not None and day > due:
                state = OVERDUE
            yield Standing(agent.id, item, False, state, due, done and done["at"])

    def ticked(self, agent: str) -> Mapping[str, Any]:
        """The items that somebody has ticked, with when and by whom."""
        found: Mapping[str, Any] = self._records.get(agent, {}).get("ticked", {})
        return found

    # -- everything ---------------------------------------------------------------------------

    def standings(self, agent: Agent, day: date) -> list[Standing]:
        """Everything that is somebody's business, as training.yaml has it."""
        courses = [
            self.standing(agent, course, day)
            for course in self.courses.values()
            if self.concerns(agent, course)
        ]
        return [*courses, *self.items(agent, day)]

    def pressing(self, agent: Agent, day: date) -> list[Standing]:
        """What somebody is late with, or has to do within :data:`SOON`; the soonest first."""
        found = [
            one
            for one in self.standings(agent, day)
            if one.state in (OVERDUE, DUE) and one.due is not None and one.due <= day + SOON
        ]
        return sorted(found, key=lambda one: (one.due or day, one.what.id))


def _is_for(agent: Agent, course: Course) -> bool:
    return EVERYBODY in course.teams or any(team in course.teams for team in agent.teams)


def _is_new(agent: Agent, course: Course) -> bool:
    """Whether a course is for new colleagues and somebody is one, in a team that it is for."""
    if not course.new_hire or agent.since is None:
        return False
    return not course.teams or _is_for(agent, course)


def _moment(entry: Mapping[str, Any]) -> datetime:
    return datetime.fromisoformat(entry["at"])
