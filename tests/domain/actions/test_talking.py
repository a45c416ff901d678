from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from factories import ID, a_ticket, an_event, doing
from tkt.domain.actions import talking
from tkt.domain.facts import drafts_of
from tkt.domain.workflow import SIMPLE
from tkt.errors import Refused, UsageProblem

AGENTS = {"lin": "lin", "林小满": "lin", "赵敏": "zhao", "zhao": "zhao", "赵": "other"}


def mentioned(text: str) -> tuple[list[str], list[str]]:
    return talking.mentioned(text, AGENTS.get)


def test_agents_are_mentioned_by_id_and_by_name() -> None:
    assert mentioned("@lin 看一下, @赵敏也看看") == (["lin", "zhao"], [])


def test_text_may_run_on_behind_a_chinese_name() -> None:
    assert mentioned("@赵敏看一下") == (["zhao"], [])
    assert mentioned("@赵先生") == (["other"], [])


def test_a_latin_name_is_a_whole_word() -> None:
    assert mentioned("@linda 在吗") == ([], ["linda"])


def test_an_address_mentions_nobody() -> None:
    assert mentioned("写信到 lin@shop.example") == ([], [])


def test_full_width_and_punctuation_are_no_hindrance() -> None:
    assert mentioned("（＠lin，@zhao.）") == (["lin", "zhao"], [])


@given(st.text(max_size=60))
def test_any_text_can_be_looked_through(text: str) -> None:
    found, unknown = mentioned(text)
    assert set(found) <= set(AGENTS.values())
    assert all(word in text for word in unknown)


def test_who_is_mentioned_watches_from_then_on_once() -> None:
    ticket = talking.noted(a_ticket(), doing(1), text="@zhao", mentions=["zhao"]).after
    again = talking.noted(ticket, doing(2), text="@zhao @wang", mentions=["zhao", "wang"])
    assert again.after.fields["watchers"] == ["zhao", "wang"]
    assert again.events[0].data["add"] == {"watchers": ["wang"]}
    assert again.events[0].data["mentions"] == ["zhao", "wang"]


def test_a_reply_goes_by_the_tickets_channel() -> None:
    change = talking.replied(a_ticket(channel="wechat"), doing(1), text="亲", wanted={})
    assert (change.events[0].data["via"], change.events[0].text) == ("wechat", "亲")
    assert "set" not in change.events[0].data


@pytest.mark.parametrize("text", ["", " ", "\n\t"])
def test_nothing_is_not_said(text: str) -> None:
    with pytest.raises(UsageProblem):
        talking.replied(a_ticket(), doing(1), text=text)
    with pytest.raises(UsageProblem):
        talking.received(a_ticket(), doing(1), flow=SIMPLE, text=text, via=None)


@pytest.mark.parametrize(
    ("status", "then"),
    [("new", "new"), ("open", "open"), ("pending", "open"), ("resolved", "open"),
     ("closed", "open")],
)  # fmt: skip
def test_a_customers_word_opens_what_waited_or_was_over(status: str, then: str) -> None:
    ticket = a_ticket(status=status, until="2026-12-01T00:00:00+08:00")
    change = talking.received(ticket, doing(1), flow=SIMPLE, text="在吗", via="phone")
    assert (change.after.fields["status"], "until" in change.after.fields) == (
        then, status in ("new", "open"),
    )  # fmt: skip
    event = change.events[0].data
    assert (event["by"], event["entered_by"], event["via"]) == ("customer", "lin", "phone")


def test_a_message_brings_an_archived_ticket_back() -> None:
    ticket = a_ticket(an_event("archive", 1, set={"archived": "2026-11-21T14:04:11+08:00"}))
    assert ticket.is_archived
    change = talking.received(ticket, doing(2), flow=SIMPLE, text="在吗", via=None)
    assert not change.after.is_archived


def test_a_draft_takes_the_place_of_ones_earlier_one() -> None:
    ticket = talking.drafted(a_ticket(), doing(1), text="一").after
    ticket = talking.drafted(ticket, doing(2, by="zhao"), text="二").after
    ticket = talking.drafted(ticket, doing(3), text="三").after
    assert [event.text for event in drafts_of(ticket)] == ["二", "三"]
    assert talking.draft_to_send(ticket, "zhao").text == "二"
    assert talking.draft_to_send(ticket, "wang").text == "三"


def test_a_draft_that_was_sent_is_one_no_more() -> None:
    ticket = talking.drafted(a_ticket(), doing(1), text="一").after
    event = talking.draft_to_send(ticket, "lin")
    sent = talking.replied(ticket, doing(2), text="一", draft=event.id).after
    assert drafts_of(sent) == []
    with pytest.raises(Refused, match=r"draft\.none"):
        talking.draft_to_send(sent, "lin")


def test_opened_by_a_customer_is_entered_by_an_agent() -> None:
    fields = {"title": "杯子", "status": "new", "customer": "小王"}
    event = talking.opened(ID, doing(), fields=fields, text="碎了").events[0]
    assert (event.by, event.data["entered_by"]) == ("customer", "lin")
