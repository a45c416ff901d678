"""Canned replies: whose they are, which is meant, and how they are said on a ticket."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from desks import commit_by_hand, git

if TYPE_CHECKING:
    from collections.abc import Mapping

    from conftest import Runner

TEAM = """\
agents:
  lin: {name: 林小满, email: [lin@shop.example], teams: [aftersales]}
  wang: {name: 王强, email: [wang@shop.example], teams: [presale]}
teams:
  aftersales: {name: 售后组, lead: lin}
  presale: {name: 售前组, lead: wang}
"""
WEEK = "亲，{{customer.name}}您好，订单 {{order}} 支持 7 天无理由退货，{{agent}} 为您办理"
REPLIES: Mapping[str, tuple[dict[str, Any], str]] = {
    "7day.md": ({"title": "七天无理由", "shortcut": ["7天", "qt"], "lang": "zh"}, WEEK),
    "7day.en.md": ({"title": "Seven days"}, "Hello, order {{order}} can be returned."),
    "7days-late.md": ({"title": "超过七天", "shortcut": "7天后"}, "亲，超过七天请看质保"),
    "size.md": ({"title": "尺码", "scope": "team", "team": "presale"}, "亲，请报身高体重"),
    "mine.md": ({"title": "我的问候", "scope": "personal", "owner": "wang"}, "亲，在的"),
    "hello.md": ({"title": "问候", "shortcut": "问候"}, "亲，您好"),
    "hello-wang.md": (
        {"title": "王强问候", "shortcut": "问候", "scope": "personal", "owner": "wang"},
        "亲，我是王强",
    ),
    "draft.md": ({"title": "新写的退货说明", "status": "draft"}, "亲，退货"),
    "odd.md": ({"title": "写错的"}, "亲，{{oder}} 和 {{运单号}}"),
    "freight.md": ({"title": "运费"}, "亲，退货的运费由我们承担，运单号 {{运单号}}"),
}  # fmt: skip


@pytest.fixture
def shop(tkt: Runner) -> Runner:
    desk = (tkt.folder / "tkt.yaml").read_text(encoding="utf-8")
    files: dict[str, bytes | None] = {
        "team.yaml": TEAM.encode(),
        "tkt.yaml": desk.replace("language: en", "language: zh").encode(),
    }
    for name, (front, body) in REPLIES.items():
        said = {"status": "published", **front}
        head = json.dumps(said, ensure_ascii=False)
        files[f"kb/reply/{name}"] = f"---\n{head}\n---\n\n{body}\n".encode()
    commit_by_hand(tkt.folder, files)
    return tkt


@pytest.fixture
def ticket(shop: Runner) -> str:
    return shop.new("想退货", "--customer", "小王", "--order", "2511002233")


def names(shop: Runner, *words: str, **said: str) -> list[str]:
    return [row["name"] for row in shop("canned", "find", *words, "--json", **said).json]


def last(shop: Runner, ticket_id: str) -> dict[str, Any]:
    return dict(shop("show", ticket_id, "--json").json["timeline"][-1])


# -- finding ----------------------------------------------------------------------------------


def test_what_begins_so_comes_before_what_has_the_words(shop: Runner) -> None:
    assert names(shop, "7天")[:2] == ["7day", "7days-late"]
    assert names(shop, "QT") == ["7day"]
    assert "freight" in names(shop, "运费")
    assert names(shop, "7天", "--limit", "1") == ["7day"]


def test_each_stands_there_once_with_one_line_of_what_it_says(shop: Runner) -> None:
    told = shop("canned", "find", "7day", "--lang", "en")
    assert told.out.splitlines()[1:][0].split("\t")[1:] == [
        "7day", "Seven days", "Hello, order {{order}} can be returned.",
    ]  # fmt: skip


def test_only_those_that_one_may_use_are_found(shop: Runner) -> None:
    assert names(shop, "尺码") == []
    assert names(shop, "尺码", TKT_ACTOR="wang") == ["size"]
    assert "mine" in names(shop, "问候", TKT_ACTOR="wang")
    assert "mine" not in names(shop, "问候")


def test_drafts_are_found_when_asked_for(shop: Runner) -> None:
    assert "draft" not in names(shop, "退货说明")
    assert "draft" in names(shop, "退货说明", "--all")


@pytest.mark.parametrize("odd", ['"', "*", "') OR 1", "😀", "退" * 10_000, "a:b", "NEAR("])
def test_nothing_that_is_typed_breaks_it(shop: Runner, odd: str) -> None:
    assert shop("canned", "find", "--", odd).code == 0


def test_nobody_else_s_is_said(shop: Runner, ticket: str) -> None:
    for name in ("mine", "size"):
        done = shop("reply", ticket, "--canned", name)
        assert (done.code, "for " in done.err) == (1, True)
    assert shop("reply", ticket, "--canned", "draft").code == 1
    wrong = shop("reply", ticket, "--canned", "7dya")
    assert (wrong.code, "7day" in wrong.err) == (3, True)


def test_of_one_shortcut_one_s_own_is_meant(shop: Runner, ticket: str) -> None:
    assert shop("reply", ticket, "--canned", "问候").code == 0
    assert last(shop, ticket)["canned"] == "hello"
    assert shop("reply", ticket, "--canned", "问候", TKT_ACTOR="wang").code == 0
    assert last(shop, ticket)["canned"] == "hello-wang"


def test_a_beginning_that_several_have_is_asked_about(shop: Runner, ticket: str) -> None:
    done = shop("reply", ticket, "--canned", "7d")
    assert (done.code, "7day, 7days-late" in done.err) == (2, True)


# -- saying -----------------------------------------------------------------------------------


def test_its_variables_are_put_in_and_the_event_says_what_it_was(shop: Runner, ticket: str) -> None:
    done = shop("reply", ticket, "--canned", "7天", "-m", "请留意消息")
    assert done.code == 0, done.err
    event = last(shop, ticket)
    said = "亲，小王您好，订单 2511002233 支持 7 天无理由退货，林小满 为您办理\n请留意消息"
    assert (event["text"], event["canned"], event["articles"]) == (said, "7day", ["reply/7day"])
    assert shop("check", ticket).code == 0


def test_an_empty_variable_sends_nothing_and_says_how_to_give_it(shop: Runner) -> None:
    bare = shop.new("想退货", "--customer", "小李")
    done = shop("reply", bare, "--canned", "7day")
    assert (done.code, "order" in done.err, "--set order=" in done.err) == (1, True, True)
    assert last(shop, bare)["do"] == "open"
    assert shop("reply", bare, "--canned", "7day", "--set", "订单=99").code == 0
    assert "订单 99 支持" in last(shop, bare)["text"]


def test_an_unknown_variable_is_told_with_the_nearest(shop: Runner, ticket: str) -> None:
    done = shop("reply", ticket, "--canned", "odd")
    assert (done.code, "order" in done.err, "kb/reply/odd.md" in done.err) == (1, True, True)
    given = ("--set", "oder=1", "--set", "运单号=SF100")
    assert shop("reply", ticket, "--canned", "odd", *given).code == 0
    assert last(shop, ticket)["text"] == "亲，1 和 SF100"


def test_a_value_for_nothing_is_a_slip(shop: Runner, ticket: str) -> None:
    done = shop("reply", ticket, "--canned", "7day", "--set", "ordr=1")
    assert (done.code, "order" in done.err) == (2, True)
    assert shop("reply", ticket, "--canned", "7day", "--set", "order").code == 2
    assert shop("reply", ticket, "亲", "--set", "order=1").code == 2


def test_what_a_customer_wrote_is_never_a_variable(shop: Runner) -> None:
    sly = shop.new("想退货", "--customer", "{{agent}}", "--order", "1")
    assert shop("reply", sly, "--canned", "7day").code == 0
    assert "亲，{{agent}}您好" in last(shop, sly)["text"]


def test_the_language_is_that_which_is_asked_for_else_the_customer_s(
    shop: Runner, ticket: str
) -> None:
    assert shop("reply", ticket, "--canned", "7day", "--lang", "en").code == 0
    assert last(shop, ticket)["text"].startswith("Hello, order")
    made = shop("customer", "add", "Tom", "phone=13800138000", "--json")
    assert made.code == 0, made.err
    (its_id,) = [row["id"] for row in shop("customer", "list", "Tom", "--json").json]
    path = git(shop.folder, "ls-files", "customers").splitlines()[0]
    text = (shop.folder / path).read_text(encoding="utf-8")
    commit_by_hand(shop.folder, {path: f"{text}preferences: {{language: 英文}}\n".encode()})
    theirs = shop.new("return", "--customer", its_id, "--order", "7")
    assert shop("reply", theirs, "--canned", "7day").code == 0
    assert last(shop, theirs)["text"] == "Hello, order 7 can be returned."


def test_a_language_that_is_not_there_is_remarked(shop: Runner, ticket: str) -> None:
    done = shop("reply", ticket, "--canned", "7day", "--lang", "fr")
    assert (done.code, "fr" in done.err) == (0, True)


def test_of_several_tickets_each_is_answered_as_it_is(shop: Runner, ticket: str) -> None:
    other = shop.new("退货二", "--customer", "小李", "--order", "88")
    bare = shop.new("退货三", "--customer", "小赵")
    done = shop("reply", ticket, other, bare, "--canned", "7day", "--json")
    assert (done.code, [row["ok"] for row in done.json]) == (1, [True, True, False])
    assert "小李您好，订单 88" in last(shop, other)["text"]
    found = shop("reply", "--where", "退货", "--canned", "7days-late", "--yes", "--json")
    assert [row["ok"] for row in found.json] == [True, True, True]


def test_it_works_in_a_batch(shop: Runner, ticket: str) -> None:
    line = json.dumps(["reply", ticket, "--canned", "7day"])
    (shop.folder / "actions.jsonl").write_text(f"{line}\n", encoding="utf-8")
    assert shop("batch", "actions.jsonl").code == 0
    assert last(shop, ticket)["canned"] == "7day"


def test_a_dry_run_shows_all_that_would_be_said(shop: Runner, ticket: str) -> None:
    done = shop("reply", ticket, "--canned", "7day", "--dry-run")
    assert (done.code, "林小满 为您办理" in done.out) == (0, True)
    assert last(shop, ticket)["do"] == "open"


def test_as_a_draft_it_says_what_it_was_when_it_is_sent(shop: Runner, ticket: str) -> None:
    assert shop("reply", ticket, "--canned", "7day", "--draft").code == 0
    assert last(shop, ticket)["do"] == "draft"
    assert shop("reply", ticket, "--send", TKT_ACTOR="wang").code == 0
    event = last(shop, ticket)
    assert (event["do"], event["canned"], event["articles"]) == ("reply", "7day", ["reply/7day"])


def test_a_person_may_go_on_writing_it(
    shop: Runner, ticket: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("EDITOR", "sed -i '1s/$/，祝好/'")
    monkeypatch.delenv("VISUAL", raising=False)
    assert shop("reply", ticket, "--canned", "7days-late", "--edit").code == 0
    event = last(shop, ticket)
    assert (event["text"], event["canned"]) == ("亲，超过七天请看质保，祝好", "7days-late")
    assert shop("reply", "--where", "退货", "--canned", "7day", "--edit").code == 2


def test_it_can_be_seen_as_it_would_be_said(shop: Runner, ticket: str) -> None:
    plain, filled = shop("canned", "show", "qt"), shop("canned", "show", "qt", "--for", ticket)
    assert "{{order}}" in plain.out
    assert "订单 2511002233" in filled.out
    assert shop("canned", "show", "qt", "--json").json["langs"] == ["en", "zh"]
    assert shop("canned", "show", "draft").code == 0


# -- counting ---------------------------------------------------------------------------------


def test_its_uses_are_counted_with_what_came_of_them(shop: Runner, ticket: str) -> None:
    later = {"TKT_NOW": "2026-11-21T15:00:00+08:00"}
    shop("reply", ticket, "--canned", "7day")
    shop("reply", ticket, "--canned", "7day", "--draft")  # a draft is no use of it
    shop("message", ticket, "还是不懂", **later)
    other = shop.new("退货二", "--customer", "小李", "--order", "88")
    shop("reply", other, "--canned", "7day", TKT_ACTOR="wang")
    shop("note", other, "已处理")
    assert shop("set", other, "cause=size", "workflow=simple").code in (0, 1)
    assert shop("resolve", other, "--message", "好了", **later).code == 0
    rows = {row["name"]: row for row in shop("canned", "stats", "--json").json}
    week = rows["7day"]
    assert (week["uses"], week["wrote_again"], week["resolved"], week["reopened"]) == (2, 1, 1, 0)
    assert week["by"] == {"lin": 1, "wang": 1}
    assert rows["hello"]["uses"] == 0
    none = shop("canned", "stats", "--since", "2026-11-21 15:30", "--json",
                TKT_NOW="2026-11-21T16:00:00+08:00")  # fmt: skip
    assert {row["uses"] for row in none.json} == {0}


def test_where_a_reply_has_all_the_words_those_with_some_of_them_are_not_listed(
    shop: Runner,
) -> None:
    more = {"late-freight": "亲，晚发的运费我们出", "late": "亲，晚发了很抱歉"}
    front = "---\ntitle: 晚\nstatus: published\n---\n\n"
    commit_by_hand(
        shop.folder, {f"kb/reply/{k}.md": f"{front}{v}\n".encode() for k, v in more.items()}
    )

    assert names(shop, "晚发", "运费") == ["late-freight"]
    assert set(names(shop, "晚发", "运费", "补偿")) >= {"late-freight", "late", "freight"}


MACROS = """
macros:
  讲七天:
    do: [{reply: {canned: qt}}, {tags: {add: [七天]}}]
  讲运费:
    with: [运单号, 备注]
    do: [{note: "{{备注}}"}, {reply: {canned: freight}}]
  讲别人的:
    do: [{reply: {canned: mine}}]
"""


def test_a_macro_says_a_canned_reply_and_counts_as_its_use(shop: Runner, ticket: str) -> None:
    desk = (shop.folder / "tkt.yaml").read_text(encoding="utf-8")
    commit_by_hand(shop.folder, {"tkt.yaml": (desk + MACROS).encode()})
    done = shop("macro", "run", "讲七天", ticket)
    assert done.code == 0, done.err
    said = shop("show", ticket, "--json").json["timeline"][1]
    assert (said["canned"], said["articles"], said["macro"]) == ("7day", ["reply/7day"], "讲七天")
    assert said["text"].startswith("亲，小王您好，订单 2511002233")
    given = ("--with", "运单号=SF1", "--with", "备注=不在话里也行")
    assert shop("macro", "run", "讲运费", ticket, *given).code == 0
    assert shop("show", ticket, "--json").json["timeline"][-1]["text"].endswith("运单号 SF1")
    refused = shop("macro", "run", "讲别人的", ticket)
    assert (refused.code, "wang" in refused.err) == (1, True)
