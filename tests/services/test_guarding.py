"""Guards are asked at one place: whichever way a ticket goes, the answer is the same."""

from __future__ import annotations

import json
from datetime import datetime
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from conftest import Runner, run_here
from desks import commit_by_hand, git, log
from processes import RETURNS

if TYPE_CHECKING:
    from pathlib import Path

TEAM = """\
agents:
  lin: {name: 林小满, email: [lin@shop.example], teams: [aftersales]}
  wang: {name: 王强, email: [wang@shop.example], teams: [presale]}
  zhao: {name: 赵敏, email: [zhao@shop.example], teams: [aftersales]}
  qian: {name: 钱多, email: [qian@shop.example], teams: [presale]}
teams:
  aftersales: {name: 售后组, lead: zhao}
  presale: {name: 售前组, lead: qian}
"""
FIELDS = """\
name: shop
fields: {cause: {label: {zh: 原因, en: cause}}, refund: {type: money}}
"""


@pytest.fixture
def shop(desk: Path) -> Runner:
    """A desk with one workflow that asks for much, beside the general one."""
    gone: dict[str, bytes | None] = {
        path: None for path in git(desk, "ls-files", "workflows").split() if "simple" not in path
    }
    files: dict[str, bytes | None] = {
        **gone,
        "workflows/returns.yaml": RETURNS.encode(),
        "team.yaml": TEAM.encode(),
        "tkt.yaml": FIELDS.encode(),
    }
    commit_by_hand(desk, files)
    runner = Runner(desk, run_here)
    assert runner("check").code == 0
    return runner


def started(tkt: Runner, *assignments: str, **said: str) -> str:
    """A ticket at work on."""
    ticket = tkt.new("杯子碎了", "category=return", "--team", "aftersales", **said)
    assert tkt("move", ticket, "working", **said).code == 0
    if assignments:
        assert tkt("set", ticket, *assignments, **said).code == 0
    return ticket


WAYS: dict[str, tuple[str, ...]] = {
    "resolve": ("resolve", "{}", "--reason", "好了"),
    "move": ("move", "{}", "已解决", "--reason", "好了"),
    "set": ("set", "{}", "status=resolved", "--reason", "好了"),
    "reply": ("reply", "{}", "-m", "好了", "--to", "resolved"),
    "where": ("resolve", "--where", "id:{}", "--yes", "--reason", "好了"),
}


def answered(tkt: Runner, words: tuple[str, ...], ticket: str, by: str) -> str | None:
    """The message of a refusal, whichever way it comes; None if there is none."""
    said = [word.format(ticket) for word in words]
    result = tkt(*said, "--dry-run", "--json", TKT_ACTOR=by)
    (row,) = result.json
    return None if row["ok"] else str(row["message"])


def in_batch(tkt: Runner, words: tuple[str, ...], ticket: str, by: str) -> str | None:
    said = [word.format(ticket) for word in words]
    line = json.dumps({"run": [*said, "--dry-run"], "actor": by}, ensure_ascii=False)
    lines = tkt.folder.parent / "lines.jsonl"
    lines.write_text(f"{line}\n")
    result = tkt("batch", str(lines))
    (row,) = json.loads(result.out)["result"]
    return None if row["ok"] else str(row["message"])


@given(
    cause=st.booleans(),
    amount=st.sampled_from([None, 200, 201]),
    approved=st.booleans(),
    by=st.sampled_from(["lin", "zhao"]),
)
@settings(max_examples=12, suppress_health_check=list(HealthCheck))
def test_the_same_refusal_by_every_way_in(
    shop: Runner, cause: bool, amount: int | None, approved: bool, by: str
) -> None:
    fields = ["cause=破损"] if cause else []
    fields += [f"refund={amount}"] if amount else []
    ticket = started(shop, *fields)
    if approved and amount == 201:
        assert shop("approve", ticket, TKT_ACTOR="zhao").code == 0
    told = {name: answered(shop, words, ticket, by) for name, words in WAYS.items()}
    told["batch"] = in_batch(shop, WAYS["resolve"], ticket, by)
    assert len(set(told.values())) == 1, told
    refused = not cause or (amount == 201 and (not approved or by == "zhao"))
    assert (told["move"] is not None) is refused
    result = shop("resolve", ticket, "--reason", "好了", "--json", TKT_ACTOR=by)
    assert result.code == (1 if refused else 0)
    if refused:
        error = json.loads(result.err)
        assert error["message"] == told["move"]
        assert "Rule: workflows/returns.yaml#" in error["message"]
        assert "tkt " in error["hint"]


def test_of_several_those_are_done_that_may_be(shop: Runner) -> None:
    one, two = started(shop, "cause=破损"), started(shop)
    result = shop("resolve", one, two, "-m", "已退款", "--json")
    assert result.code == 1
    assert [row["ok"] for row in result.json] == [True, False]


def test_one_who_may_not_is_told_who_may(shop: Runner) -> None:
    ticket = started(shop, "cause=破损")
    assert shop("move", ticket, "inspecting").code == 0
    assert shop("tick", ticket, "已收到退件").code == 0
    refused = shop("resolve", ticket, "-m", "好了")
    assert refused.code == 1
    assert "the lead, 王强" in refused.err
    assert shop("resolve", ticket, "-m", "好了", TKT_ACTOR="zhao").code == 0


def test_money_that_waits_for_approval_does_not_slip_into_another_workflow(shop: Runner) -> None:
    ticket = started(shop, "refund=500", "cause=质量")
    for words in (("workflow=simple",), ("workflow=simple", "status=resolved")):
        told = shop("set", ticket, *words, "--reason", "换个流程")
        assert told.code == 1
        assert f"tkt approve {ticket}" in told.err
    assert shop("set", ticket, "refund=", "--reason", "不退了").code == 0
    assert shop("set", ticket, "workflow=simple", "--reason", "换个流程").code == 0


def test_a_refund_cannot_be_raised_behind_an_approval(shop: Runner) -> None:
    ticket = started(shop, "cause=破损", "refund=10")
    assert shop("resolve", ticket, "-m", "已退款").code == 0
    raised = shop("set", ticket, "refund=9999")
    assert (raised.code, "#approval" in raised.err) == (1, True)
    assert f"tkt move {ticket} inspecting" in raised.err
    path = shop.folder / shop("show", ticket, "--json").json["path"]
    path.write_text(path.read_text().replace("refund: 10", "refund: 9999", 1))
    assert shop("commit", "-m", "改了").code == 1


def test_no_ticket_is_opened_past_what_its_process_asks(shop: Runner) -> None:
    opened = shop("new", "一", "--category", "return", "status=resolved", "cause=破损")
    assert (opened.code, "begins as new" in opened.err) == (1, True)
    assert shop("new", "二", "status=resolved").code == 0  # the general process has no ways


def test_a_refused_opening_tells_what_to_add_to_it(shop: Runner) -> None:
    asking = RETURNS.replace("  resolved: {fields", "  new: {fields: [cause]}\n  resolved: {fields")
    plain = """\
categories: [plain]
states: {new: {category: new}, done: {category: resolved}}
requires: {done: {reply: true}}
"""
    files = {"workflows/returns.yaml": asking.encode(), "workflows/plain.yaml": plain.encode()}
    commit_by_hand(shop.folder, dict(files))
    refused = shop("new", "一", "--category", "return")
    assert (refused.code, "tkt new … cause=…" in refused.err) == (1, True)
    assert "tkt set" not in refused.err
    later = shop("new", "二", "--category", "plain", "status=done")
    assert (later.code, "tkt move TICKET done" in later.err) == (1, True)
    assert shop("new", "三", "--category", "return", "cause=破损").code == 0


@pytest.mark.parametrize(("category", "told"), [
    ("retrun", "category=return workflow=returns"), ("退换货", "workflow=returns"),
    ("return", None), ("天气", None), ("", None),
])  # fmt: skip
def test_a_category_like_that_of_a_process_is_remarked_on(
    shop: Runner, category: str, told: str | None
) -> None:
    opened = shop("new", "一", "--category", category)
    assert opened.code == 0
    assert (f"{told}" in opened.err) is (told is not None)
    if told:
        ticket = shop("list", "--json").json[0]["id"]
        assert f"tkt set {ticket} {told}" in opened.err
        assert shop("set", ticket, *told.split()).code == 0


# -- imports ----------------------------------------------------------------------------------


def test_a_foreign_record_that_lacks_a_field_is_a_row_with_its_reason(shop: Runner) -> None:
    lines = [
        {"title": "一", "category": "return", "status": "resolved", "external": "A1"},
        {"title": "二", "category": "return", "status": "resolved", "cause": "破损"},
        {"title": "三", "category": "return"},
    ]
    text = "".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines)
    result = shop("import", "-", "--json", stdin=text)
    assert (result.code, result.json["imported"], result.json["failed"]) == (1, 2, 1)
    (remark,) = result.json["remarks"]
    assert (remark["line"], remark["error"]) == (1, "guard.record")
    assert "workflows/returns.yaml#requires.resolved" in remark["message"]


def test_a_foreign_record_obeys_what_can_be_asked_of_a_record(shop: Runner) -> None:
    lines = [
        {"title": "一", "category": "return", "status": "closed"},
        {"title": "二", "category": "return", "status": "closed", "cause": "破损", "refund": 900},
        {"title": "三", "category": "return", "status": "working", "refund": 900},
    ]
    text = "".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines)
    result = shop("import", "-", "--json", stdin=text)
    assert (result.code, result.json["imported"], result.json["failed"]) == (1, 1, 2)
    errors = [remark["error"] for remark in result.json["remarks"]]
    assert errors == ["guard.record", "guard.record_approval"]
    assert "workflows/returns.yaml#approval" in result.json["remarks"][1]["message"]


def test_our_own_export_coming_back_is_history(shop: Runner, tmp_path: Path) -> None:
    ticket = started(shop, "cause=破损")
    assert shop("resolve", ticket, "-m", "已退款").code == 0
    whole = shop("export").out
    row = json.loads(whole)
    for event in row["timeline"]:
        event.get("set", {}).pop("cause", None)
    row.pop("cause")
    row["id"] = ""
    result = shop("import", "-", "--json", stdin=json.dumps(row, ensure_ascii=False) + "\n")
    assert (result.code, result.json["imported"]) == (0, 1), result.err


# -- categories and workflows -----------------------------------------------------------------


def test_a_category_has_its_workflow_with_its_defaults(shop: Runner) -> None:
    shown = shop("show", shop.new("一", "--category", "return"), "--json").json
    assert (shown["workflow"], shown["status"], shown["priority"]) == ("returns", "new", "high")
    low = shop("show", shop.new("二", "category=return", "--priority", "low"), "--json").json
    assert low["priority"] == "low"
    plain = shop.new("三", "--category", "return", "--workflow", "通用")
    assert shop("show", plain, "--json").json["workflow"] == "simple"


def test_a_file_written_by_hand_has_it_as_well(shop: Runner) -> None:
    path = shop.folder / "tickets/2026/11/21/7/261121-7KQ4.yaml"
    path.parent.mkdir(parents=True)
    path.write_text("title: 手工\ncategory: return\n")
    assert shop("commit").code == 0
    shown = shop("show", "7KQ4", "--json").json
    assert (shown["workflow"], shown["priority"]) == ("returns", "high")


def test_another_workflow_brings_the_state_of_the_same_kind(shop: Runner) -> None:
    ticket = shop.new("一")
    assert shop("take", ticket).code == 0
    moved = shop("set", ticket, "workflow=returns", "--json")
    assert (moved.code, moved.json["ticket"]["status"]) == (0, "working")
    assert "working" in moved.err
    back = shop("set", ticket, "workflow=simple", "--json")
    assert back.json["ticket"]["status"] == "open"


def test_changing_the_workflow_is_no_way_round_a_guard(shop: Runner) -> None:
    ticket = shop.new("一")
    assert shop("resolve", ticket).code == 0
    refused = shop("set", ticket, "workflow=returns")
    assert (refused.code, "requires.resolved" in refused.err) == (1, True)
    skipped = shop("set", shop.new("二"), "workflow=returns", "status=closed")
    assert (skipped.code, "cannot go" in skipped.err) == (1, True)


def test_an_edit_by_hand_keeps_to_the_guards(shop: Runner) -> None:
    ticket = started(shop)
    path = shop.folder / shop("show", ticket, "--json").json["path"]
    path.write_text(path.read_text().replace("status: working", "status: resolved", 1))
    refused = shop("commit", "-m", "好了")
    assert (refused.code, "requires.resolved" in refused.err) == (1, True)
    text = path.read_text().replace("status: resolved", "status: resolved\ncause: 破损", 1)
    path.write_text(text)
    assert shop("commit", "-m", "好了").code == 0


def test_a_check_tells_of_an_edit_what_recording_it_would(shop: Runner) -> None:
    ticket = started(shop)
    path = shop.folder / shop("show", ticket, "--json").json["path"]
    path.write_text(path.read_text().replace("status: working", "status: resolved", 1))
    (told,) = shop("check", ticket, "--json").json
    assert (told["error"], told["line"] > 1) == ("guard.fields", True)
    assert "requires.resolved" in told["message"]
    text = path.read_text().replace("status: resolved", "status: resolved\ncause: 破损", 1)
    path.write_text(text)
    assert shop("check", ticket).code == 0  # the note comes with `tkt commit -m`
    assert shop("commit", "-m", "好了").code == 0


def test_what_is_undone_is_not_a_way_but_leads_into_no_forbidden_state(shop: Runner) -> None:
    ticket = started(shop, "cause=破损")
    assert shop("resolve", ticket, "-m", "好了").code == 0
    assert shop("reopen", ticket).code == 0
    assert shop("set", ticket, "cause=").code == 0
    refused = shop("undo", ticket, "--event", "5")
    assert (refused.code, "requires.resolved" in refused.err) == (1, True)
    assert shop("set", ticket, "cause=丢件").code == 0
    assert shop("undo", ticket, "--event", "5").code == 0


# -- what customers say -----------------------------------------------------------------------


def waiting(tkt: Runner, since: str = "inspecting") -> str:
    ticket = started(tkt)
    assert tkt("reply", ticket, "-m", "请稍等", "--to", since).code == 0
    if since == "inspecting":
        assert tkt("move", ticket, "working").code == 0
    assert tkt("wait", ticket, "--reason", "等寄回").code == 0
    return ticket


def test_a_message_brings_a_ticket_back_to_where_it_waited_from(shop: Runner) -> None:
    ticket = waiting(shop)
    assert shop("message", ticket, "-m", "寄了", "--json").json["ticket"]["status"] == "working"


def test_where_a_workflow_says_stay_it_stays(shop: Runner) -> None:
    text = f"{RETURNS}on_message: stay\n"
    commit_by_hand(shop.folder, {"workflows/returns.yaml": text.encode()})
    ticket = waiting(shop)
    assert shop("message", ticket, "-m", "寄了", "--json").json["ticket"]["status"] == "waiting"


LATER = {"TKT_NOW": "2026-11-28T14:03:11+08:00"}
TOO_LATE = {"TKT_NOW": "2026-11-28T14:03:12+08:00"}


def resolved(tkt: Runner) -> str:
    ticket = started(tkt, "cause=破损", "order=2511002233")
    assert tkt("resolve", ticket, "-m", "已退款").code == 0
    return ticket


def test_within_the_window_a_message_reopens(shop: Runner) -> None:
    ticket = resolved(shop)
    answer = shop("message", ticket, "-m", "又坏了", "--json", **LATER).json
    assert (answer["id"], answer["ticket"]["status"]) == (ticket, "inspecting")


def test_later_it_opens_another_that_is_linked(shop: Runner) -> None:
    ticket = resolved(shop)
    head = git(shop.folder, "rev-parse", "HEAD")
    result = shop("message", ticket, "-m", "又坏了", "--json", **TOO_LATE)
    answer = result.json
    new = answer["ticket"]
    assert (answer["id"] != ticket, new["status"], new["relates"]) == (True, "new", [ticket])
    assert (new["order"], new["timeline"][0]["text"]) == ("2511002233", "又坏了")
    assert answer["id"] in result.err
    old = shop("show", ticket, "--json").json
    assert (old["status"], old["timeline"][-1]["into"]) == ("resolved", answer["id"])
    subjects = log(shop.folder, "%s", "--no-merges", f"{head}..")
    assert len(subjects) == 2
    assert shop("check").code == 0


def test_agents_may_always_reopen_unless_it_is_final(shop: Runner) -> None:
    assert shop("reopen", resolved(shop), **TOO_LATE).code == 0
    spam = shop.new("广告", "category=return")
    assert shop("move", spam, "spam").code == 0
    refused = shop("reopen", spam)
    assert (refused.code, "#states.spam" in refused.err) == (1, True)
    follows = shop("message", spam, "-m", "我不是广告", "--json").json
    assert follows["id"] != spam


# -- checklist and approval as people see them ------------------------------------------------


def test_show_tells_what_is_done_and_what_is_left(shop: Runner) -> None:
    ticket = started(shop, "refund=299")
    assert shop("tick", ticket, "photo").code == 0
    shown = shown_to_people(shop, ticket)
    assert "☑ 已收到照片  ☐ 已收到退件" in shown
    assert "299 待组长、钱多批准" in shown
    assert shop("approve", ticket, "-m", "同意", TKT_ACTOR="zhao").code == 0
    assert "赵敏 已批准 299" in shown_to_people(shop, ticket)
    assert shop("tick", ticket, "photo", "--undo").code == 0
    assert "☐ 已收到照片" in shown_to_people(shop, ticket)


def shown_to_people(tkt: Runner, ticket: str) -> str:
    from tkt import texts
    from tkt.domain.table import Card
    from tkt.render.views import conversation
    from tkt.services import looking
    from tkt.storage.desk import Desk

    NOON = datetime.fromisoformat("2026-11-21T12:00:00+08:00")

    texts.use("zh")
    desk = Desk(str(tkt.folder))
    card = conversation.card(looking.show(desk, ticket, now=NOON), desk.settings, now=NOON)
    desk.index.close()
    assert isinstance(card, Card)
    return "\n".join(map(str, card.fields.values()))


@pytest.mark.parametrize(("words", "code", "told"), [
    (("photo",), 2, "--where"),
    (("{}", "fotos"), 3, "photo"),
    (("{}",), 2, "tkt tick"),
])  # fmt: skip
def test_what_cannot_be_ticked(shop: Runner, words: tuple[str, ...], code: int, told: str) -> None:
    ticket = started(shop)
    result = shop("tick", *(word.format(ticket) for word in words))
    assert (result.code, told in result.err) == (code, True), result.err


def test_what_belongs_to_states_where_it_never_was_is_not_ticked(shop: Runner) -> None:
    ticket = started(shop)
    early = shop("tick", ticket, "received")
    assert (early.code, f"tkt move {ticket} inspecting" in early.err) == (1, True)
    assert shop("move", ticket, "inspecting").code == 0
    assert shop("tick", ticket, "received").code == 0
    assert shop("move", ticket, "working").code == 0
    assert shop("tick", ticket, "received", "--undo").code == 0
    assert shop("tick", ticket, "received").code == 0


def test_commits_of_both_name_what_was_done(shop: Runner) -> None:
    ticket = started(shop, "refund=299")
    assert shop("approve", ticket, TKT_ACTOR="qian").code == 0
    trailers: dict[str, Any] = dict(
        line.split(": ", 1)
        for line in git(shop.folder, "log", "-1", "--format=%(trailers)").splitlines()
        if line
    )
    assert trailers["Action"] == "approve"
    assert trailers["Rule"] == "workflows/returns.yaml#approval"
