"""Agents and teams as tables and cards."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tkt.domain.table import Card, Column, Table
from tkt.render.views.rosters import duty_text, until_text
from tkt.render.views.training import lapsed_text

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime, tzinfo

    from tkt.domain.training.course import Course

_OF_DUTY = ("on", "why", "reason", "until", "lapsed")
_COUNTS = (Column("new", "number"), Column("open", "number"), Column("pending", "number"))


def agents(rows: Sequence[Mapping[str, Any]], *, for_people: bool) -> Table:
    """Everybody, with what is on their desks, and whether they are on."""
    head = (Column("id", "id"), Column("name", "name"), Column("teams", "list"), *_COUNTS)
    if not for_people:
        return Table((*head, Column("email", "list"), Column("why", "name")), rows)
    shown = [{**row, "code": row["id"], "on_duty": duty_text(row)} for row in rows]
    return Table(
        (Column("code", "id"), *head[1:], Column("on_duty", "name"), Column("email", "list")), shown
    )


def teams(rows: Sequence[Mapping[str, Any]], *, for_people: bool) -> Table:
    """Every team, with what is waiting for it."""
    rest = (Column("name", "name"), Column("lead", "name"), *_COUNTS, Column("members", "list"))
    if not for_people:
        return Table((Column("id", "id"), *rest), rows)
    return Table((Column("code", "id"), *rest), [{**row, "code": row["id"]} for row in rows])


def agent(
    row: Mapping[str, Any],
    courses: Mapping[str, Course],
    *,
    now: datetime,
    zone: tzinfo,
    for_people: bool,
) -> Card:
    """One agent; whether they are on, and until when, in words."""
    if not for_people:
        return card(row)
    told = {_shown_as(key): value for key, value in row.items() if key not in _OF_DUTY}
    skills = ", ".join(f"{skill} {level}" for skill, level in row["skills"].items())
    fields = {**told, "skills": skills, "on_duty": duty_text(row)}
    if row["lapsed"]:
        fields["lapsed"] = lapsed_text(row["lapsed"], courses)
    if row["until"]:
        fields["on_until"] = until_text(row, now=now, zone=zone)
    return Card(f"{row['id']}  {row['name']}", fields, (), row)


def team(row: Mapping[str, Any], *, for_people: bool) -> Card:
    """One team; who of it is on."""
    if not for_people:
        return card(row)
    fields = {_shown_as(key): value for key, value in row.items() if key not in ("on", "parent")}
    fields.update(parent_team=row["parent"], on_duty=list(row["on"]))
    return Card(f"{row['id']}  {row['name']}", fields, (), row)


def _shown_as(key: str) -> str:
    """Ids of people and teams are no tickets' ids, and are not called so."""
    return "code" if key == "id" else key


def card(row: Mapping[str, Any]) -> Card:
    """One of them."""
    return Card(f"{row['id']}  {row['name']}", dict(row), (), row)
