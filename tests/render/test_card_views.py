"""What views make of values for people and for programs."""

from __future__ import annotations

from factories import a_ticket, an_event, at, doing
from tkt import texts
from tkt.domain.actions.relating import merged
from tkt.domain.settings import Agent, Settings, Team
from tkt.domain.summary import Summary, Tally
from tkt.domain.table import Table
from tkt.domain.ticket import Ticket
from tkt.domain.workflow import SIMPLE
from tkt.render.views import summaries
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
    agents = (Tally("lin", answered=2), Tally("guest"), Tally(None, unfinished=1))
    teams = (Tally("aftersales", answered=1), Tally(None))
    summary = Summary(at(0), at(60), Tally(None, answered=1, unfinished=1), agents, teams)
    texts.use("zh")
    card = summaries.card(summary, SETTINGS, title="今天")
    shown = [section.content for section in card.body]
    names = [[row[t.columns[0].key] for row in t.rows] for t in shown if isinstance(t, Table)]
    assert names == [["林小满", "guest", "（无人负责）"], ["B组售后", "（没有团队）", "全店"]]
    document = card.document
    assert isinstance(document, dict)
    assert [row["agent"] for row in document["agents"]] == ["lin", "guest", None]
    assert [row["team"] for row in document["teams"]] == ["aftersales", None]
    assert (document["total"]["answered"], document["since"]) == (1, at(0))
