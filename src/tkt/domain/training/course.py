"""A course, and an item of the checklist that a new colleague goes through."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tkt.domain.spec.nested import labels
from tkt.domain.when import parse_duration
from tkt.named import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping

PASS = 80
"""How much of a hundred is enough, where a course does not say."""
WITHIN = 14
"""In how many days something is to be done, where it is not said."""
EVERYBODY = "everybody"
LESSONS = "training"
"""The kind of articles that a course means by a name alone."""
_DAY = 86400
_LONGEST = 36525


class Course(NamedTuple):
    """One course. ``again`` and ``within`` are days; ``teams`` may hold :data:`EVERYBODY`.

    ``skills`` are those that need it, each from a level on. Where it is ``required``, whoever has
    never passed it is without them; else who is overdue.
    """

    id: str
    zh: str
    en: str
    articles: tuple[str, ...] = ()
    pass_mark: int = PASS
    again: int | None = None
    within: int = WITHIN
    teams: tuple[str, ...] = ()
    new_hire: bool = False
    required: bool = False
    skills: Mapping[str, int] = {}


class Item(NamedTuple):
    """Something that a new colleague does once, and ticks by hand."""

    id: str
    zh: str
    en: str
    within: int = WITHIN


def parse_days(text: str) -> int:
    """So many whole days: ``180d``, ``26w``, ``14天``; ValueError for anything else."""
    days, rest = divmod(parse_duration(text).total_seconds(), _DAY)
    if rest or not 1 <= days <= _LONGEST:
        raise ValueError(text)
    return int(days)


def course_of(name: str, said: Mapping[str, Any]) -> Course:
    """The course that an entry of training.yaml says."""
    return Course(
        name,
        *labels(said.get("label"), name),
        articles=tuple(map(slug_of, said.get("articles", ()))),
        pass_mark=said.get("pass", PASS),
        again=parse_days(said["again"]) if "again" in said else None,
        within=parse_days(said["within"]) if "within" in said else WITHIN,
        teams=tuple(said.get("for", ())),
        new_hire=said.get("new_hire", False),
        required=said.get("required", False),
        skills=said.get("skills", {}),
    )


def item_of(name: str, said: Mapping[str, Any]) -> Item:
    """The item of the checklist that an entry says."""
    within = parse_days(said["within"]) if "within" in said else WITHIN
    return Item(name, *labels(said.get("label"), name), within)


def slug_of(text: str) -> str:
    """The article that a course names; by a name alone it means a lesson."""
    return text if "/" in text else f"{LESSONS}/{text}"
