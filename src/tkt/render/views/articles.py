"""Articles as tables and cards: lists, versions, what needs a person, what is lacking."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tkt.domain.kb.plain import plain
from tkt.domain.table import Card, Column, Section, Table
from tkt.render.views.hits import status_of, worded
from tkt.render.views.tickets import agent_label, category_label
from tkt.texts import say

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from datetime import datetime

    from tkt.domain.settings import Settings

    Row = Mapping[str, Any]

_LIST = (
    Column("slug", "id"),
    Column("title"),
    Column("status", "name", 1),
    Column("audience", "name", 3),
    Column("category", "list", 2),
    Column("lang", "name", 5),
    Column("owner", "name", 4),
    Column("review", "text", 6),
)
_VERSIONS = (
    Column("at", "time"),
    Column("by", "name"),
    Column("action", "name", 2),
    Column("subject"),
    Column("why", "text", 1),
    Column("commit", "id", 3),
)
_STALE = (
    Column("slug", "id"),
    Column("why", "list"),
    Column("changed", "time", 1),
    Column("review", "text", 2),
    Column("owner", "name", 3),
    Column("title"),
)
_USED = (
    Column("slug", "id"),
    Column("tickets", "number"),
    Column("helped", "number", 1),
    Column("not_helped", "number", 2),
    Column("last", "time", 3),
    Column("title"),
)
_CLUSTERS = (Column("count", "number"), Column("example"), Column("tickets", "list", 1))
_FAILING = (Column("not_helped", "number"), Column("slug", "id"), Column("title"),
            Column("tickets", "list", 1))  # fmt: skip
_FIGURES = (Column("part", "name"), Column("total", "number"), Column("hit@1", "number"),
            Column("hit@5", "number"), Column("mrr", "number"))  # fmt: skip
_MISSES = (Column("line", "number"), Column("question"), Column("expected", "name"),
           Column("found_instead", "name"), Column("rank", "number"))  # fmt: skip
_SHOWN_MISSES = 20
_SHOWN_TICKETS = 5
_SHORT_COMMIT = 10


def _row(row: Row, settings: Settings | None) -> dict[str, Any]:
    """An article of a list; with ``settings`` in people's words."""
    told = {**row, "category": row["categories"]}
    if settings is None:
        return told
    told["status"] = status_of(row["status"])
    told["audience"] = worded("audience", row["audience"])
    told["owner"] = agent_label(settings, row["owner"])
    told["category"] = [category_label(settings, name) for name in row["categories"]]
    return told


def table(rows: Iterable[Row], settings: Settings | None) -> Table:
    """Articles, by kind and name."""
    return Table(_LIST, [_row(row, settings) for row in rows])


def card(row: Row, settings: Settings, *, for_people: bool) -> Card:
    """One article: what stands above its text, then the text as it reads."""
    shown = _row(row, settings if for_people else None)
    fields: dict[str, Any] = {
        "slug": row["slug"],
        "status": shown["status"],
        "audience": shown["audience"],
        "lang": row["lang"],
        "other_languages": ", ".join(one or "–" for one in row["other_languages"]),
        "category": ", ".join(map(str, shown["category"])),
        "products": ", ".join(row["products"]),
        "shortcut": ", ".join(row["shortcuts"]),
        "scope": None if row["kind"] != "reply" else worded("scope", row["scope"])
        if for_people else row["scope"],
        "team": row["team"],
        "owner": shown["owner"],
        "review": row["review"],
        "tickets": ", ".join(row["tickets"]),
        "used_on": row["used"] or None,
        "edited": row["edited"] or None,
        "path": row["path"],
    }  # fmt: skip
    fields = {key: value for key, value in fields.items() if value not in (None, "")}
    sections = []
    if row["questions"]:
        asked = "\n".join(f"· {question}" for question in row["questions"])
        sections.append(Section(say("kb.questions"), asked))
    sections.append(Section("", plain(row["body"])))
    return Card(row["title"], fields, tuple(sections), row)


def done(row: Row, key: str, commit: str | None) -> Card:
    """What was done with an article."""
    line = say(key if commit else "kb.unchanged", slug=row["slug"], title=row["title"])
    return Card(line, {}, (), {"slug": row["slug"], "commit": commit, "article": row})


def versions(rows: Sequence[Row], settings: Settings, *, for_people: bool) -> Table | Card:
    """The versions of an article; with what each changed where that was asked for."""
    told = [{**row, "commit": row["commit"][:_SHORT_COMMIT]} if for_people else row for row in rows]
    if for_people:
        told = [{**row, "by": agent_label(settings, row["by"])} for row in told]
    if not for_people or not any("diff" in row for row in rows):
        return Table(_VERSIONS, told)
    sections = tuple(Section(_heading(row), row["diff"]) for row in told)
    return Card("", {}, sections, {"versions": list(rows)})


def _heading(row: Row) -> str:
    at: datetime = row["at"]
    return f"{at:%Y-%m-%d %H:%M}  {row['by']}  {row['subject']}"


def stale(rows: Sequence[Row], settings: Settings, *, for_people: bool) -> Table:
    """Articles that need a person, and why."""
    if not for_people:
        return Table(_STALE, rows)
    told = [
        {**row, "owner": agent_label(settings, row["owner"]),
         "why": [worded("why", why) for why in row["why"]]}
        for row in rows
    ]  # fmt: skip
    return Table(_STALE, told, notes=(say("kb.stale", count=len(rows)),))


def used(rows: Sequence[Row]) -> Table:
    """How often articles served, and how often that helped."""
    return Table(_USED, rows)


def gaps(found: Any, *, for_people: bool) -> Card:
    """What is asked and not answered, and what was answered and did not help."""
    data = {
        "asked": found.asked, "unanswered": found.unanswered,
        "clusters": [{"example": one.example, "count": len(one.tickets),
                      "tickets": list(one.tickets)} for one in found.clusters],
        "failing": found.failing,
    }  # fmt: skip
    title = say("kb.gaps", asked=found.asked, unanswered=found.unanswered)
    sections = []
    if found.clusters:
        rows = [_few(row) if for_people else row for row in data["clusters"]]
        sections.append(Section(say("kb.gaps_asked"), Table(_CLUSTERS, rows)))
    if found.failing:
        rows = [_few(row) if for_people else row for row in found.failing]
        sections.append(Section(say("kb.gaps_failing"), Table(_FAILING, rows)))
    return Card(title, {}, tuple(sections), data)


def _few(row: Row) -> dict[str, Any]:
    tickets = row["tickets"]
    more = [f"+{len(tickets) - _SHOWN_TICKETS}"] if len(tickets) > _SHOWN_TICKETS else []
    return {**row, "tickets": [*tickets[:_SHOWN_TICKETS], *more]}


def judged(found: Any, faults: Sequence[Row], *, for_people: bool, explain: bool) -> Card:
    """How good the search is; for people the first misses, unless all are to be explained."""
    misses = [_miss(one, explain=explain) for one in found.misses]
    data = {
        **found.whole.data(), "parts": [part.data() for part in found.parts],
        "misses": misses, "faults": list(faults),
    }  # fmt: skip
    del data["part"]
    fields = {
        "total": found.whole.total, "hit@1": f"{found.whole.hit1:.1%}",
        "hit@5": f"{found.whole.hit5:.1%}", "mrr": f"{found.whole.mrr:.3f}",
    }  # fmt: skip
    sections = []
    if found.parts:
        rows = [part.data() for part in found.parts]
        sections.append(Section(say("kb.parts"), Table(_FIGURES, rows)))
    shown = misses if explain or not for_people else misses[:_SHOWN_MISSES]
    if shown:
        rows = list(_missed(shown))
        left = len(misses) - len(shown)
        notes = (say("kb.more_misses", count=left),) if left else ()
        sections.append(Section(say("kb.misses"), Table(_MISSES, rows, notes=notes)))
    return Card("", fields, tuple(sections), data)


def _miss(one: Any, *, explain: bool) -> dict[str, Any]:
    found = [{"slug": slug, "score": round(score, 3)} for slug, score in one.found]
    return {
        "line": one.line, "question": one.question, "expected": list(one.right),
        "found": found if explain else found[:1], "rank": one.rank,
    }  # fmt: skip


def _missed(misses: Sequence[Row]) -> Iterator[dict[str, Any]]:
    for miss in misses:
        told = ", ".join(f"{one['slug']} {one['score']}" for one in miss["found"][:3]) or "–"
        yield {**miss, "expected": " | ".join(miss["expected"]), "found_instead": told}
