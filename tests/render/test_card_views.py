"""What views make of values for people and for programs."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from factories import a_ticket, an_event, at, doing
from tkt import texts
from tkt.domain.actions.relating import merged
from tkt.domain.settings import Agent, Settings, Team
from tkt.domain.summary import DEEDS, Line, Summary
from tkt.domain.table import Table
from tkt.domain.ticket import Ticket
from tkt.domain.workflow import SIMPLE
from tkt.render.views import customers, summaries
from tkt.render.views.deeds import said_of

SETTINGS = Settings(
    agents=(Agent("lin", "林小满"),), teams=(Team("aftersales", "B组售后", lead="lin"),)
)


def test_of_a_merge_both_tickets_are_named_whatever_was_said_on_the_one() -> None:
    source = a_ticket(an_event("note", 1, text="在吗"))
    target = Ticket.folded("261121-M3WX", a_ticket().events)
    into, _ = merged(source, target, doing(2), flow_of=lambda _: SIMPLE)
    told = said_of(into, None)
    assert (told["other"], told["id"]) == (source.id, target.id)


def test_a_summary_names_people_and_teams_for_people_and_ids_for_programs() -> None:
    none = dict.fromkeys(DEEDS, 0)
    agents = (
        Line("lin", {**none, "replies": 2}, 0), Line("guest", none, 0), Line(None, none, 1),
    )  # fmt: skip
    teams = (Line("aftersales", {**none, "answered": 1}, 0), Line(None, none, 1))
    summary = Summary(
        at(0), at(60), None, None, {**none, "answered": 1}, 0, 1, 0, None, (), agents, teams, {}
    )
    texts.use("zh")
    for_people = summaries.Telling(SETTINGS, at(60), for_people=True)
    card = summaries.card(summary, for_people)
    shown = [section.content for section in card.body]
    names = [[row[t.columns[0].key] for row in t.rows] for t in shown if isinstance(t, Table)]
    assert names == [["林小满", "guest", "（无人负责）"], ["B组售后", "（没有团队）"]]
    document = card.document
    assert isinstance(document, dict)
    assert [row["agent"] for row in document["by_agent"]] == ["lin", "guest", None]
    assert [row["team"] for row in document["by_team"]] == ["aftersales", None]
    assert (document["answered"], document["backlog_end"]) == (1, 1)
    assert document["since"] == at(0)
    plain = summaries.card(summary, for_people._replace(for_people=False))
    tables = [part.content for part in plain.body if isinstance(part.content, Table)]
    assert [row.get("agent") for row in tables[0].rows] == ["lin", "guest", None]


@pytest.mark.parametrize(
    ("hours", "title"),
    [
        ((0, 24), "今天 11月21日 周六 · tkt"),
        ((-24, 0), "昨天 11月20日 周五 · tkt"),
        ((-48, 24), "2026-11-19 – 2026-11-21 · tkt"),
        ((9, 14), "2026-11-21 09:00 – 2026-11-21 14:00 · tkt"),
    ],
)
def test_a_summary_is_headed_by_its_time(hours: tuple[int, int], title: str) -> None:
    texts.use("zh")
    day = at(0).replace(hour=0, minute=0, second=0)
    since, until = (day + timedelta(hours=number) for number in hours)
    none = dict.fromkeys(DEEDS, 0)
    summary = Summary(since, until, None, None, none, 0, 0, 0, None, (), (), (), {})
    assert summaries.card(summary, summaries.Telling(SETTINGS, at(0), for_people=True)).title == (
        title
    )


def test_the_columns_of_customers_are_headed_by_what_they_are(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(texts, "_current", "zh")
    row: dict[str, Any] = {
        "id": "c-7KQ4M2PA",
        "name": "王小明",
        "tags": [],
        "spent": "88.00",
        "last_order": None,
    }
    table = customers.table([row], {}, for_people=True)
    heads = {column.key: texts.say(f"label.{column.key}") for column in table.columns}
    (told,) = table.rows
    assert [(heads[key], told[key]) for key in ("customer_id", "money_spent")] == [
        ("编号", "c-7KQ4M2PA"),
        ("消费", "88.00"),
    ]
    why = {"id": "c-7KQ4M2PA", "name": "王小明", "tag": "vip", "given": True, "why": {}}
    card = customers.decisions([why], {"customers": 1, "given": 1, "taken": 0}, {}, dry=False)
    body = card.body[0].content
    assert isinstance(body, Table)
    assert texts.say(f"label.{body.columns[0].key}") == "编号"
    plain = customers.table([row], {}, for_people=False)
    assert [column.key for column in plain.columns][:1] == ["id"]
