"""Rules: when they act, in which order, as whom, and what stops them."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from desks import git, log, status, without_processes
from tkt.domain.automation.rules import DEEPEST, MOST_EVENTS
from tkt.services import requiring
from tkt.services.stage import Stage

if TYPE_CHECKING:
    from pathlib import Path

    from conftest import Runner

TEAM = """\
agents:
  lin: {name: 林小满, email: [lin@shop.example], teams: [aftersales]}
  wang: {name: 王强, email: [wang@shop.example], teams: [presale]}
  zhao: {name: 赵敏, email: [zhao@shop.example], teams: [aftersales]}
teams:
  aftersales: {name: 售后组, lead: zhao}
  presale: {name: 售前组, lead: wang}
"""
COMPLAINT = """\
rules:
  - name: 投诉 升级
    on: open
    when: {category: complaint}
    do:
      - set: {priority: high, 破损部位: 破损}
      - tags: {add: [vip]}
      - assign: team:aftersales
      - tell: [lead, "team:presale"]
"""


def declare(desk: Path, text: str) -> None:
    """Add to tkt.yaml, in which fields are declared already, unless the text has its own."""
    path = desk / "tkt.yaml"
    said = path.read_text(encoding="utf-8")
    if "fields:" in text:
        said = said.partition("\nfields:")[0] + "\n"
    path.write_text(said + text, encoding="utf-8")


class Shop:
    """A desk with rules, and what is on its tickets."""

    def __init__(self, tkt: Runner) -> None:
        self.tkt = tkt
        without_processes(tkt.folder)
        (tkt.folder / "team.yaml").write_text(TEAM, encoding="utf-8")

    def rules(self, text: str) -> Shop:
        declare(self.tkt.folder, text)
        done = self.tkt("commit")
        assert done.code == 0, done.err
        return self

    def __call__(self, *args: str, **said: str) -> Any:
        done = self.tkt(*args, "--json", **said)
        assert done.code == 0, done.err
        return done.json

    def new(self, *args: str, title: str = "杯子碎了", **said: str) -> str:
        return str(self("new", title, *args, **said)["id"])

    def ticket(self, ticket_id: str) -> dict[str, Any]:
        ticket = self("show", ticket_id)
        assert isinstance(ticket, dict)
        return ticket

    def by_rules(self, ticket_id: str) -> list[tuple[str, str]]:
        timeline = self.ticket(ticket_id)["timeline"]
        return [(event["by"], event["do"]) for event in timeline if "rule" in event]


@pytest.fixture
def shop(tkt: Runner) -> Shop:
    return Shop(tkt)


def test_a_rule_acts_on_the_event_it_waits_for(shop: Shop) -> None:
    shop.rules(COMPLAINT)
    ticket = shop.ticket(shop.new("category=complaint"))
    assert (ticket["priority"], ticket["破损部位"], ticket["tags"], ticket["team"]) == (
        "high", "破损", ["vip"], "aftersales",
    )  # fmt: skip
    (remind,) = (event for event in ticket["timeline"] if event["do"] == "remind")
    assert remind["tell"] == ["zhao", "team:presale"]
    assert shop.by_rules(shop.new("category=refund")) == []
    assert shop.tkt("check").code == 0


def test_each_action_is_a_commit_by_the_rule_under_one_merge(shop: Shop, desk: Path) -> None:
    shop.rules(COMPLAINT)
    head = git(desk, "rev-parse", "HEAD")
    ticket_id = shop.new("category=complaint")
    assert len(log(desk, "%h", "--first-parent", f"{head}..")) == 1
    authors = log(desk, "%an", "--no-merges", f"{head}..")
    assert authors == ["投诉-升级"] * 4 + ["林小满"]
    message = git(desk, "log", "-1", "--format=%B", "HEAD^2")
    trailers = git(desk, "interpret-trailers", "--parse", stdin=message.encode()).splitlines()
    assert "Rule: tkt.yaml#rules.投诉 升级" in trailers
    assert {"Actor: 投诉-升级", f"Ticket: {ticket_id}", "Action: remind"} <= set(trailers)
    assert status(desk) == ""


def test_every_event_of_a_rule_names_the_rule_and_the_cause(shop: Shop) -> None:
    shop.rules(COMPLAINT)
    first, *others = shop.ticket(shop.new("category=complaint"))["timeline"]
    assert {(e["rule"], e["cause"]) for e in others} == {("tkt.yaml#rules.投诉 升级", first["id"])}
    assert all(event["id"].startswith(first["id"]) for event in others)


def test_rules_run_in_the_order_of_the_file_until_one_says_stop(shop: Shop) -> None:
    shop.rules("""\
rules:
  - {name: a, on: note, do: [{tags: {add: [a]}}]}
  - {name: b, on: note, do: [{tags: {add: [b]}}], stop: true}
  - {name: c, on: note, do: [{tags: {add: [c]}}]}
""")
    ticket_id = shop.new()
    shop("note", ticket_id, "看过")
    assert shop.by_rules(ticket_id) == [("a", "set"), ("b", "set")]


def test_a_later_rule_sees_what_an_earlier_one_did(shop: Shop) -> None:
    shop.rules("""\
rules:
  - {name: a, on: open, do: [{set: {priority: urgent}}]}
  - {name: b, on: open, when: "priority>=high", do: [{tags: {add: [急]}}]}
""")
    assert shop.ticket(shop.new())["tags"] == ["急"]


def test_a_workflow_has_rules_of_its_own_behind_those_of_the_desk(shop: Shop, desk: Path) -> None:
    (desk / "workflows" / "aftersales.yaml").write_text(
        "states:\n  new: {category: new}\n  open: {category: open}\n"
        "automation:\n  rules:\n    - {name: 流程, on: open, do: [note: 退货地址]}\n",
        encoding="utf-8",
    )
    shop.rules("rules:\n  - {name: 全店, on: open, do: [note: 欢迎]}\n")
    one, other = shop.new("workflow=aftersales"), shop.new()
    assert shop.by_rules(one) == [("全店", "note"), ("流程", "note")]
    assert shop.by_rules(other) == [("全店", "note")]
    last = shop.ticket(one)["timeline"][-1]
    assert last["rule"] == "workflows/aftersales.yaml#rules.流程"


def test_what_is_refused_to_a_rule_is_said_and_the_persons_own_action_stands(shop: Shop) -> None:
    shop.rules("""\
rules:
  - name: 开工
    on: note
    do: [{move: closed}, {move: open}, {tags: {add: [看过]}}]
""")
    ticket_id = shop.new()
    done = shop.tkt("note", ticket_id, "看过")
    assert done.code == 0
    assert "rule '开工' left out an action" in done.err
    ticket = shop.ticket(ticket_id)
    assert (ticket["status"], ticket["tags"]) == ("closed", ["看过"])
    said = shop.tkt("note", ticket_id, "再看", TKT_LANG="zh").err
    assert "规则“开工”" in said


def test_what_a_desk_requires_it_requires_of_rules_too(shop: Shop) -> None:
    shop.rules("""\
fields:
  破损部位: {required: "state:resolved"}
rules:
  - {name: 自动解决, on: note, do: [resolve]}
""")
    ticket_id = shop.new()
    assert "破损部位" in shop.tkt("note", ticket_id, "好了").err
    assert shop.ticket(ticket_id)["status"] == "new"
    shop("set", ticket_id, "破损部位=破损")
    shop("note", ticket_id, "好了")
    assert shop.ticket(ticket_id)["status"] == "resolved"


def test_rules_follow_from_one_another_but_no_rule_from_itself(shop: Shop) -> None:
    shop.rules("""\
rules:
  - {name: a, on: [note, set], do: [{set: {priority: high}}, {note: 甲}]}
  - {name: b, on: note, do: [{set: {priority: low}}]}
""")
    ticket_id = shop.new()
    done = shop.tkt("note", ticket_id, "开始")
    assert (done.code, done.err) == (0, "")
    assert shop.by_rules(ticket_id) == [("a", "set"), ("a", "note"), ("b", "set")]
    assert shop.tkt("check").code == 0


def test_a_long_chain_of_rules_ends_with_a_remark(shop: Shop) -> None:
    chain = "".join(
        f'  - {{name: r{n}, on: set, when: "tags:t{n}", do: [{{tags: {{add: [t{n + 1}]}}}}]}}\n'
        for n in reversed(range(9))
    )
    shop.rules(f"rules:\n{chain}")
    ticket_id = shop.new()
    done = shop.tkt("set", ticket_id, "tags=t0")
    assert done.code == 0
    assert "followed from one another 5 times" in done.err
    assert shop.ticket(ticket_id)["tags"] == [f"t{n}" for n in range(6)]


def test_a_preview_shows_what_rules_would_add(shop: Shop, desk: Path) -> None:
    shop.rules("rules:\n  - {name: 标, on: note, do: [{tags: {add: [看过]}}]}\n")
    ticket_id = shop.new()
    head = git(desk, "rev-parse", "HEAD")
    rows = shop("note", ticket_id, "-m", "看过", "--dry-run")
    assert [(row["action"], row["rule"]) for row in rows] == [
        ("note", None), ("set", "tkt.yaml#rules.标"),
    ]  # fmt: skip
    assert git(desk, "rev-parse", "HEAD") == head


def test_many_at_once_and_batches_call_for_rules_as_well(shop: Shop, tmp_path: Path) -> None:
    shop.rules("rules:\n  - {name: 标, on: note, do: [{tags: {add: [看过]}}]}\n")
    ids = [shop.new(title=f"杯子 {n}") for n in range(3)]
    shop("note", "-m", "看过", "--where", f"id:{ids[0]} or id:{ids[1]}", "--yes")
    lines = tmp_path / "lines.jsonl"
    lines.write_text(json.dumps(["note", ids[2], "看过"]) + "\n")
    assert shop.tkt("batch", str(lines)).code == 0
    assert [shop.by_rules(ticket_id) for ticket_id in ids] == [[("标", "set")]] * 3


def test_edits_by_hand_call_for_rules_as_well(shop: Shop, desk: Path) -> None:
    shop.rules("rules:\n  - {name: 急, on: set, when: {priority: urgent}, do: [tell: lin]}\n")
    ticket_id = shop.new()
    path = desk / shop.ticket(ticket_id)["path"]
    path.write_text(path.read_text().replace("priority: normal", "priority: urgent", 1))
    assert shop.tkt("commit").code == 0
    assert shop.by_rules(ticket_id) == [("急", "remind")]


def test_undo_takes_back_what_the_person_did_and_not_the_rule(shop: Shop) -> None:
    shop.rules("rules:\n  - {name: 标, on: note, do: [{tags: {add: [看过]}}]}\n")
    ticket_id = shop.new()
    shop("note", ticket_id, "错了")
    shop("undo")
    *_, last = shop.ticket(ticket_id)["timeline"]
    note = next(e for e in shop.ticket(ticket_id)["timeline"] if e["do"] == "note")
    assert last["undoes"] == [note["id"]]
    assert shop.ticket(ticket_id)["tags"] == ["看过"]


def test_rules_that_call_for_each_other_end(shop: Shop) -> None:
    shop.rules(
        "rules:\n"
        + "".join(f"  - {{name: r{n}, on: note, do: [note: 第 {n} 条]}}\n" for n in range(9))
    )
    ticket_id = shop.new()
    done = shop.tkt("note", ticket_id, "开始")
    assert done.code == 0
    assert done.err.count("100 things") == 1
    assert len(shop.by_rules(ticket_id)) == 100
    assert shop.tkt("check").code == 0


# -- the greeting -----------------------------------------------------------------------------

GREETING = """\
rules:
  - name: 问候
    on: [open, message]
    do:
      - auto_reply: {text: "亲，{{customer}}，已收到 {{order}}", once: per_day}
"""


def test_a_new_ticket_is_greeted_once_and_nobody_has_answered(shop: Shop) -> None:
    shop.rules(GREETING)
    ticket_id = shop.new("--customer", "小王", "--order", "2511002233", "--channel", "wechat")
    shop("message", ticket_id, "在吗")
    ticket = shop.ticket(ticket_id)
    (greeting,) = (event for event in ticket["timeline"] if event["do"] == "auto_reply")
    assert greeting["text"] == "亲，小王，已收到 2511002233"
    assert (greeting["by"], greeting["via"]) == ("问候", "wechat")
    assert ticket["waiting_since"] is not None
    assert [row["id"] for row in shop("list", "first_reply:none")] == [ticket_id]


def test_a_customer_is_greeted_once_a_day(shop: Shop) -> None:
    shop.rules(GREETING)
    who = ("--customer", "小王", "--order", "A100")
    first, second = shop.new(*who), shop.new(*who)
    other = shop.new("--customer", "小李", "--order", "A200")
    later = shop.new(*who, TKT_NOW="2026-11-22T15:00:00+08:00")
    greeted = [bool(shop.by_rules(i)) for i in (first, second, other, later)]
    assert greeted == [True, False, True, True]


def test_an_empty_variable_leaves_the_greeting_out_and_says_so(shop: Shop) -> None:
    shop.rules(GREETING)
    done = shop.tkt("new", "杯子", "--customer", "小王")
    assert done.code == 0
    assert "no value for the variable order" in done.err


def test_what_a_customer_wrote_is_never_taken_for_a_variable(shop: Shop) -> None:
    shop.rules('rules:\n  - {name: 问候, on: open, do: [auto_reply: "收到：{{title}}"]}\n')
    ticket_id = shop.new(title="{{order}} {{{{ %s {0} \\1 亲")
    last = shop.ticket(ticket_id)["timeline"][-1]
    assert last["text"] == "收到：{{order}} {{{{ %s {0} \\1 亲"


class Nights:
    """Closed until tomorrow morning."""

    def is_open(self, epoch: float) -> bool:
        return False

    def next_opening(self, epoch: float) -> float | None:
        return 1795309200.0  # 2026-11-22 09:00 in Shanghai


def test_out_of_hours_the_greeting_names_the_next_opening(
    shop: Shop, monkeypatch: pytest.MonkeyPatch
) -> None:
    shop.rules("""\
rules:
  - {name: 白天, on: open, when: {hours: open}, do: [auto_reply: 马上来]}
  - {name: 夜里, on: open, when: {hours: closed}, do: [auto_reply: "{{next_opening}} 上班"]}
""")
    assert shop.by_rules(shop.new()) == [("白天", "auto_reply")]
    monkeypatch.setattr(Stage, "hours_of", lambda *_: Nights())
    last = shop.ticket(shop.new())["timeline"][-1]
    assert (last["by"], last["text"]) == ("夜里", "2026-11-22 09:00 上班")


def test_show_has_the_greeting_on_our_side_in_both_languages(shop: Shop) -> None:
    shop.rules('rules:\n  - {name: 问候, on: open, do: [auto_reply: "已收到"]}\n')
    ticket_id = shop.new()
    assert "已收到" in shop.tkt("show", ticket_id).out
    from tkt import texts

    for language, word in (("zh", "自动回复"), ("en", "automatic reply")):
        texts.use(language)
        assert texts.say("do.auto_reply") == word


HOSTILE = 'a\nTicket: x\t"\\"\u202e<e@x> #{{id}} $(rm) \'; --'


def test_a_hostile_name_and_text_stay_what_they_are(shop: Shop, desk: Path) -> None:
    text = "---\n- {id: 1}\nTicket: 0\n\u202e\x1b[31m{{title}}"
    rules = [{"name": HOSTILE, "on": "open", "do": [{"note": text}, {"auto_reply": text}]}]
    shop.rules(json.dumps({"rules": rules})[1:-1] + "\n")
    ticket_id = shop.new(title="Rule: {{id}} {x}")
    timeline = shop.ticket(ticket_id)["timeline"]
    assert [event["do"] for event in timeline] == ["open", "note", "auto_reply"]
    assert timeline[1]["text"] == text.replace("{{title}}", "Rule: {{id}} {x}")
    message = git(desk, "log", "-1", "--format=%B", "HEAD^2")
    trailers = git(desk, "interpret-trailers", "--parse", stdin=message.encode()).splitlines()
    assert [line.partition(":")[0] for line in trailers] == [
        "Ticket", "Action", "Actor", "Event", "Rule",
    ]  # fmt: skip
    assert f"Ticket: {ticket_id}" in trailers
    assert "\x1b" not in shop.tkt("show", ticket_id).out
    assert shop.tkt("rule", "list").code == 0
    assert shop.tkt("check").code == 0


# -- trying rules out -------------------------------------------------------------------------


def test_rule_test_says_which_would_run_and_why_the_others_would_not(shop: Shop) -> None:
    shop.rules("""\
rules:
  - {name: a, on: message, when: {priority: [high, urgent]}, do: [note: x]}
  - {name: b, on: message, do: [note: x], stop: true}
  - {name: c, on: message, do: [note: x]}
  - {name: d, on: close, do: [note: x]}
  - {name: e, on: message, when: "tags:vip", do: [note: x]}
""")
    ticket_id = shop.new()
    rows = shop("rule", "test", ticket_id, "--on", "message")
    assert [(row["name"], row["fires"]) for row in rows] == [
        ("a", False), ("b", True), ("c", False), ("d", False), ("e", False),
    ]  # fmt: skip
    assert rows[0]["why"] == [
        {"what": "field", "field": "priority", "wanted": "high,urgent", "found": "normal"}
    ]
    assert [row["why"][0]["what"] for row in rows[2:]] == ["stopped", "on", "query"]
    assert shop.tkt("rule", "test", ticket_id, "--on", "nothing").code == 2
    assert shop.tkt("rule", "test", ticket_id, "--on", "99").code == 3
    assert len(shop.ticket(ticket_id)["timeline"]) == 1


def test_rule_list_has_the_rules_in_their_order(shop: Shop) -> None:
    shop.rules(COMPLAINT)
    (row,) = shop("rule", "list")
    assert (row["name"], row["on"], row["where"]) == (
        "投诉 升级", ["open"], "tkt.yaml#rules.投诉 升级",
    )  # fmt: skip
    assert row["when"] == {"category": ["complaint"]}


def test_what_a_program_reads_line_by_line_is_words_and_no_json(shop: Shop) -> None:
    shop.rules("""\
rules:
  - {name: a, on: message, when: {priority: [high, urgent]}, do: [note: x]}
macros:
  m: {label: {zh: 催单, en: urge}, do: [note: x, tags: {add: [催单]}]}
""")
    told = shop.tkt("rule", "list").out
    told += shop.tkt("macro", "list").out
    told += shop.tkt("calendar", "list").out
    told += shop.tkt("rule", "test", shop.new(), "--on", "message").out
    assert "{" not in told
    assert "priority:high,urgent" in told
    assert "field field=priority wanted=high,urgent found=normal" in told


def test_rule_test_leaves_out_the_rules_of_other_workflows(shop: Shop) -> None:
    flows = shop.tkt.folder / "workflows"
    flows.mkdir(exist_ok=True)
    (flows / "other.yaml").write_text(
        "states: {new: {category: new}, closed: {category: closed}}\n"
        "automation: {rules: [{name: 别处, on: open, do: [note: x]}]}\n",
        encoding="utf-8",
    )
    shop.rules("rules: [{name: 这里, on: open, do: [note: x]}]\n")
    assert [row["name"] for row in shop("rule", "list")] == ["这里", "别处"]
    assert [row["name"] for row in shop("rule", "test", shop.new())] == ["这里"]


# -- faults -----------------------------------------------------------------------------------


def test_a_faulty_rule_is_named_with_its_place_and_stops_nothing_else(
    shop: Shop, desk: Path
) -> None:
    bad = """\
rules:
  - name: 好的
    on: open
    do:
      - note: 好
  - name: 坏的
    on: opne
    do:
      - set: {priority: hihg}
"""
    path = desk / "tkt.yaml"
    first = len(path.read_text().splitlines())
    path.write_text(path.read_text() + bad)
    git(desk, "commit", "-qam", "by hand")
    done = shop.tkt("check")
    assert done.code == 1
    assert f"tkt.yaml:{first + 7}:" in done.out
    assert "open" in done.out
    assert shop.by_rules(shop.new()) == [("好的", "note")]


def chatty(count: int) -> str:
    """Rules that call for each other, each by two actions."""
    return "rules:\n" + "".join(
        f"  - name: 规则{n}\n    on: [open, set, note]\n"
        f"    do: [{{note: 第{n}条}}, {{set: {{priority: {'high' if n % 2 else 'low'}}}}}]\n"
        for n in range(count)
    )


def test_where_rules_call_for_each_other_it_is_said_in_a_line_each_with_the_rule(
    shop: Shop,
) -> None:
    shop.rules(chatty(8))
    done = shop.tkt("new", "杯子碎了", "--json")
    assert done.code == 0
    its_id = done.json["id"]
    assert len(shop.by_rules(its_id)) == MOST_EVENTS
    deep, many = done.err.splitlines()
    assert f"followed from one another {DEEPEST} times (last 规则" in deep
    assert f"rules have done {MOST_EVENTS} things on {its_id} and stop here, before 规则" in many


def test_as_many_things_as_rules_may_do_are_no_reason_for_a_remark(shop: Shop) -> None:
    tags = "".join(
        f"  - {{name: 规则{n}, on: open, do: [{{tags: {{add: [t{n}]}}}}]}}\n"
        for n in range(MOST_EVENTS)
    )
    shop.rules(f"rules:\n{tags}")
    done = shop.tkt("new", "杯子碎了", "--json")
    assert (done.code, done.err) == (0, "")
    assert len(shop.by_rules(done.json["id"])) == MOST_EVENTS


def test_however_many_rules_ask_what_a_ticket_is_like_it_is_looked_at_once(
    shop: Shop, monkeypatch: pytest.MonkeyPatch
) -> None:
    queries = "".join(
        f"  - {{name: 规则{n}, on: open, when: '杯子 退款{n}', do: [{{note: 一}}]}}\n"
        for n in range(50)
    )
    last = "  - {name: 末条, on: open, when: 碎了, do: [{note: 二}]}\n"
    shop.rules(f"rules:\n{queries}{last}")
    looked = []
    derived = requiring._derived

    def counted(*args: Any) -> Any:
        looked.append(args)
        return derived(*args)

    monkeypatch.setattr(requiring, "_derived", counted)
    assert shop.by_rules(shop.new()) == [("末条", "note")]
    assert len(looked) == 1
