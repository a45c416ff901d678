"""Which states a ticket may enter, and what a refusal tells."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from factories import a_ticket, an_event, doing
from processes import RETURNS, a_flow, a_shop
from tkt.domain.actions import moving, stepping
from tkt.domain.actions.changing import changed
from tkt.domain.actions.talking import opened, replied
from tkt.domain.workflow import Workflow, guards
from tkt.domain.workflow.records import check_record
from tkt.errors import Refused

if TYPE_CHECKING:
    from tkt.domain.change import Change
    from tkt.domain.settings import Settings
    from tkt.domain.ticket import Event, Ticket

SHOP = a_shop()
FLOW = a_flow()


def ticket(status: str, *events: Event, **fields: Any) -> Ticket:
    return a_ticket(*events, status=status, workflow="returns", **fields)


def into(ticket: Ticket, status: str, by: str = "lin", **said: Any) -> Change:
    to = FLOW.named(status)
    assert to
    return moving.moved(ticket, doing(5, by=by), flow=FLOW, to=to, **said)


def refusal(change: Change, by: str = "lin") -> tuple[str, str]:
    with pytest.raises(Refused) as caught:
        guards.check(SHOP, change, by=by)
    return caught.value.key, str(caught.value.params.get("rule"))


REPLY = an_event("reply", 1, text="亲,马上为您处理")


def test_fields_are_asked_for_by_their_labels_with_the_rule_and_the_words_to_type() -> None:
    change = into(ticket("working"), "resolved", text="已退款")
    with pytest.raises(Refused, match=r"guard\.fields") as caught:
        guards.check(SHOP, change, by="lin")
    params = caught.value.params
    assert params["rule"] == "workflows/returns.yaml#requires.resolved"
    assert (params["missing"], params["words"]) == (("原因", "cause"), "cause=…")
    guards.check(SHOP, into(ticket("working", cause="破损"), "resolved", text="已退款"), by="lin")


def test_a_note_is_whatever_is_said_with_it() -> None:
    started = ticket("working", cause="破损")
    assert refusal(into(started, "resolved"))[0] == "guard.note"
    assert refusal(into(started, "resolved", text=" "))[0] == "guard.note"
    guards.check(SHOP, into(started, "resolved", reason="已退款"), by="lin")
    said = replied(started, doing(5), text="已为您退款", wanted={"status": "resolved"})
    guards.check(SHOP, said, by="lin")


def test_waiting_needs_a_reply_and_something_to_wait_for() -> None:
    assert refusal(into(ticket("working"), "waiting", reason="等寄回"))[0] == "guard.reply"
    assert refusal(into(ticket("working", REPLY), "waiting"))[0] == "move.wait_for_what"
    guards.check(SHOP, into(ticket("working", REPLY), "waiting", reason="等寄回"), by="lin")
    guards.check(SHOP, into(ticket("working", REPLY), "inside"), by="lin")  # until: false


def test_a_reply_that_was_not_sent_is_none() -> None:
    draft = an_event("draft", 1, text="亲")
    assert refusal(into(ticket("working", draft), "inside"))[0] == "guard.reply"


@pytest.mark.parametrize(("by", "team", "may"), [
    ("wang", "aftersales", True), ("zhao", "aftersales", True), ("lin", "aftersales", False),
    ("qian", "aftersales", False), ("qian", "presale", True), ("zhao", "presale", False),
    ("zhao", None, True), ("qian", None, True), ("stranger", None, False),
])  # fmt: skip
def test_only_those_named_may_go_a_way(by: str, team: str | None, may: bool) -> None:
    fields = {"cause": "破损", "ticked": ["received"], **({"team": team} if team else {})}
    change = into(ticket("inspecting", **fields), "resolved", by=by, text="好了")
    if may:
        guards.check(SHOP, change, by=by)
    else:
        assert refusal(change, by) == ("guard.who", "workflows/returns.yaml#transitions.3")


def test_its_agent_is_whoever_has_it_before_the_change() -> None:
    flow = a_flow(RETURNS.replace("who: [lead, wang]", "who: [assignee]"))
    shop = a_shop(flow)
    held = ticket("inspecting", cause="破损", ticked=["received"], assignee="lin")
    change = changed(held, doing(5), wanted={"status": "resolved", "assignee": "wang"}, reason="x")
    guards.check(shop, change, by="lin")
    with pytest.raises(Refused, match=r"guard\.who"):
        guards.check(shop, change, by="wang")


def test_where_nobody_is_listed_anybody_may() -> None:
    held = ticket("inspecting", cause="破损", ticked=["received"])
    nobody = SHOP._replace(agents=(), teams=())
    guards.check(nobody, into(held, "resolved", by="guest", text="好了"), by="guest")


def test_a_state_cannot_be_skipped_whoever_sets_it() -> None:
    change = changed(ticket("new"), doing(5), wanted={"status": "resolved"}, reason="x")
    assert refusal(change)[0] == "move.not_allowed"


def test_nothing_leads_out_of_a_final_state() -> None:
    change = changed(ticket("spam"), doing(5), wanted={"status": "working"}, reason="x")
    assert refusal(change) == ("guard.final", "workflows/returns.yaml#states.spam")


def test_what_a_customer_says_is_never_refused() -> None:
    change = changed(ticket("new"), doing(5), wanted={"status": "resolved"}, do="message")
    guards.check(SHOP, change, by="lin")


def test_a_field_that_is_asked_for_cannot_be_taken_away_later() -> None:
    done = ticket("resolved", cause="破损", refund=5)
    gone = changed(done, doing(5), wanted={"cause": None})
    assert refusal(gone) == ("guard.fields", "workflows/returns.yaml#requires.resolved")
    guards.check(SHOP, changed(done, doing(5), wanted={"cause": "丢件"}), by="lin")
    guards.check(SHOP, changed(done, doing(5), wanted={"refund": None}), by="lin")
    lacking = ticket("resolved", refund=5)  # from before the rule
    guards.check(SHOP, changed(lacking, doing(5), wanted={"refund": None}), by="lin")


ANY = RETURNS.replace(
    "  resolved: {fields: [cause], note: true}",
    "  resolved: {any: [{checklist: [photo]}, {fields: [cause], checklist: [received]}]}",
)


@given(st.sets(st.sampled_from(["photo", "received"])), st.booleans())
def test_of_several_ways_one_will_do(ticked: set[str], cause: bool) -> None:
    shop = a_shop(a_flow(ANY))
    fields: dict[str, Any] = {"ticked": sorted(ticked)} if ticked else {}
    fields |= {"cause": "破损"} if cause else {}
    change = into(ticket("working", **fields), "resolved")
    if "photo" in ticked or (cause and "received" in ticked):
        guards.check(shop, change, by="lin")
        return
    with pytest.raises(Refused, match=r"guard\.any") as caught:
        guards.check(shop, change, by="lin")
    assert "已收到照片；或 " in caught.value.params["missing"].zh  # type: ignore[attr-defined]


WHOLE = RETURNS.replace("{fields: [cause], note: true}", "{checklist: true}")


def test_the_whole_checklist_is_that_of_the_states_where_the_ticket_has_been() -> None:
    shop = a_shop(a_flow(WHOLE))
    been = an_event("move", 1, set={"status": "working"})
    started = a_ticket(been, status="new", workflow="returns", ticked=["photo"])
    guards.check(shop, into(started, "resolved"), by="lin")
    further = an_event("move", 2, set={"status": "inspecting"})
    back = an_event("move", 3, set={"status": "working"})
    looked = a_ticket(been, further, back, status="new", workflow="returns", ticked=["photo"])
    with pytest.raises(Refused, match=r"guard\.checklist") as caught:
        guards.check(shop, into(looked, "resolved"), by="lin")
    assert caught.value.params["words"] == "received"


# -- approval ---------------------------------------------------------------------------------


def asked(amount: float, by: str = "lin") -> Ticket:
    event = an_event("set", 1, by=by, set={"refund": amount})
    return ticket("working", event, cause="破损", team="aftersales")


def approved(ticket: Ticket, by: str, minutes: float = 2) -> Ticket:
    said = doing(minutes, by=by)
    return stepping.approved(ticket, said, settings=SHOP, text=None, reason=None).after


@pytest.mark.parametrize("amount", [0, 200, 199.99])
def test_up_to_the_limit_nobody_has_to_approve(amount: float) -> None:
    guards.check(SHOP, into(asked(amount), "resolved", text="已退"), by="lin")
    with pytest.raises(Refused, match=r"approve\.not_needed"):
        approved(asked(amount), "zhao")


def test_above_it_a_second_person_does() -> None:
    rule = "workflows/returns.yaml#approval"
    assert refusal(into(asked(200.01), "resolved", text="已退")) == ("guard.approval", rule)
    guards.check(SHOP, into(approved(asked(201), "zhao"), "resolved", text="已退"), by="lin")


def test_not_by_whoever_set_the_amount_nor_may_not_nor_twice() -> None:
    with pytest.raises(Refused, match=r"approve\.own"):
        approved(asked(201, by="zhao"), "zhao")
    with pytest.raises(Refused, match=r"approve\.who"):
        approved(asked(201), "wang")
    with pytest.raises(Refused, match=r"approve\.already"):
        approved(approved(asked(201), "zhao"), "qian", 3)


def test_whoever_approved_does_not_move_it_on() -> None:
    change = into(approved(asked(201), "zhao"), "resolved", by="zhao", text="已退")
    assert refusal(change, "zhao")[0] == "guard.approver"


def test_another_amount_has_to_be_approved_anew() -> None:
    raised = changed(approved(asked(201), "zhao"), doing(3), wanted={"refund": 500.0}).after
    assert refusal(into(raised, "resolved", text="已退"))[0] == "guard.approval"
    back = changed(raised, doing(4), wanted={"refund": 201.0}).after
    assert refusal(into(back, "resolved", text="已退"))[0] == "guard.approval"


def test_an_approval_that_crosses_another_amount_has_no_effect() -> None:
    asked_for = asked(201)
    yes = approved(asked_for, "zhao", minutes=3).events[-1]
    raised = changed(asked_for, doing(2), wanted={"refund": 500.0}).after
    merged = raised.after(yes)  # as when two clones meet
    assert refusal(into(merged, "resolved", text="已退"))[0] == "guard.approval"


def test_an_approved_ticket_is_closed_by_anybody() -> None:
    done = into(approved(asked(201), "zhao"), "resolved", text="已退").after
    guards.check(SHOP, into(done, "closed", by="zhao"), by="zhao")


GUARDED = RETURNS.replace("by: [lead, qian]}", "by: [lead, qian], states: [inspecting, resolved]}")
SEVERE = a_shop(a_flow(GUARDED))


@given(
    first=st.sampled_from([None, 10, 200, 201]),
    approves=st.booleans(),
    then=st.sampled_from([10, 200, 201, 9999]),
)
def test_no_amount_above_the_limit_gets_past_two_guarded_states_unapproved(
    first: int | None, approves: bool, then: int
) -> None:
    here = asked(first) if first else ticket("working", cause="破损", team="aftersales")
    if approves and (first or 0) > 200:
        here = approved(here, "zhao")
    here = changed(here, doing(4), wanted={"status": "inspecting"}, reason="x").after
    if (first or 0) != then:
        here = changed(here, doing(5), wanted={"refund": float(then)}).after
    here = changed(here, doing(6), add={"ticked": ["received"]}, wanted={}).after
    change = into(here, "resolved", by="wang", text="好了")
    if then > 200 and not (approves and first == then):
        with pytest.raises(Refused, match=r"guard\.approval"):
            guards.check(SEVERE, change, by="wang")
    else:
        guards.check(SEVERE, change, by="wang")


def test_inside_a_guarded_state_an_amount_rises_above_the_limit_only_outside_of_it() -> None:
    paying = ticket("inspecting", refund=10)
    with pytest.raises(Refused, match=r"guard\.amount") as caught:
        guards.check(SEVERE, changed(paying, doing(5), wanted={"refund": 9999.0}), by="lin")
    assert caught.value.params["back"] == "working"
    guards.check(SEVERE, changed(paying, doing(5), wanted={"refund": 200.0}), by="lin")
    much = ticket("inspecting", refund=900)  # from before the rule
    guards.check(SEVERE, changed(much, doing(5), wanted={"refund": 300.0}), by="lin")


def test_if_nobody_else_may_approve_it_is_said_that_another_has_to_set_it() -> None:
    shop = a_shop(a_flow(RETURNS.replace("by: [lead, qian]", "by: [lead]")))
    own = asked(201, by="zhao")
    with pytest.raises(Refused, match=r"approve\.own_alone"):
        stepping.approved(own, doing(2, by="zhao"), settings=shop, text=None, reason=None)
    with pytest.raises(Refused, match=r"guard\.approval_alone"):
        guards.check(shop, into(own, "resolved", text="已退"), by="lin")
    with pytest.raises(Refused, match=r"guard\.approval "):
        guards.check(shop, into(asked(201), "resolved", text="已退"), by="lin")


# -- new tickets ------------------------------------------------------------------------------


def test_no_ticket_is_opened_in_the_middle_of_its_process() -> None:
    for state in FLOW.states:
        fields = {"title": "x", "workflow": "returns", "status": state.name}
        change = opened("261121-7KQ4", doing(), fields=fields, text=None)
        if state == FLOW.initial:
            guards.check(SHOP, change, by="lin")
        else:
            assert refusal(change)[0] == "guard.not_first"


# -- records ----------------------------------------------------------------------------------


def unfit(ticket: Ticket, shop: Settings = SHOP) -> tuple[str, str]:
    with pytest.raises(Refused) as caught:
        check_record(shop, ticket)
    return caught.value.key, str(caught.value.params["rule"])


ASKED = "workflows/returns.yaml#requires.resolved"


def test_a_record_has_the_fields_of_its_state_or_of_that_through_which_it_is_closed() -> None:
    for status in ("resolved", "closed"):
        assert unfit(ticket(status, refund=200)) == ("guard.record", ASKED)
        check_record(SHOP, ticket(status, refund=200, cause="破损"))
    check_record(SHOP, ticket("spam"))


def test_a_record_with_much_money_is_not_over() -> None:
    for status in ("resolved", "closed", "spam"):
        much = ticket(status, refund=200.01, cause="破损")
        assert unfit(much) == ("guard.record_approval", "workflows/returns.yaml#approval")
    check_record(SHOP, ticket("working", refund=900))


def test_a_record_with_a_conversation_has_the_reply_that_its_state_needs() -> None:
    check_record(SHOP, ticket("waiting"))
    asks = an_event("message", 1, by="customer", text="在吗")
    assert unfit(ticket("waiting", asks)) == (
        "guard.record_reply", "workflows/returns.yaml#requires.pending")  # fmt: skip
    check_record(SHOP, ticket("waiting", asks, an_event("reply", 2, text="在的")))


def test_a_record_has_its_checklist_or_one_of_what_would_do() -> None:
    listed = a_shop(
        a_flow(RETURNS.replace("{fields: [cause], note: true}", "{checklist: [photo]}"))
    )
    assert unfit(ticket("resolved"), listed) == ("guard.record_checklist", ASKED)
    check_record(listed, ticket("resolved", ticked=["photo"]))
    either = a_shop(a_flow(ANY))
    assert unfit(ticket("resolved"), either) == ("guard.record_any", ASKED)
    check_record(either, ticket("resolved", ticked=["photo"]))


def test_a_workflow_that_says_nothing_asks_for_nothing_but_what_to_wait_for() -> None:
    plain = Workflow("plain", "plain", "plain", FLOW.states)
    shop = SHOP._replace(workflows=(plain,))
    for state in plain.states:
        change = changed(
            a_ticket(status="working", workflow="plain"), doing(5),
            wanted={"status": state.name, "x": 1}, reason="因为",
        )  # fmt: skip
        guards.check(shop, change, by="anybody")
