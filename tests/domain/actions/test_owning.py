from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from factories import a_ticket, an_event, at, doing
from tkt.domain.actions import owning
from tkt.domain.actions.owning import Owner, upwards
from tkt.domain.merge import merge
from tkt.domain.settings import Agent, Settings, Team
from tkt.domain.ticket import Ticket, replay
from tkt.domain.workflow import SIMPLE
from tkt.errors import Refused

if TYPE_CHECKING:
    from tkt.domain.change import Change

HALF_AN_HOUR = timedelta(minutes=30)


def taken(ticket: Ticket, minutes: float, by: str, **more: object) -> Change:
    return owning.taken(
        ticket, doing(minutes, by, seed=int(minutes)), flow=SIMPLE, now=at(minutes),
        lasts=HALF_AN_HOUR, **more  # type: ignore[arg-type]
    )  # fmt: skip


def test_taking_a_new_ticket_opens_it() -> None:
    ticket = taken(a_ticket(), 1, "lin").after
    assert (ticket.fields["assignee"], ticket.fields["status"]) == ("lin", "open")


def test_somebody_at_work_is_not_disturbed() -> None:
    ticket = taken(a_ticket(), 1, "lin").after
    with pytest.raises(Refused, match=r"take\.claimed") as refused:
        taken(ticket, 20, "wang")
    assert (refused.value.params["who"], refused.value.params["minutes"]) == ("lin", 19)


def test_a_claim_runs_out_and_every_action_renews_it() -> None:
    ticket = taken(a_ticket(), 1, "lin").after
    assert taken(ticket, 31, "wang").after.fields["assignee"] == "wang"
    later = ticket.after(an_event("note", 10, by="lin", text="在查"))
    with pytest.raises(Refused, match=r"take\.claimed"):
        taken(later, 31, "wang")
    assert taken(later, 40, "wang").after.fields["assignee"] == "wang"


def test_stealing_wants_a_reason() -> None:
    ticket = taken(a_ticket(), 1, "lin").after
    with pytest.raises(Refused, match=r"take\.steal_why"):
        taken(ticket, 2, "wang", steal=True, reason=" ")
    stolen = taken(ticket, 2, "wang", steal=True, reason="下班了")
    assert stolen.after.fields["assignee"] == "wang"
    assert stolen.events[0].data["why"] == "下班了"


def test_waiting_and_giving_away_end_a_claim() -> None:
    ticket = taken(a_ticket(), 1, "lin").after
    waiting = ticket.after(an_event("wait", 2, by="lin", set={"status": "pending"}))
    assert owning.claim_on(waiting, SIMPLE, now=at(3), lasts=HALF_AN_HOUR, me="wang") is None
    given = owning.assigned(ticket, doing(2), flow=SIMPLE, to=Owner("zhao")).after
    assert owning.claim_on(given, SIMPLE, now=at(3), lasts=HALF_AN_HOUR, me="wang") is None


def test_one_is_never_in_ones_own_way() -> None:
    ticket = taken(a_ticket(), 1, "lin").after
    assert taken(ticket, 2, "lin").after.fields["assignee"] == "lin"


@pytest.mark.parametrize(("first", "second"), [(1, 2), (2, 1)])
def test_of_two_who_take_a_ticket_on_two_clones_the_first_one_has_it(
    first: int, second: int
) -> None:
    base = a_ticket()
    lin, wang = taken(base, first, "lin").after, taken(base, second, "wang").after
    both = merge(base, lin, wang)
    assert both == merge(base, wang, lin)
    assert both.fields["assignee"] == ("lin" if first < second else "wang")
    assert "contested" not in both.fields
    effects = {event.by: done for event, done in replay(both.events, {}) if event.do == "take"}
    assert effects == {"lin": first < second, "wang": second < first}


def test_of_three_clones_in_any_order_the_first_one_has_it() -> None:
    base = a_ticket()
    one, two, three = (taken(base, n, f"agent{n}").after for n in (3, 1, 2))
    ways = [
        merge(base, merge(base, one, two), three),
        merge(base, merge(base, three, one), two),
        merge(base, two, merge(base, one, three)),
    ]
    assert all(way == ways[0] for way in ways)
    assert ways[0].fields["assignee"] == "agent1"


def test_what_is_over_or_merged_is_not_taken() -> None:
    with pytest.raises(Refused, match=r"take\.over"):
        taken(a_ticket(status="closed"), 1, "lin")
    merged = a_ticket(an_event("merge", 1, set={"merged_into": "261121-8888"}))
    with pytest.raises(Refused, match=r"ticket\.merged"):
        taken(merged, 2, "lin")


def test_given_to_a_team_a_ticket_has_no_agent() -> None:
    ticket = a_ticket(assignee="lin", team="presale")
    change = owning.assigned(ticket, doing(1), flow=SIMPLE, to=Owner(team="aftersales"))
    assert "assignee" not in change.after.fields
    assert change.after.fields["team"] == "aftersales"
    with pytest.raises(Refused, match=r"assign\.already"):
        owning.assigned(change.after, doing(2), flow=SIMPLE, to=Owner(team="aftersales"))


def test_escalating_goes_up_a_level_and_says_why() -> None:
    ticket = a_ticket(assignee="lin")
    up = owning.escalated(ticket, doing(1), flow=SIMPLE, to=Owner("zhao"), reason="要赔偿")
    assert (up.after.fields["level"], up.after.fields["assignee"]) == (2, "zhao")
    stays = owning.escalated(up.after, doing(2), flow=SIMPLE, to=None, reason="还是要")
    assert (stays.after.fields["level"], stays.after.fields["assignee"]) == (3, "zhao")
    with pytest.raises(Refused, match=r"escalate\.why"):
        owning.escalated(ticket, doing(1), flow=SIMPLE, to=None, reason=" ")
    with pytest.raises(Refused, match=r"escalate\.over"):
        owning.escalated(a_ticket(status="closed"), doing(1), flow=SIMPLE, to=None, reason="x")
    with pytest.raises(Refused, match=r"escalate\.top"):
        owning.escalated(a_ticket(level=99), doing(1), flow=SIMPLE, to=None, reason="x")


# -- upwards ----------------------------------------------------------------------------------

TEAMS = (
    Team("b", "售后组", "zhao", parent="c"),
    Team("c", "投诉组", "chen", parent="head"),
    Team("head", "主管"),
)


@pytest.mark.parametrize(
    ("fields", "owner"),
    [
        ({"team": "b"}, Owner("zhao")),
        ({"team": "b", "assignee": "lin"}, Owner("zhao")),
        ({"team": "b", "assignee": "zhao"}, Owner("chen", "c")),
        ({"team": "c", "assignee": "chen"}, Owner(team="head")),
        ({"team": "head", "assignee": "lin"}, None),
        ({"team": "none"}, None),
        ({}, None),
    ],
)
def test_help_comes_from_the_lead_and_then_from_the_team_above(
    fields: dict[str, str], owner: Owner | None
) -> None:
    assert upwards(fields, Settings(teams=TEAMS)) == owner


def test_parents_in_a_circle_end() -> None:
    round_ = (Team("b", "b", "lin", parent="c"), Team("c", "c", "lin", parent="b"))
    assert upwards({"team": "b", "assignee": "lin"}, Settings(teams=round_)) is None


def test_a_team_above_that_has_nobody_is_passed_over() -> None:
    teams = (Team("b", "售后组", parent="c"), Team("c", "投诉组", parent="head"),
             Team("head", "主管"))  # fmt: skip
    chen = Agent("chen", "陈晨", teams=("head",))
    assert upwards({"team": "b"}, Settings(teams=teams, agents=(chen,))) == Owner(team="head")
    assert upwards({"team": "b"}, Settings(teams=teams[:2], agents=(chen,))) is None
