"""``tkt commit``: what a person does to files in an editor becomes events, or is told apart."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from desks import assert_index_is_right, git, log, staged, status, ticket_path
from tkt.storage import yaml

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from conftest import Runner


@pytest.fixture
def ticket(tkt: Runner) -> str:
    return tkt.new("收到的杯子碎了", "-m", "要求退款", "tags=vip")


@pytest.fixture
def file(desk: Path, ticket: str) -> Path:
    return desk / ticket_path(desk, ticket)


def edit(file: Path, old: str, new: str) -> None:
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), encoding="utf-8")


def append(file: Path, text: str) -> None:
    file.write_text(file.read_text(encoding="utf-8") + text, encoding="utf-8")


def doc_of(file: Path) -> Any:
    return yaml.load(file.read_bytes(), path=file.name)


def recorded(tkt: Runner, *args: str) -> Any:
    """Commit, and everything must be clean and sound afterwards; the answer."""
    result = tkt("commit", *args, "--json")
    assert result.code == 0, result.err
    assert tkt("check").code == 0, tkt("check").out
    assert status(tkt.folder) == ""
    assert_index_is_right(tkt.folder)
    return result.json


def refused(tkt: Runner, *args: str, code: int = 1) -> str:
    """Commit must refuse, leave HEAD and files alone, and say so in a line or two."""
    head, before = git(tkt.folder, "rev-parse", "HEAD"), status(tkt.folder)
    result = tkt("commit", *args)
    assert result.code == code, result
    assert result.out == ""
    assert (git(tkt.folder, "rev-parse", "HEAD"), status(tkt.folder)) == (head, before)
    return result.err


# -- fields -----------------------------------------------------------------------------------


def test_a_changed_field_becomes_an_event_of_the_person(
    tkt: Runner, file: Path, ticket: str
) -> None:
    edit(file, "priority: normal", "priority: high")
    recorded(tkt)
    event = doc_of(file)["timeline"][-1]
    assert (event["do"], event["by"], event["set"]) == ("edit", "lin", {"priority": "high"})
    assert log(tkt.folder, "%s", "-1") == [f"edit {ticket} priority=high"]


def test_a_reason_stands_in_the_event_and_in_the_commit(tkt: Runner, file: Path) -> None:
    edit(file, "priority: normal", "priority: high")
    recorded(tkt, "-m", "顾客催了")
    assert doc_of(file)["timeline"][-1]["why"] == "顾客催了"
    assert "> 顾客催了" in git(tkt.folder, "log", "-1", "--format=%B")


def test_at_says_when_it_was_done(tkt: Runner, file: Path) -> None:
    edit(file, "priority: normal", "priority: high")
    recorded(tkt, "--at", "2026-11-21T14:05")
    assert doc_of(file)["timeline"][-1]["at"] == "2026-11-21T14:05:00+08:00"


def test_tags_become_what_was_added_and_taken_away(tkt: Runner, file: Path) -> None:
    edit(file, "tags: [vip]", "tags: [new, urgent-call]")
    recorded(tkt)
    event = doc_of(file)["timeline"][-1]
    assert event["add"] == {"tags": ["new", "urgent-call"]}
    assert event["remove"] == {"tags": ["vip"]}


def test_a_field_taken_out_is_set_to_nothing(tkt: Runner, file: Path) -> None:
    edit(file, "tags: [vip]\n", "")
    recorded(tkt)
    assert "tags" not in doc_of(file)


def test_a_field_of_ones_own_is_kept(tkt: Runner, file: Path) -> None:
    edit(file, "priority: normal\n", "priority: normal\nwarehouse: 杭州二号\n")
    recorded(tkt)
    assert doc_of(file)["warehouse"] == "杭州二号"
    assert doc_of(file)["timeline"][-1]["set"] == {"warehouse": "杭州二号"}


def test_comments_and_order_of_keys_survive(tkt: Runner, file: Path) -> None:
    edit(file, "priority: normal", "priority: high  # 顾客很急\n# 仓库说明天到")
    recorded(tkt)
    text = file.read_text(encoding="utf-8")
    assert "# 顾客很急" in text
    assert "# 仓库说明天到" in text
    tkt("note", ticket_id(file), "x")
    assert "# 顾客很急" in file.read_text(encoding="utf-8")


def ticket_id(file: Path) -> str:
    return file.stem


def test_only_a_comment_changed(tkt: Runner, file: Path) -> None:
    edit(file, "priority: normal", "priority: normal  # 记一下")
    result = tkt("commit")
    assert result.code == 0, result.err
    assert status(tkt.folder) == ""
    assert "# 记一下" in file.read_text(encoding="utf-8")


def test_windows_line_ends_and_a_mark_in_front_are_taken(tkt: Runner, file: Path) -> None:
    edit(file, "priority: normal", "priority: high")
    file.write_bytes(b"\xef\xbb\xbf" + file.read_bytes().replace(b"\n", b"\r\n"))
    recorded(tkt)
    assert doc_of(file)["priority"] == "high"


@pytest.mark.parametrize("name", ["opened", "formerly"])
def test_where_a_ticket_comes_from_cannot_be_changed(tkt: Runner, file: Path, name: str) -> None:
    if name == "opened":
        edit(file, "opened: 2026-11-21T14:03:11+08:00", "opened: 2026-11-20T14:03:11+08:00")
    else:
        edit(file, "priority: normal\n", "priority: normal\nformerly: [261121-AAAA]\n")
    assert name in refused(tkt)


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("status: new", "status: nowhere", "nowhere"),
        ("priority: normal", "priority: extreme", "extreme"),
        ("priority: normal", "priority: normal\nlevel: many", "level"),
        ("tags: [vip]", "tags: [vip, vip]", "tags"),
        ("title: 收到的杯子碎了", "title: ''", "title"),
    ],
)
def test_a_value_that_cannot_be_is_named_with_its_place(
    tkt: Runner, file: Path, old: str, new: str, said: str
) -> None:
    edit(file, old, new)
    told = refused(tkt)
    assert said in told
    assert f"{file.relative_to(tkt.folder)}:" in told


# -- the timeline -----------------------------------------------------------------------------


def test_an_entry_jotted_down_becomes_a_whole_note(tkt: Runner, file: Path) -> None:
    append(file, "  - text: 已联系仓库\n")
    recorded(tkt)
    event = doc_of(file)["timeline"][-1]
    assert list(event)[:4] == ["id", "at", "by", "do"]
    assert (event["by"], event["do"], event["text"]) == ("lin", "note", "已联系仓库")
    assert event["at"] == "2026-11-21T14:03:11+08:00"


def test_an_entry_may_say_who_and_when_itself(tkt: Runner, file: Path) -> None:
    append(file, "  - at: 2026-11-21T14:30:00+08:00\n    by: wang\n    text: 电话回复\n")
    recorded(tkt)
    event = doc_of(file)["timeline"][-1]
    assert (event["by"], event["at"]) == ("wang", "2026-11-21T14:30:00+08:00")


def test_several_entries_keep_their_order(tkt: Runner, file: Path) -> None:
    append(file, "".join(f"  - text: 第{n}条\n" for n in range(5)))
    recorded(tkt)
    texts = [event.get("text") for event in doc_of(file)["timeline"][1:]]
    assert texts == [f"第{n}条" for n in range(5)]


def test_an_entry_of_earlier_goes_to_its_place(tkt: Runner, file: Path) -> None:
    tkt("note", file.stem, "后来", TKT_NOW="2026-11-21T16:00:00+08:00")
    append(file, "  - at: 2026-11-21T15:00:00+08:00\n    text: 先前\n")
    recorded(tkt)
    assert [event.get("text") for event in doc_of(file)["timeline"][1:]] == ["先前", "后来"]


def test_an_entry_that_sets_a_field_changes_the_top(tkt: Runner, file: Path) -> None:
    append(file, "  - do: set\n    set: {priority: high}\n")
    recorded(tkt)
    assert doc_of(file)["priority"] == "high"


def test_fields_and_entries_at_once(tkt: Runner, file: Path) -> None:
    edit(file, "priority: normal", "priority: high")
    append(file, "  - text: 已联系仓库\n")
    recorded(tkt)
    assert [event["do"] for event in doc_of(file)["timeline"]] == ["open", "note", "edit"]


def test_a_recorded_event_cannot_be_altered(tkt: Runner, file: Path) -> None:
    edit(file, "要求退款", "不要退款")
    assert "git diff" in refused(tkt)


def test_a_recorded_event_cannot_be_removed(tkt: Runner, file: Path) -> None:
    tkt("note", file.stem, "一条备注")
    text = file.read_text(encoding="utf-8")
    file.write_text(text[: text.rindex("  - ")], encoding="utf-8")
    assert "put it back" in refused(tkt)


@pytest.mark.parametrize(
    "entry",
    ["id: ZZZAMX8MAG\n    do: note", "do: remind\n    rule: workflows/simple.yaml#promise"],
)
def test_nobody_writes_by_hand_what_a_sweep_or_a_rule_does(
    tkt: Runner, file: Path, entry: str
) -> None:
    append(file, f"  - {entry}\n    text: 假的\n")
    assert "only rules and sweeps" in refused(tkt)


def test_nobody_approves_by_hand_in_the_name_of_another(tkt: Runner, file: Path) -> None:
    append(file, "  - do: approve\n    by: zhao\n")
    assert "`tkt approve " in refused(tkt)


def test_an_entry_that_cannot_be_read_is_named_and_hinders_nothing_else(
    tkt: Runner, file: Path
) -> None:
    box = tkt.new("箱子")
    append(file, "  - do: undo\n    undoes: 5\n")
    assert "undoes" in refused(tkt)
    git(tkt.folder, "commit", "-qam", "没有经过 tkt")
    assert box in tkt("list").out
    found = tkt("check")
    assert found.code == 1
    assert f"{file.relative_to(tkt.folder)}:" in found.out
    assert tkt("sweep").code == 0


def test_an_entry_that_is_none_is_named(tkt: Runner, file: Path) -> None:
    append(file, "  - {at: soon, text: x}\n")
    assert ":" in refused(tkt)
    edit(file, "  - {at: soon, text: x}\n", "  - [a, b]\n")
    refused(tkt)


# -- files ------------------------------------------------------------------------------------


def test_a_deleted_ticket_is_not_recorded(tkt: Runner, file: Path) -> None:
    file.unlink()
    assert "git restore" in refused(tkt)


def test_a_ticket_moved_to_the_archive_and_back(tkt: Runner, desk: Path, file: Path) -> None:
    archived = desk / "archive" / file.relative_to(desk / "tickets")
    archived.parent.mkdir(parents=True)
    file.rename(archived)
    recorded(tkt)
    assert "archived" in doc_of(archived)
    file.parent.mkdir(parents=True, exist_ok=True)
    archived.rename(file)
    recorded(tkt)
    assert "archived" not in doc_of(file)
    assert not archived.exists()


def test_a_new_file_by_hand_is_a_new_ticket(tkt: Runner, desk: Path) -> None:
    file = desk / "tickets/2026/11/21/A/261121-ABCD.yaml"
    file.parent.mkdir(parents=True)
    file.write_text("title: 手工写的\npriority: high\n", encoding="utf-8")
    answer = recorded(tkt)
    assert answer["id"] == "261121-ABCD"
    doc = doc_of(file)
    assert (doc["status"], doc["priority"], doc["timeline"][0]["do"]) == ("new", "high", "open")


def test_a_new_file_with_notes_by_hand(tkt: Runner, desk: Path) -> None:
    file = desk / "tickets/2026/11/21/A/261121-ABCD.yaml"
    file.parent.mkdir(parents=True)
    file.write_text("title: 手工写的\ntimeline:\n  - text: 第一条\n", encoding="utf-8")
    recorded(tkt)
    assert [event["do"] for event in doc_of(file)["timeline"]] == ["open", "note"]


@pytest.mark.parametrize("text", ["", "priority: high\n", "- a\n", "title: [x]\n", "just text\n"])
def test_a_new_file_that_is_no_ticket_is_named(tkt: Runner, desk: Path, text: str) -> None:
    file = desk / "tickets/2026/11/21/A/261121-ABCD.yaml"
    file.parent.mkdir(parents=True)
    file.write_text(text, encoding="utf-8")
    assert "261121-ABCD.yaml:1:" in refused(tkt)


def test_a_file_in_the_wrong_place_is_named(tkt: Runner, desk: Path) -> None:
    (desk / "tickets/note.yaml").parent.mkdir(exist_ok=True)
    (desk / "tickets/note.yaml").write_text("title: x\n")
    assert "tickets/note.yaml" in refused(tkt)


def test_broken_yaml_is_named_with_line_and_column(tkt: Runner, desk: Path, file: Path) -> None:
    edit(file, "priority: normal", "priority: [normal")
    told = refused(tkt)
    path, line, column = told.removeprefix("tkt: ").split(":")[:3]
    assert desk / path == file
    assert int(line) > 1
    assert int(column) > 0


def test_what_is_not_utf8_is_named(tkt: Runner, file: Path) -> None:
    file.write_bytes(file.read_bytes().replace("杯".encode(), b"\xff\xfe"))
    assert file.name in refused(tkt)


def test_a_link_in_place_of_a_ticket_is_not_followed(
    tkt: Runner, file: Path, tmp_path: Path
) -> None:
    elsewhere = tmp_path / "elsewhere.yaml"
    file.rename(elsewhere)
    file.symlink_to(elsewhere)
    refused(tkt)


def test_what_cannot_be_recorded_hinders_nothing_else(tkt: Runner, desk: Path, file: Path) -> None:
    other = desk / ticket_path(desk, tkt.new("另一张"))
    edit(file, "priority: normal", "priority: extreme")
    edit(other, "priority: normal", "priority: high")
    (desk / "kb/training/new.md").write_text("---\ntitle: x\n---\n")
    result = tkt("commit", "--json")
    assert result.code == 1
    assert [row["ok"] for row in result.json].count(False) == 1
    assert status(desk) == f" M {file.relative_to(desk)}"


# -- settings ---------------------------------------------------------------------------------


def test_settings_with_a_fault_are_refused(tkt: Runner, desk: Path) -> None:
    append(desk / "tkt.yaml", "colour: red\n")
    told = refused(tkt)
    assert "tkt.yaml:" in told
    assert "colour" in told


def test_settings_that_break_another_file_are_refused(tkt: Runner, desk: Path) -> None:
    (desk / "workflows/simple.yaml").write_text("label: {zh: 通用, en: general}\n")
    assert "workflows/simple.yaml:" in refused(tkt)


def test_a_fault_in_settings_hinders_no_article(tkt: Runner, desk: Path) -> None:
    append(desk / "tkt.yaml", "colour: red\n")
    (desk / "kb/training/new.md").write_text("---\ntitle: x\n---\n")
    assert tkt("commit").code == 1
    assert status(desk) == " M tkt.yaml"


def test_changed_settings_hold_at_once(tkt: Runner, desk: Path) -> None:
    (desk / "team.yaml").write_text("agents:\n  wang: {name: 王强, email: [w@shop.example]}\n")
    assert tkt("commit").code == 0
    assert tkt("new", "x", "--assignee", "王强").code == 0
    assert tkt("new", "x", "--assignee", "nobody").code == 3


def test_tkt_yaml_cannot_be_deleted(tkt: Runner, desk: Path) -> None:
    (desk / "tkt.yaml").unlink()
    assert tkt("commit").code == 3


def test_settings_and_tickets_together_are_one_group(tkt: Runner, desk: Path, file: Path) -> None:
    edit(file, "priority: normal", "priority: high")
    append(desk / "tkt.yaml", "# 记一下\n")
    answer = tkt("commit", "--json").json
    assert [row["ok"] for row in answer] == [True, True]
    assert len(log(desk, "%p", "-1")[0].split()) == 2
    assert log(desk, "%s", "-1") == ["edit: 2 actions"]


def test_files_that_are_not_the_desks_are_left_alone(tkt: Runner, desk: Path) -> None:
    (desk / "scratch.txt").write_text("mine")
    assert tkt("commit").code == 0
    assert status(desk) == "?? scratch.txt"


# -- what is staged ---------------------------------------------------------------------------


def test_what_lies_in_the_file_counts_not_what_is_staged(
    tkt: Runner, desk: Path, file: Path
) -> None:
    edit(file, "priority: normal", "priority: high")
    git(desk, "add", "-A")
    edit(file, "priority: high", "priority: urgent")
    recorded(tkt)
    assert doc_of(file)["priority"] == "urgent"


def test_staged_and_taken_back_is_no_edit(tkt: Runner, desk: Path, file: Path) -> None:
    for path, old, new in (
        (file, "priority: normal", "priority: high"), (desk / "tkt.yaml", "name:", "# x\nname:")
    ):  # fmt: skip
        before = path.read_bytes()
        edit(path, old, new)
        git(desk, "add", "-A")
        path.write_bytes(before)
    head = git(desk, "rev-parse", "HEAD")
    assert tkt("commit").code == 0
    assert git(desk, "rev-parse", "HEAD") == head


def test_what_else_is_staged_stays_staged(tkt: Runner, desk: Path, file: Path) -> None:
    (desk / "mine.txt").write_text("mine")
    git(desk, "add", "mine.txt")
    before = staged(desk)["mine.txt"]
    edit(file, "priority: normal", "priority: high")
    assert tkt("commit").code == 0
    assert staged(desk)["mine.txt"] == before
    assert status(desk) == "A  mine.txt"


# -- which ------------------------------------------------------------------------------------


def _by_path(file: Path, desk: Path) -> str:
    return str(file.relative_to(desk))


@pytest.mark.parametrize(
    "named",
    [
        lambda file, _desk: file.stem,
        lambda file, _desk: file.stem[7:],
        lambda file, _desk: file.stem[7:].lower(),
        _by_path,
        lambda file, _desk: str(file),
        lambda file, desk: f"./{_by_path(file, desk)}",
        lambda _file, _desk: "tickets/2026",
        lambda _file, _desk: "tickets/",
    ],
)
def test_a_ticket_is_named_by_id_part_path_or_folder(
    tkt: Runner, desk: Path, file: Path, named: Callable[[Path, Path], str]
) -> None:
    edit(file, "priority: normal", "priority: high")
    append(desk / "tkt.yaml", "# mine\n")
    result = tkt("commit", named(file, desk))
    assert result.code == 0, result.err
    assert status(desk) == " M tkt.yaml"


def test_paths_are_seen_from_the_current_folder(tkt: Runner, desk: Path, file: Path) -> None:
    edit(file, "priority: normal", "priority: high")
    result = tkt.at(file.parent, "commit", file.name)
    assert result.code == 0, result.err
    assert status(desk) == ""


def test_a_file_is_named_by_its_path(tkt: Runner, desk: Path, file: Path) -> None:
    edit(file, "priority: normal", "priority: high")
    append(desk / "tkt.yaml", "# mine\n")
    assert tkt("commit", "tkt.yaml").code == 0
    assert status(desk) == f" M {file.relative_to(desk)}"


def test_what_was_not_edited_is_told(tkt: Runner, desk: Path, ticket: str) -> None:
    assert ticket in refused(tkt, ticket)
    assert "tkt.yaml" in refused(tkt, "tkt.yaml")
    assert refused(tkt, "no/such/file", code=3)


def test_a_part_that_fits_several_is_ambiguous(tkt: Runner, desk: Path, file: Path) -> None:
    other = desk / ticket_path(desk, tkt.new("另一张"))
    for path in (file, other):
        edit(path, "priority: normal", "priority: high")
    assert other.stem in refused(tkt, "261121", code=2)


def test_nothing_edited_is_no_failure(tkt: Runner) -> None:
    result = tkt("commit")
    assert (result.code, result.out) == (0, "")
    assert "nothing" in result.err


def test_until_then_no_command_writes_over_it(tkt: Runner, file: Path, ticket: str) -> None:
    edit(file, "priority: normal", "priority: high")
    result = tkt("note", ticket, "x")
    assert result.code == 1
    assert f"tkt commit {ticket}" in result.err
    assert tkt("show", ticket, "--json").json["edited"] is True
    assert tkt("show", ticket, "--json").json["priority"] == "normal"


def test_a_link_in_the_place_of_one_ticket_hinders_no_other(
    tkt: Runner, desk: Path, file: Path
) -> None:
    other = desk / ticket_path(desk, tkt.new("快递三天没动"))
    other.unlink()
    other.symlink_to("/etc/hostname")
    edit(file, "status: new", "status: open")
    result = tkt("commit", "--json")
    assert result.code == 1
    assert sorted(row["ok"] for row in result.json) == [False, True]
    assert doc_of(file)["timeline"][-1]["set"] == {"status": "open"}


def test_the_name_of_a_file_forges_neither_subject_nor_trailer(tkt: Runner, desk: Path) -> None:
    page = desk / "kb" / "a\nTicket: 261121-7KQ4\n\nTicket: 261121-7KQ4.txt"
    page.write_text("正文\n", encoding="utf-8")
    assert tkt("commit").code == 0
    message = git(desk, "log", "-1", "--format=%B")
    assert not [line for line in message.splitlines() if line.startswith("Ticket:")]
    assert git(desk, "log", "-1", "--format=%(trailers:key=Action,valueonly)") == "edit"
    assert git(desk, "log", "-1", "--format=%(trailers:key=Ticket)") == ""
