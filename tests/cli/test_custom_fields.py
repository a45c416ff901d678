"""The fields that a desk declares in tkt.yaml, wherever a ticket is written or read."""

from __future__ import annotations

import io
import json
import re
import shlex
from pathlib import Path
from typing import Any

import pytest
import worlds

from conftest import Result, Runner, run_here, settings_for
from desks import assert_index_is_right, commit_by_hand, git, ticket_path
from tkt import texts
from tkt.storage import refreshing, yaml

PAGE = Path(__file__).parents[2] / "kb" / "training" / "custom-fields.md"
FIELDS = """\
fields:
  refund:
    label: {zh: 退款金额, en: refund}
    type: money
    categories: [refund, quality]
    required: 'state:resolved,closed'
    staff_only: true
  size: {type: choice, label: {zh: 尺码, en: size}, choices: {s: 小号, m: {zh: 中号, en: medium}}}
  bought: {type: date, label: {zh: 购买日期, en: bought on}}
  contact: {type: phone, private: keep, label: {zh: 联系电话, en: contact}}
  source: {type: choice, choices: [online, shop], default: online, categories: [refund]}
"""


def declare(folder: Path, text: str = FIELDS) -> None:
    """Commit a tkt.yaml that declares fields; all tickets go through the general workflow."""
    files: dict[str, bytes | None] = {
        path: None
        for path in git(folder, "ls-files", "workflows", "classify.yaml").split()
        if "simple" not in path
    }
    commit_by_hand(folder, {**files, "tkt.yaml": f"name: shop\n{text}".encode()}, "字段")


@pytest.fixture(autouse=True)
def _declared(desk: Path) -> None:
    declare(desk)


def fields_of(tkt: Runner, ticket: str, *names: str) -> list[Any]:
    """Values in the ticket's file; None for a key that is not there."""
    doc = yaml.load((tkt.folder / ticket_path(tkt.folder, ticket)).read_bytes(), path=ticket)
    return [doc.get(name) for name in names]


def refused(result: Result, *words: str, code: int) -> None:
    assert result.code == code, result
    for word in words:
        assert word in result.err, result.err


def test_the_lines_of_the_page_run(tmp_path: Path) -> None:
    page = PAGE.read_text(encoding="utf-8")
    settings, lines = (
        re.search(rf"```{kind}\n(.*?)```", page, re.DOTALL) for kind in ("yaml", "sh")
    )
    assert settings
    assert lines
    shop = worlds.make_world(tmp_path / "world", "zh")
    declare(shop, settings[1])
    for line in lines[1].splitlines():
        _, *words = shlex.split(line, comments=True)
        done = run_here(shop, *words)
        assert done.code == 0, (line, done.err)
    assert run_here(shop, "check").code == 0


# -- opening ------------------------------------------------------------------------------------


def test_a_ticket_is_opened_with_what_people_type(tkt: Runner) -> None:
    ticket = tkt.new(
        "杯子碎了", "类别=refund", "退款金额=¥1，299．５０", "尺码=中号", "购买日期=11月11日",
        "contact=+86 138-0013-8000",
    )  # fmt: skip
    assert fields_of(tkt, ticket, "refund", "size", "bought", "contact") == [
        1299.5, "m", "2026-11-11", "13800138000",
    ]  # fmt: skip
    assert_index_is_right(tkt.folder)


def test_a_default_is_there_where_the_field_applies_and_nothing_was_said(tkt: Runner) -> None:
    assert fields_of(tkt, tkt.new("一", "category=refund"), "source") == ["online"]
    assert fields_of(tkt, tkt.new("二", "category=refund", "source=shop"), "source") == ["shop"]
    assert fields_of(tkt, tkt.new("三", "category=refund", "source="), "source") == [None]
    assert fields_of(tkt, tkt.new("四", "category=presale"), "source") == [None]
    assert fields_of(tkt, tkt.new("五"), "source") == [None]


@pytest.mark.parametrize(
    ("words", "told", "code"),
    [
        (["category=refund", "退款金额=很多"], "退款金额", 2),
        (["尺码=特大"], "小号", 3),
        (["尺码=中"], "是不是 中号", 3),
        (["bought=上个月"], "购买日期", 2),
        (["contact=1234"], "联系电话", 2),
        (["refund=5"], "refund, quality", 1),
        (["category=presale", "refund=5"], "presale", 1),
        (["refnd=5"], "refund", 2),
        (["size+=s"], "size", 2),
    ],
)
def test_what_a_field_cannot_hold_is_refused(
    tkt: Runner, words: list[str], told: str, code: int
) -> None:
    refused(tkt("new", "杯子", *words, TKT_LANG="zh"), told, code=code)
    ticket = tkt.new()
    head = git(tkt.folder, "rev-parse", "HEAD")
    refused(tkt("set", ticket, *words, TKT_LANG="zh"), told, code=code)
    assert git(tkt.folder, "rev-parse", "HEAD") == head


def test_a_field_may_be_needed_from_the_beginning(tkt: Runner) -> None:
    declare(tkt.folder, "fields: {bought: {type: date, required: all, label: 购买日期}}\n")
    refused(tkt("new", "杯子"), "购买日期", "bought=…", code=1)
    assert fields_of(tkt, tkt.new("杯子", "bought=昨天"), "bought") == ["2026-11-20"]
    declare(tkt.folder, "fields: {bought: {type: date, required: all, default: 今天}}\n")
    assert fields_of(tkt, tkt.new("杯子"), "bought") == ["2026-11-21"]


def test_undeclared_fields_are_as_plain_as_ever(tkt: Runner) -> None:
    ticket = tkt.new("杯子", "colour=red")
    assert tkt("set", ticket, "colour+=blue", "奇怪=￥5").code == 0
    assert fields_of(tkt, ticket, "colour", "奇怪") == [["red", "blue"], "￥5"]


# -- changing -----------------------------------------------------------------------------------


def test_setting_one_and_many_and_only_looking(tkt: Runner) -> None:
    one, two = tkt.new("一", "category=refund"), tkt.new("二")
    looked = tkt("set", "--where", "all", "refund=５元", "size=小号", "--dry-run", "--json")
    assert looked.code == 1
    told = {row["id"]: row for row in looked.json}
    assert (told[one]["ok"], told[two]["ok"]) == (True, False)
    assert told[one]["set"] == {"refund": 5, "size": "s"}
    assert fields_of(tkt, one, "refund") == [None]
    assert tkt("set", one, two, "refund=５元").code == 1
    assert [fields_of(tkt, each, "refund") for each in (one, two)] == [[5], [None]]


def test_a_value_stays_when_the_category_changes_and_can_be_taken_away(tkt: Runner) -> None:
    ticket = tkt.new("一", "category=refund", "refund=5")
    assert tkt("set", ticket, "category=presale").code == 0
    assert fields_of(tkt, ticket, "refund") == [5]
    assert tkt("check").code == 0
    refused(tkt("set", ticket, "refund=6"), "category=refund refund=…", code=1)
    assert tkt("set", ticket, "refund=6", "category=quality").code == 0
    assert tkt("set", ticket, "category=presale", "refund=无").code == 0
    assert fields_of(tkt, ticket, "refund") == [None]


def test_batch_keeps_to_the_same_rules(tkt: Runner) -> None:
    lines = [["new", "一", "category=refund", "refund=１２９"], ["new", "二", "refund=5"]]
    file = tkt.folder.parent / "lines.jsonl"
    file.write_text("".join(json.dumps(line) + "\n" for line in lines), encoding="utf-8")
    one, two = map(json.loads, tkt("batch", str(file)).out.splitlines())
    assert one["result"]["ticket"]["refund"] == 129
    assert (two["ok"], two["exit"]) == (False, 1)


@pytest.mark.parametrize(
    "command",
    [["resolve"], ["close"], ["move", "已解决"], ["reply", "好了", "--to", "resolved"],
     ["set", "status=resolved"], ["set", "status=closed", "refund="]],
)  # fmt: skip
def test_what_is_required_stops_whatever_would_leave_it_out(
    tkt: Runner, command: list[str]
) -> None:
    ticket = tkt.new("一", "category=refund", *(["refund=5"] if "refund=" in command else []))
    verb, *rest = command
    for also in (["--dry-run"], []):
        result = tkt(verb, ticket, *rest, *also, TKT_LANG="zh")
        refused(result, "" if also else f"tkt set {ticket} refund=…", code=1)
        assert "退款金额" in result.out + result.err
    assert fields_of(tkt, ticket, "status") == ["new"]
    assert tkt("set", ticket, "refund=5", "status=resolved").code == 0


def test_old_tickets_are_not_stopped_by_a_rule_made_later(tkt: Runner) -> None:
    declare(tkt.folder, "")
    ticket = tkt.new("一", "category=refund")
    assert tkt("resolve", ticket).code == 0
    declare(tkt.folder)
    assert tkt("note", ticket, "顾客满意").code == 0
    assert tkt("reply", ticket, "再见").code == 0
    assert tkt("set", ticket, "priority=high").code == 0
    assert tkt("close", ticket).code == 0
    assert tkt("reopen", ticket).code == 0
    assert tkt("resolve", ticket).code == 1


def test_a_query_that_makes_no_sense_stops_nobody_and_is_named(tkt: Runner) -> None:
    declare(tkt.folder, "fields:\n  refund: {type: money, required: 'state:resolvd'}\n")
    assert tkt("resolve", tkt.new()).code == 0
    (finding,) = tkt("check", "--json").json
    assert (finding["path"], finding["line"], finding["column"], finding["error"]) == (
        "tkt.yaml", 3, 25, "custom.bad_query_like"
    )  # fmt: skip
    assert "resolved" in finding["message"]


def test_what_is_split_off_is_a_new_ticket(tkt: Runner) -> None:
    ticket = tkt.new("一", "category=refund", "-m", "杯子碎了", "--customer", "小王")
    assert tkt("message", ticket, "还有一件要退").code == 0
    refused(tkt("split", ticket, "--from", "2", "size=xl"), "s 小号", code=3)
    refused(tkt("split", ticket, "--from", "2", "category=presale", "refund=5"), code=1)
    new = tkt("split", ticket, "--from", "2", "退款金额=80", "--json").json["id"]
    assert fields_of(tkt, new, "refund", "source", "category") == [80, "online", "refund"]


# -- other ways in ------------------------------------------------------------------------------


def imported(tkt: Runner, name: str, text: str) -> Result:
    file = tkt.folder.parent / name
    file.write_text(text, encoding="utf-8")
    return tkt("import", str(file), "--json")


def test_a_table_is_read_with_labels_and_what_people_write(tkt: Runner) -> None:
    head = "标题,类别,退款金额,尺码,购买日期,联系电话\n"
    text = "杯子,refund,￥99,小号,2026/11/3 0:00:00,138 0013 8000\n"
    assert imported(tkt, "a.csv", head + text).json["imported"] == 1
    (row,) = tkt("list", "all", "--json").json
    assert [row[name] for name in ("refund", "size", "bought", "contact")] == [
        99, "s", "2026-11-03", "13800138000",
    ]  # fmt: skip
    assert "source" not in row  # an import tells what was, and nothing that nobody said


def test_a_record_that_does_not_fit_is_named_by_line_and_column(tkt: Runner) -> None:
    text = "标题,类别,退款金额\n一,refund,很多\n二,presale,5\n三,refund,5\n"
    result = imported(tkt, "a.csv", text)
    assert result.code == 1
    one, two = result.json["remarks"]
    assert (one["line"], one["column"]) == (2, 3)
    assert one["message"].startswith("refund should be an amount")
    assert (two["line"], two["column"]) == (3, 3)
    assert two["message"].startswith("refund is only for")
    assert [row["title"] for row in tkt("list", "--json").json] == ["三"]


def test_records_of_programs_are_held_to_the_same(tkt: Runner) -> None:
    rows = [
        {"title": "一", "category": "refund", "refund": 12.5, "contact": 13800138000},
        {"title": "二", "category": "refund", "refund": 12.555},
        {"title": "三", "timeline": [
            {"at": "2026-11-01 09:00", "by": "客户", "do": "open", "text": "碎了"},
            {"at": "2026-11-01 10:00", "do": "set", "set": {"尺码": "中号", "refund": "８元"}},
        ]},
        {"title": "四", "timeline": [
            {"at": "2026-11-01 10:00", "do": "set", "set": {"尺码": "特大"}},
        ]},
    ]  # fmt: skip
    result = imported(tkt, "a.jsonl", "".join(json.dumps(row) + "\n" for row in rows))
    assert [result.json[key] for key in ("imported", "failed")] == [2, 2]
    found = {row["title"]: row for row in tkt("list", "all", "--json").json}
    assert (found["一"]["refund"], found["一"]["contact"]) == (12.5, "13800138000")
    assert (found["三"]["refund"], found["三"]["size"]) == (8, "m")


def edit(tkt: Runner, ticket: str, old: str, new: str) -> Path:
    file = tkt.folder / ticket_path(tkt.folder, ticket)
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), encoding="utf-8")
    return file


def test_what_is_written_by_hand_becomes_the_stored_value(tkt: Runner) -> None:
    ticket = tkt.new("一", "category=refund")
    edit(
        tkt,
        ticket,
        "timeline:",
        'refund: ￥129 # 全额\nbought: 昨天\ncontact: "138 0013 8000"\ntimeline:',
    )
    assert tkt("check").code == 0
    assert tkt("commit").code == 0
    assert fields_of(tkt, ticket, "refund", "bought", "contact") == [
        129, "2026-11-20", "13800138000",
    ]  # fmt: skip
    assert "# 全额" in (tkt.folder / ticket_path(tkt.folder, ticket)).read_text(encoding="utf-8")
    assert tkt("check").code == 0
    assert_index_is_right(tkt.folder)


@pytest.mark.parametrize(
    ("line", "key"),
    [
        ("refund: 很多", "custom.not_money"),
        ("contact: 05718888", "custom.not_phone"),
        ("size: xl", "custom.not_choice"),
        ("bought: 2026", "custom.not_date"),
    ],
)
def test_what_cannot_be_stored_is_named_where_it_stands(tkt: Runner, line: str, key: str) -> None:
    ticket = tkt.new("一", "category=refund")
    file = edit(tkt, ticket, "timeline:", f"{line}\ntimeline:")
    number = file.read_text(encoding="utf-8").splitlines().index(line) + 1
    (finding,) = tkt("check", "--json").json
    assert (finding["line"], finding["column"], finding["error"]) == (number, 1, key)
    assert f":{number}:1: " in tkt("commit").err
    assert tkt("commit").code == 1


def test_an_edit_keeps_to_categories_and_to_what_is_required(tkt: Runner) -> None:
    ticket = tkt.new("一")
    edit(tkt, ticket, "timeline:", "refund: 5\ntimeline:")
    assert [each["error"] for each in tkt("check", "--json").json] == ["custom.elsewhere"]
    refused(tkt("commit"), "refund, quality", code=1)
    edit(tkt, ticket, "refund: 5\n", "category: refund\n")
    edit(tkt, ticket, "status: new", "status: resolved")
    refused(tkt("commit"), "needs refund", code=1)
    edit(tkt, ticket, "timeline:", "refund: 5\ntimeline:")
    assert tkt("commit").code == 0


def test_a_ticket_written_by_hand_has_its_defaults(tkt: Runner) -> None:
    file = tkt.folder / "tickets/2026/11/21/7/261121-7KQ4.yaml"
    file.parent.mkdir(parents=True)
    file.write_text("title: 手写的\ncategory: refund\n退款: 1\nrefund: 5元\n", encoding="utf-8")
    assert tkt("commit").code == 0, tkt("commit").err
    assert fields_of(tkt, "261121-7KQ4", "refund", "source", "退款") == [5, "online", 1]


def test_an_event_added_by_hand_is_checked_too(tkt: Runner) -> None:
    ticket = tkt.new("一", "category=refund")
    file = tkt.folder / ticket_path(tkt.folder, ticket)
    with file.open("a", encoding="utf-8") as stream:
        stream.write("  - {do: set, set: {refund: many}}\n")
    number = len(file.read_text(encoding="utf-8").splitlines())
    assert f":{number}:21: refund should be an amount" in tkt("commit").err


def test_check_names_values_from_before_a_field_was_declared(tkt: Runner) -> None:
    declare(tkt.folder, "")
    ticket = tkt.new("一", "refund=一百", "size=m")
    assert tkt("check").code == 0
    declare(tkt.folder)
    path = ticket_path(tkt.folder, ticket)
    lines = (tkt.folder / path).read_text(encoding="utf-8").splitlines()
    told = tkt("check", TKT_LANG="zh")
    assert told.out == (
        f"{path}:{lines.index('refund: 一百') + 1}:1: "
        "退款金额应是金额，最多两位小数，不能写：一百\n"
    )
    assert "¥129" in told.err
    assert tkt("note", ticket, "照常处理").code == 0
    assert tkt("set", ticket, "refund=100", "category=refund").code == 0
    assert tkt("check").code == 0


def test_very_many_tickets_are_checked_against_the_fields_on_all_cores(
    tkt: Runner, monkeypatch: pytest.MonkeyPatch
) -> None:
    from tkt.storage import parallel

    monkeypatch.setattr(parallel, "_ALONE", 0)
    monkeypatch.setattr(parallel, "_CHUNK", 1)
    monkeypatch.setattr("os.cpu_count", lambda: 2)
    declare(tkt.folder, "")
    for size in ("m", "xl", "xxl"):
        tkt.new("一", f"size={size}")
    declare(tkt.folder)
    assert [each["error"] for each in tkt("check", "--json").json] == ["custom.not_choice"] * 2


# -- settings -----------------------------------------------------------------------------------


def test_fields_take_effect_at_the_next_command_without_a_new_index(
    tkt: Runner, monkeypatch: pytest.MonkeyPatch
) -> None:
    ticket = tkt.new("一", "size=m")

    def never(*_args: object, **_more: object) -> None:
        raise AssertionError("the index was made anew")

    monkeypatch.setattr(refreshing, "build", never)
    declare(tkt.folder, "fields: {size: {type: choice, label: 大小, choices: {m: 中, x: 特}}}\n")
    assert [row["id"] for row in tkt("list", "大小:中", "--json").json] == [ticket]
    assert tkt("set", ticket, "大小=特").code == 0
    monkeypatch.undo()
    assert_index_is_right(tkt.folder)


def test_a_mistake_is_named_and_tkt_commit_does_not_take_it(tkt: Runner) -> None:
    (tkt.folder / "tkt.yaml").write_text("fields:\n  refund: {label: 退款, type: mony}\n")
    (finding,) = tkt("check", "--json").json
    assert (finding["line"], finding["column"]) == (2, 23)
    assert finding["message"] == "there is no field type 'mony'; did you mean money?"
    refused(tkt("commit"), "tkt.yaml:2:23:", code=1)


def test_edited_settings_are_what_tickets_are_checked_against(tkt: Runner) -> None:
    tkt.new("一", "size=m")
    (tkt.folder / "tkt.yaml").write_text("fields: {size: {type: number}}\n")
    assert [each["error"] for each in tkt("check", "--json").json] == ["custom.not_number"]


# -- looking ------------------------------------------------------------------------------------


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def seen(folder: Path, *args: str, **said: str) -> str:
    """What a person sees at a terminal."""
    from tkt.cli.env import Env
    from tkt.cli.main import run_in
    from tkt.cli.out import Streams

    out = Terminal()
    said = {"NO_COLOR": "1", "COLUMNS": "120", **said}
    env = Env(settings_for(said), Streams(out, io.StringIO()), io.StringIO(), str(folder))
    assert run_in(env, args) == 0
    env.desk.index.close()
    return out.getvalue()


@pytest.fixture
def ticket(tkt: Runner) -> str:
    ticket = tkt.new("杯子碎了", "category=refund", "refund=129.5", "size=m", "bought=11-11")
    tkt("set", ticket, "size=s", "bought=")
    tkt("set", ticket, "size=m", "bought=11-12")
    return ticket


def test_people_see_labels(tkt: Runner, ticket: str) -> None:
    told = seen(tkt.folder, "show", ticket, TKT_LANG="zh")
    for line in (
        "退款金额  129.50",
        "尺码      中号",
        "购买日期  2026-11-12",
        "尺码 小号",
        "购买日期 –",
    ):
        assert line in told, told
    told = seen(tkt.folder, "show", ticket, TKT_LANG="en")
    for line in ("size       medium", "bought on  2026-11-12", "refund     129.50"):
        assert line in told, told


def test_programs_see_what_stands_in_the_file(tkt: Runner, ticket: str) -> None:
    shown = tkt("show", ticket, "--json").json
    assert (shown["refund"], shown["size"], shown["bought"]) == (129.5, "m", "2026-11-12")
    plain = tkt("show", ticket).out
    assert "size\tm\n" in plain
    head, row = (line.split(",") for line in tkt("list", "--csv").out.splitlines())
    told = dict(zip(head, row, strict=True))
    assert [told[n] for n in ("refund", "size", "bought", "contact", "source")] == [
        "129.5", "m", "2026-11-12", "", "online",
    ]  # fmt: skip


def test_a_list_shows_people_the_fields_that_they_ask_for(tkt: Runner, ticket: str) -> None:
    assert "退款金额" not in seen(tkt.folder, "list", TKT_LANG="zh")
    head, row = seen(tkt.folder, "list", "退款金额>100 sort:尺码", TKT_LANG="zh").splitlines()
    assert head.split()[-3:] == ["退款金额", "尺码", "标题"]
    assert row.split()[-3:] == ["129.50", "中号", "杯子碎了"]
    told = tkt("list", "size:m", "--markdown").out
    assert "medium" in told


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("refund>100", True), ("refund>１２９", True), ("refund:¥129.50", True),
        ('退款金额:"1,00.00"..200', None), ('退款金额:"￥100.00"..200', True),
        ("refund>130", False),
        ("size:中号", True), ("尺码:medium", True), ("size:s", False), ("尺码:特大", None),
        ("bought>2026-11-01", True), ("bought:11月12日", True), ("购买日期<11-12", False),
        ("bought:-30d..", True), ("contact:无", True), ("contact:any", False),
        ("refund:any -size:s sort:-refund,bought", True), ("refund:很多", None),
    ],
)  # fmt: skip
def test_queries_know_types_and_labels(
    tkt: Runner, ticket: str, query: str, found: bool | None
) -> None:
    result = tkt("list", query, "--json")
    if found is None:
        assert result.code == 2
    else:
        assert [row["id"] for row in result.json] == ([ticket] if found else [])


def offered(folder: Path, line: str) -> list[str]:
    from tkt.cli.env import Env
    from tkt.cli.out import Streams
    from tkt.cli.types import Assignment, QueryWord

    texts.use("en")
    env = Env(settings_for({}), Streams(io.StringIO(), io.StringIO()), io.StringIO(), str(folder))
    command, _, word = line.partition(" ")
    kind = Assignment() if command == "set" else QueryWord()
    found = [f"{item.value}|{item.help or ''}" for item in kind.candidates(env, word)]
    env.desk.index.close()
    return found


def test_tab_offers_fields_and_choices(desk: Path) -> None:
    assert offered(desk, "set ref") == ["refund=|refund"]
    assert offered(desk, "set size=") == ["size=s|小号", "size=m|medium"]
    assert offered(desk, "set 尺码=") == ["尺码=s|小号", "尺码=m|medium"]
    assert offered(desk, "list bou") == ["bought:|bought on"]
    assert offered(desk, "list size:s,") == ["size:s,s|小号", "size:s,m|medium"]


def test_a_view_shows_fields_as_columns(tkt: Runner, ticket: str) -> None:
    saved = ("view", "save", "退款", "refund:any", "--columns", "单号,退款金额,size,title")
    assert tkt(*saved, TKT_LANG="zh").code == 0
    head, row = seen(tkt.folder, "list", "--view", "退款", TKT_LANG="zh").splitlines()
    assert head.split() == ["单号", "退款金额", "尺码", "标题"]
    assert row.split() == [ticket, "129.50", "中号", "杯子碎了"]
    told = tkt("list", "--view", "退款", "--csv").out.splitlines()
    assert told == ["id,refund,size,title", f"{ticket},129.5,m,杯子碎了"]


# -- renaming -----------------------------------------------------------------------------------

RENAMED = """\
fields:
  refund: {label: {zh: 退款金额, en: refund}, type: money, formerly: [refund_amount]}
"""


@pytest.fixture
def old(tkt: Runner) -> str:
    """A ticket that carries an older name, opened before there were declared fields."""
    declare(tkt.folder, "fields: {refund_amount: {type: money}}\n")
    ticket = tkt.new("杯子碎了", "refund_amount=100")
    declare(tkt.folder, RENAMED)
    return ticket


def keys(tkt: Runner, ticket: str) -> list[Any]:
    return fields_of(tkt, ticket, "refund", "refund_amount")


def test_data_is_seen_under_the_new_name_and_the_file_is_left_alone(tkt: Runner, old: str) -> None:
    head = git(tkt.folder, "rev-parse", "HEAD")
    shown = tkt("show", old, "--json").json
    assert (shown["refund"], "refund_amount" in shown) == (100, False)
    assert [row.get("refund") for row in tkt("list", "--json").json] == [100]
    assert "refund\t100\n" in tkt("show", old).out
    assert "退款金额" in seen(tkt.folder, "show", old, TKT_LANG="zh")
    assert tkt("list", "--csv").out.splitlines()[1].endswith(",100")
    assert keys(tkt, old) == [None, 100]
    assert git(tkt.folder, "rev-parse", "HEAD") == head
    assert tkt("check").code == 0


@pytest.mark.parametrize(
    "query", ["refund:100", "退款金额>=100", "refund_amount:100", "refund:any sort:refund"]
)
def test_queries_find_it_by_any_of_its_names(tkt: Runner, old: str, query: str) -> None:
    assert [row["id"] for row in tkt("list", query, "--json").json] == [old]
    assert tkt("list", "refund:none", "--json").json == []


@pytest.mark.parametrize("name", ["refund", "refund_amount", "退款金额"])
def test_setting_it_under_any_name_leaves_only_the_new_one(
    tkt: Runner, old: str, name: str
) -> None:
    assert tkt("set", old, f"{name}=120").code == 0
    assert keys(tkt, old) == [120, None]
    shown = tkt("show", old, "--json").json
    assert shown["timeline"][-1]["set"] == {"refund": 120}
    assert tkt("undo", old).code == 0
    assert keys(tkt, old) == [None, 100]
    assert tkt("check").code == 0


def test_taking_it_away_takes_it_away_under_every_name(tkt: Runner, old: str) -> None:
    assert tkt("set", old, "refund=").code == 0
    assert keys(tkt, old) == [None, None]


def test_where_both_names_stand_the_new_one_counts(tkt: Runner, old: str) -> None:
    declare(tkt.folder, "")
    assert tkt("set", old, "refund=7").code == 0
    declare(tkt.folder, RENAMED)
    assert tkt("show", old, "--json").json["refund"] == "7"
    assert [each["error"] for each in tkt("check", "--json").json] == ["custom.not_money"]
    assert tkt("list", "refund:100", "--json").json == []
    assert tkt("set", old, "refund=7").code == 0
    assert keys(tkt, old) == [7, None]


def test_an_edit_by_hand_leaves_the_line_where_it_is(tkt: Runner, old: str) -> None:
    file = edit(tkt, old, "refund_amount: 100", "refund_amount: ¥120  # 全额")
    assert tkt("commit").code == 0
    assert keys(tkt, old) == [None, 120]
    assert "refund_amount: 120  # 全额\n" in file.read_text(encoding="utf-8")
    assert tkt("show", old, "--json").json["refund"] == 120


@pytest.mark.parametrize("name", ["refund", "refund_amount"])
def test_an_edit_of_one_of_two_names_leaves_one(tkt: Runner, old: str, name: str) -> None:
    edit(tkt, old, "timeline:", "refund: 1\ntimeline:")
    if name == "refund_amount":
        declare(tkt.folder, "")
        assert tkt("commit").code == 0
        declare(tkt.folder, RENAMED)
        edit(tkt, old, "refund_amount: 100", "refund_amount: 1元")
    assert tkt("check").code == 0
    assert tkt("commit").code == 0
    assert keys(tkt, old) == [1, None]


@pytest.mark.parametrize("format", ["jsonl", "csv"])
def test_what_is_given_out_has_the_new_name_and_can_be_taken_in(
    tkt: Runner, old: str, desk_template: Path, tmp_path: Path, format: str
) -> None:
    import shutil

    tkt("set", old, "priority=high")
    file = tmp_path / f"out.{format}"
    assert tkt("export", "-o", str(file), "--format", format).code == 0
    assert "refund_amount" not in file.read_text(encoding="utf-8")
    elsewhere = Runner(shutil.copytree(desk_template, tmp_path / "elsewhere"), run_here)
    assert elsewhere("import", str(file)).code == 0
    assert fields_of(elsewhere, old, "refund", "priority") == [100, "high"]
    assert elsewhere("check").code == 0
    again = tkt("import", str(file), "--json").json
    assert (again["imported"], again["skipped"]) == (0, 1)


def test_what_is_required_may_stand_under_an_older_name(tkt: Runner, old: str) -> None:
    declare(tkt.folder, RENAMED.replace("type: money", "type: money, required: 'state:resolved'"))
    assert tkt("resolve", old).code == 0
    assert tkt("resolve", tkt.new("二")).code == 1


def test_a_table_may_call_it_by_its_older_name(tkt: Runner, old: str) -> None:
    assert imported(tkt, "a.csv", "标题,refund_amount\n二,５元\n").code == 0
    assert {row["refund"] for row in tkt("list", "all", "--json").json} == {5, 100}
