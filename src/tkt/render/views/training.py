"""Courses as tables and cards: what they consist of, who stands how, what came of taking one."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from tkt.domain.table import Card, Column, Part, Phrase, Section, Table
from tkt.domain.training.standing import OVERDUE
from tkt.render.views.tickets import agent_label, team_label
from tkt.texts import current, say

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from tkt.domain.settings import Agent, Settings
    from tkt.domain.training.course import Course, Item

    Row = Mapping[str, Any]

_COURSES = (
    Column("id", "id"), Column("pass", "number"), Column("again", "number"),
    Column("within", "number"), Column("questions", "number"), Column("articles", "list"),
)  # fmt: skip
_COURSES_FOR_PEOPLE = (
    Column("code", "id"), Column("course", "name"), Column("whom", "name"),
    Column("questions", "number"), Column("pass_mark", "name"), Column("due_again", "name", 1),
    Column("skills", "name", 2),
)  # fmt: skip
_STATUS = (
    Column("agent", "name"), Column("kind", "name"), Column("id", "id"), Column("state", "name"),
    Column("due", "name"), Column("score", "number"), Column("at", "name"),
)  # fmt: skip
_CHANGED = Column("changed", "bool")
_STATUS_FOR_PEOPLE = (
    Column("agent", "name"), Column("course", "name"), Column("state", "name"),
    Column("due", "name"), Column("days", "name", 1), Column("score", "number"),
    Column("taken", "name", 2),
)  # fmt: skip
_ANSWERS = (
    Column("n", "number"), Column("ask"), Column("given", "list"), Column("right", "bool"),
    Column("answer", "list"), Column("explanation"),
)  # fmt: skip
_MEANINGS = {"overdue": "late", "due": "waiting", "done": "working", "never": "quiet"}
"""How it looks that somebody stands so."""


def label(one: Course | Item) -> str:
    """What a course or an item of the checklist is called in the language of the moment."""
    return one.zh if current() == "zh" else one.en


def named(courses: Iterable[str], known: Mapping[str, Course]) -> str:
    """Courses by their labels; one that is gone by its name."""
    return ", ".join(label(known[one]) if one in known else one for one in courses)


def lapsed_text(lapsed: Row, courses: Mapping[str, Course]) -> str:
    """Skills that do not count in full, and which courses would help."""
    told = (
        say("training.lapsed", skill=skill, level=one["from"],
            courses=named(one["courses"], courses))
        for skill, one in lapsed.items()
    )  # fmt: skip
    return ", ".join(told)


# -- courses ----------------------------------------------------------------------------------


def courses(rows: Sequence[Row], settings: Settings, *, for_people: bool) -> Table:
    """Every course: whose it is, how much it asks, how long it holds."""
    if not for_people:
        return Table(_COURSES, rows)
    shown = [{**row, **_worded(row, settings)} for row in rows]
    notes = () if shown else (say("training.none_yet"),)
    return Table(_COURSES_FOR_PEOPLE, shown, notes=notes)


def _worded(row: Row, settings: Settings) -> dict[str, Any]:
    whom = [say("training.everybody") if team == "everybody" else team_label(settings, team)
            for team in row["for"]]  # fmt: skip
    if row["new_hire"]:
        whom.append(say("training.newcomers"))
    return {
        "code": row["id"],
        "course": _label_of(row),
        "whom": ", ".join(filter(None, whom)) or say("training.assigned_only"),
        "pass_mark": f"{row['pass']}%" if row.get("questions") else "",
        "due_again": say("training.days", count=row["again"]) if row["again"] else "",
        "skills": ", ".join(f"{skill} {level}" for skill, level in row["skills"].items()),
    }


def _label_of(row: Row) -> str:
    return str(row["zh"] if current() == "zh" else row["en"])


def course(row: Row, settings: Settings, *, for_people: bool) -> Card:
    """One course: its articles and questions, without the answers."""
    questions = "\n\n".join(_question(n, one) for n, one in enumerate(row["questions"], 1))
    articles = Table(
        (Column("slug", "name"), Column("title"), Column("path", "path")), row["articles"]
    )
    if not for_people:
        sections = [Section("articles", articles), Section("questions", questions)]
        return Card(f"{row['id']}  {row['en']}", {"pass": row["pass"]}, tuple(sections), row)
    told = _worded({**row, "questions": len(row["questions"])}, settings)
    keys = ("whom", "pass_mark", "due_again", "skills")
    fields = {key: told[key] for key in keys if told[key]}
    fields["within"] = say("training.days", count=row["within"])
    notes = (
        *_missing(row),
        *(say("training.read_it", slug=one["slug"]) for one in row["articles"]),
    )
    sections = [Section(say("training.articles"), articles._replace(notes=notes))]
    asked = questions or say("training.read_only", course=row["id"])
    sections.append(Section(say("training.questions", count=len(row["questions"])), asked))
    return Card(f"{row['id']}  {_label_of(row)}", fields, tuple(sections), row)


def _missing(row: Row) -> tuple[str, ...]:
    if not row["missing"]:
        return ()
    return (say("training.missing", slugs=", ".join(row["missing"])),)


def _question(number: int, one: Row) -> str:
    head = f"{number}. {one['ask']}"
    if one["several"]:
        head = say("training.several", ask=head)
    options = [f"   {n}) {option}" for n, option in enumerate(one["options"], 1)]
    return "\n".join((head, *options))


# -- people -----------------------------------------------------------------------------------


def status(rows: Sequence[Row], settings: Settings, *, now: datetime, for_people: bool) -> Table:
    """How people stand, a line for each course and each item of the checklist."""
    shown = table(rows, settings, now=now if for_people else None)
    if not for_people:
        return shown._replace(columns=(*_STATUS, _CHANGED))
    return shown._replace(notes=_progress(rows, settings) if rows else (say("training.empty"),))


def table(rows: Sequence[Row], settings: Settings, *, now: datetime | None) -> Table:
    """The same for people who read it ``now``, or (None) plainly."""
    if now is None:
        return Table(_STATUS, rows)
    today = now.astimezone(settings.zone).date()
    return Table(_STATUS_FOR_PEOPLE, [_standing(row, settings, today) for row in rows])


def _standing(row: Row, settings: Settings, today: date) -> dict[str, Any]:
    what = _label_of(row)
    told = say(f"training.state.{row['state']}")
    if row["kind"] == "course" and row["at"] and not row["passed"]:
        told = say("training.not_enough", state=told)
    if row.get("changed"):
        told = say("training.changed", state=told)
    return {
        **row,
        "agent": agent_label(settings, row["agent"]),
        "course": what if row["kind"] == "course" else say("training.item", item=what),
        "state": Phrase(Part(told, _MEANINGS[row["state"]])),
        "days": _days_text(row["due"], today) if row["due"] else "",
        "taken": _day(row["at"], settings) if row["at"] else "",
    }


def _day(at: str, settings: Settings) -> str:
    return datetime.fromisoformat(at).astimezone(settings.zone).date().isoformat()


def _days_text(due: str, today: date) -> str:
    """How many days there are, or by how many it is late."""
    days = (date.fromisoformat(due) - today).days
    if days < 0:
        return say("training.due_past", count=-days)
    return say("training.due_today") if not days else say("training.due_in", count=days)


def _progress(rows: Sequence[Row], settings: Settings) -> tuple[str, ...]:
    """How far each has come with the checklist, and how many things are overdue."""
    found: dict[str, list[bool]] = {}
    new = {row["agent"] for row in rows if row["new"]}
    for row in rows:
        if row["kind"] == "item":
            found.setdefault(row["agent"], []).append(row["passed"])
    notes = [
        say("training.progress" if who in new or not all(done) else "training.settled",
            who=agent_label(settings, who), done=sum(done), count=len(done))
        for who, done in found.items()
    ]  # fmt: skip
    overdue = sum(row["state"] == OVERDUE for row in rows)
    return (*notes, say("training.overdue", count=overdue)) if overdue else tuple(notes)


# -- what was done ----------------------------------------------------------------------------


def taken(found: Any, *, for_people: bool) -> Card:
    """What came of taking a course: the score, and each answer with why."""
    paper, agent = found.paper, found.agent
    answers = [
        {"n": n, "ask": one.ask, "given": one.given(said), "right": one.is_right(said),
         "answer": one.answers, "why": one.why}
        for n, (one, said) in enumerate(zip(paper.questions, found.chosen, strict=False), 1)
    ]  # fmt: skip
    data = {
        "course": paper.course.id, "agent": agent.id, "score": found.score,
        "passed": found.passed, "pass": paper.course.pass_mark,
        "again": found.again.isoformat() if found.again else None,
        "answers": answers, "commit": found.saved.commit,
    }  # fmt: skip
    key = "passed" if found.passed else "failed"
    told = {"who": agent.name, "course": label(paper.course), "mark": paper.course.pass_mark}
    title = say(f"training.{key}", **told, score=found.score)
    if found.score is None:
        title = say("training.has_read", who=agent.name, course=label(paper.course))
    if found.again:
        title = say("training.then_again", told=title, day=found.again.isoformat())
    if not answers:
        return Card(title, {}, (), data)
    if not for_people:
        rows = [{**one, "explanation": one["why"]} for one in answers]
        return Card(title, {}, (Section("answers", Table(_ANSWERS, rows)),), data)
    return Card(title, {}, tuple(_marked(one) for one in answers), data)


def _marked(one: Row) -> Section:
    """One answer: right, or what would have been; and why."""
    given, answer = (" + ".join(one[key]) for key in ("given", "answer"))
    key = "right" if one["right"] else "wrong"
    told = say(f"training.{key}", given=given, answer=answer)
    return Section(f"{one['n']}. {one['ask']}", "\n".join(filter(None, (told, one["why"]))))


def assigned(
    course: Course,
    people: Sequence[Agent],
    new: Sequence[Agent],
    *,
    due: date,
    commits: Sequence[str | None],
) -> Card:
    """Who has a course now, and until when."""
    data = {
        "course": course.id, "due": due.isoformat(), "agents": [agent.id for agent in people],
        "assigned": [agent.id for agent in new], "commits": list(commits),
    }  # fmt: skip
    who = ", ".join(agent.name for agent in new or people)
    key = "training.assigned" if new else "training.assigned_already"
    return Card(say(key, course=label(course), who=who, due=due.isoformat()), {}, (), data)


def ticked(
    agent: Agent, items: Sequence[Item], *, left: int, undo: bool, commits: Sequence[str | None]
) -> Card:
    """What of the checklist is done now, and how much is left."""
    data = {
        "agent": agent.id, "items": [item.id for item in items], "undo": undo, "left": left,
        "commits": list(commits),
    }  # fmt: skip
    told = ", ".join(map(label, items))
    key = "training.unticked" if undo else "training.ticked"
    if not items:
        key = "training.ticked_already"
    return Card(say(key, who=agent.name, items=told, left=left), {}, (), data)
