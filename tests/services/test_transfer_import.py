"""What a record becomes, what is skipped, and what a run leaves behind."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from desks import assert_index_is_right, commit_by_hand, git, log, status, ticket_path
from tkt.services.transfer import importing

if TYPE_CHECKING:
    from pathlib import Path

    from conftest import Result, Runner
    from tkt.storage.tables import Position, Record

DAY = "2026-11-21T14:03:00+08:00"
WHOLE: dict[str, Any] = {
    "id": "261121-7KQ4", "title": "杯子碎了", "status": "new", "opened": DAY,
    "timeline": [
        {"id": "2222222222", "at": DAY, "by": "customer", "do": "open",
         "set": {"title": "杯子碎了", "status": "new"}},
        {"id": "2223333333", "at": "2026-11-22T09:00:00+08:00", "by": "lin", "do": "reply",
         "text": "亲,马上处理"},
    ],
}  # fmt: skip


def put(tkt: Runner, *rows: dict[str, Any], args: tuple[str, ...] = ()) -> Result:
    return tkt("import", "-", *args, stdin="\n".join(json.dumps(row) for row in rows))


def tickets(tkt: Runner) -> list[dict[str, Any]]:
    return [json.loads(line) for line in tkt("export").out.splitlines()]


def test_a_plain_row_becomes_a_ticket_with_its_own_date(tkt: Runner) -> None:
    row = {"标题": "杯子碎了", "状态": "处理中", "优先级": "紧急", "客户": "王", "severity": "2",
           "标签": "vip,急", "开单时间": "2026/11/20 下午 2:03", "内容": "收到就碎了", "颜色": "红",
           "外部编号": 2511}  # fmt: skip
    assert put(tkt, row).code == 0
    (ticket,) = tickets(tkt)
    (event,) = ticket.pop("timeline")
    assert ticket.pop("id").startswith("261120-")
    fields = {
        "title": "杯子碎了", "status": "open", "workflow": "simple", "priority": "urgent",
        "severity": 2, "customer": "王", "tags": ["vip", "急"], "external": "2511", "颜色": "红",
    }  # fmt: skip
    assert ticket == {**fields, "opened": "2026-11-20T14:03:00+08:00"}
    assert event["set"] == fields
    assert (event["by"], event["entered_by"], event["text"]) == ("customer", "lin", "收到就碎了")


@pytest.mark.parametrize(
    "said",
    [
        "2026-11-21T14:03:11+08:00", "2026-11-21 06:03:11Z", "2026-11-21 14:03:11.250",
        "2026/11/21 14:03:11", "2026.11.21 14:03:11", "2026年11月21日 14时03分11秒",
        "2026/11/21 2:03:11 PM", "2026/11/21 下午2:03:11", "2026/11/21 星期六 14:03:11",
        "２０２６／１１／２１ １４：０３：１１", "20261121140311",
    ],
)  # fmt: skip
def test_dates_are_understood_as_other_systems_write_them(tkt: Runner, said: str) -> None:
    assert put(tkt, {"title": "x", "at": said}).code == 0
    assert tickets(tkt)[0]["opened"] == "2026-11-21T14:03:11+08:00"


@pytest.mark.parametrize("said", ["11/12/2026", "2026-02-30", "1998-01-01", "昨", 46000.5, "9999"])
def test_what_is_no_date_is_named(tkt: Runner, said: object) -> None:
    result = put(tkt, {"title": "x", "opened": said})
    assert result.code == 1
    assert result.err.startswith("-:1:1: ")
    assert not tickets(tkt)


def test_plain_events_get_ids_and_keep_their_dates_and_order(tkt: Runner) -> None:
    row = {
        "title": "x", "status": "resolved", "opened": "2026-11-21 09:00",
        "timeline": [
            {"at": "2026-11-21 10:00", "by": "lin", "do": "set", "set": {"状态": "已解决"}},
            {"at": "2026/11/21 9:30", "by": "客户", "do": "message", "text": "在吗"},
            {"at": "2026/11/21 9:30", "by": "gone", "do": "reply", "text": "在"},
        ],
    }  # fmt: skip
    assert put(tkt, row).code == 0
    (ticket,) = tickets(tkt)
    assert ticket["status"] == "resolved"
    told = [(e["at"][11:16], e["by"], e["do"], e.get("text")) for e in ticket["timeline"]]
    assert told == [
        ("09:00", "lin", "open", None), ("09:30", "customer", "message", "在吗"),
        ("09:30", "gone", "reply", "在"), ("10:00", "lin", "set", None),
    ]  # fmt: skip
    assert ticket["timeline"][0]["set"]["status"] == "new"
    assert tkt("check").code == 0


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ({}, "title is missing"),
        ({"title": "x", "status": "没有"}, "no status"),
        ({"title": "x", "channel": "fax"}, "no channel"),
        ({"title": "x", "severity": True}, "severity"),
        ({"title": "x", "tags": [1]}, "tags"),
        ({"title": "x", "orders": "1"}, "did you mean order"),
        ({"title": "x", "标题": "y"}, "two columns are title"),
        ({"title": "x", "id": "../../x"}, "not an id"),
        ({"title": "x", "archived": DAY}, "archived"),
        ({"title": "x", "own": float("inf")}, "Infinity"),
        ({"title": "\x00\n "}, "title"),
        ({"title": "x", "timeline": {}}, "list"),
        ({"title": "x", "timeline": [{"at": DAY, "do": "explode"}]}, "explode"),
        ({"title": "x", "timeline": [{"at": DAY, "do": "set", "add": {"tags": 5}}]}, "tags"),
        ({"title": "x", "opened": DAY, "timeline": [{"at": "2026-11-01", "do": "note"}]}, "earl"),
        ({"title": "x", "status": "open", "timeline": [
            {"at": DAY, "do": "set", "set": {"status": "closed"}}]}, "by the timeline"),
        ({**WHOLE, "title": "other"}, "by the timeline"),
        ({**WHOLE, "id": "261121-ILOU"}, "not an id"),
        ({**WHOLE, "timeline": [*WHOLE["timeline"], WHOLE["timeline"][0]]}, "twice"),
    ],
)  # fmt: skip
def test_a_bad_line_is_named_and_the_rest_goes_on(
    tkt: Runner, row: dict[str, Any], said: str
) -> None:
    result = put(tkt, {"title": "before"}, row, {"title": "after"})
    assert result.code == 1
    assert result.err.startswith("-:2:")
    assert said in result.err
    assert result.out == "imported 2 tickets, skipped 0, failed 1\n"
    assert {ticket["title"] for ticket in tickets(tkt)} == {"before", "after"}


def test_strict_writes_nothing_if_anything_is_wrong(tkt: Runner, desk: Path) -> None:
    before = git(desk, "rev-parse", "HEAD")
    result = put(tkt, {"title": "x"}, {"title": 5.5}, {"titel": "y"}, args=("--strict",))
    assert result.code == 1
    assert [line[:5] for line in result.err.splitlines() if line[0] == "-"] == ["-:2:1", "-:3:1"]
    assert git(desk, "rev-parse", "HEAD") == before
    assert put(tkt, {"title": "x"}, {"title": "y"}, args=("--strict",)).code == 0
    assert len(tickets(tkt)) == 2


def test_a_dry_run_tells_and_writes_nothing(tkt: Runner, desk: Path) -> None:
    before = git(desk, "rev-parse", "HEAD")
    rows: list[dict[str, Any]]
    rows = [{"title": "x", "external": "1"}, {"title": "y", "external": "1"}, {"x": 1}]
    answer = put(tkt, *rows, args=("--dry-run", "--json"))
    assert answer.code == 1
    said = answer.json
    assert (said["imported"], said["skipped"], said["failed"], said["written"]) == (1, 1, 1, False)
    assert git(desk, "rev-parse", "HEAD") == before


def test_a_second_import_adds_nothing(tkt: Runner) -> None:
    rows = [WHOLE, {"title": "x", "external": "A1"}, {"title": "y", "external": "A2"}]
    assert put(tkt, *rows).out == "imported 3 tickets, skipped 0, failed 0\n"
    wanted = tickets(tkt)
    assert put(tkt, *rows).out == "imported 0 tickets, skipped 3, failed 0\n"
    assert tickets(tkt) == wanted


def test_one_external_id_twice_in_a_file_is_named(tkt: Runner) -> None:
    result = put(tkt, {"title": "x", "external": "A1"}, {"title": "y", "external": "A1"})
    assert result.code == 0
    assert "-:2:1: the external id A1 stands in line 1 already" in result.err
    assert [ticket["title"] for ticket in tickets(tkt)] == ["x"]


def test_a_taken_id_is_replaced_and_leads_to_the_ticket(tkt: Runner) -> None:
    other = json.loads(json.dumps(WHOLE).replace("2222222222", "2224444444"))
    result = put(tkt, WHOLE, other)
    assert result.code == 0
    assert "the id 261121-7KQ4 belongs to another ticket" in result.err
    first, second = tickets(tkt)
    assert first["id"] == "261121-7KQ4"
    assert second["formerly"] == ["261121-7KQ4"]
    assert put(tkt, WHOLE, other).out == "imported 0 tickets, skipped 2, failed 0\n"
    assert tkt("check").code == 0


def test_what_show_prints_comes_back(tkt: Runner, desk_template: Path, tmp_path: Path) -> None:
    import shutil

    ticket_id = tkt.new("杯子碎了", "-m", "碎了\n\n")
    shown = tkt("show", ticket_id, "--json").out
    elsewhere = shutil.copytree(desk_template, tmp_path / "elsewhere")
    assert tkt.at(elsewhere, "import", "-", stdin=shown).code == 0
    assert tkt.at(elsewhere, "export").out == tkt("export").out


def test_each_ticket_is_a_commit_dated_by_its_opening(tkt: Runner, desk: Path) -> None:
    assert put(tkt, WHOLE, {"title": "Ticket: x\nActor: eve", "opened": "2026-11-20"}).code == 0
    first = log(desk, "%s", "--first-parent", "-1")
    assert first == ["import -: 2 actions"]
    said = log(
        desk,
        "%s|%an|%aI|%(trailers:key=Action,valueonly,separator=%x2C)",
        "--topo-order",
        "--no-merges",
    )
    assert said[:2] == [
        f"import {tickets(tkt)[0]['id']} Ticket: x Actor: eve|lin|2026-11-20T00:00:00+08:00|import",
        f"import 261121-7KQ4 杯子碎了|lin|{DAY}|import",
    ]
    assert status(desk) == ""
    assert_index_is_right(desk)


def test_a_long_file_is_written_in_runs(
    tkt: Runner, desk: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(importing, "RUN", 2)
    rows: list[dict[str, Any]]
    rows = [{"title": f"t{n}", "external": "same" if n in (0, 3) else f"{n}"} for n in range(5)]
    result = put(tkt, *rows)
    assert "-:4:1: the external id same stands in line 1 already" in result.err
    said = log(desk, "%s", "--first-parent", "-3")
    assert said[1:] == [said[1], "import -: 2 actions"]
    assert len(tickets(tkt)) == 4
    assert_index_is_right(desk)


def test_somebody_who_commits_meanwhile_loses_nothing(
    tkt: Runner, desk: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from tkt.storage.jsonlines import JsonLines

    honest = JsonLines.records
    met: list[Record] = []

    def interrupted(self: JsonLines, start: Position) -> Any:
        for record in honest(self, start):
            yield record
            if not met:
                met.append(record)
                commit_by_hand(desk, {"README.md": b"hello"})

    monkeypatch.setattr(JsonLines, "records", interrupted)
    result = put(tkt, {"title": "a", "external": "1"}, {"title": "b", "external": "2"})
    assert result.out == "imported 2 tickets, skipped 0, failed 0\n"
    assert result.err == ""
    assert len(tickets(tkt)) == 2
    assert (desk / "README.md").read_bytes() == b"hello"
    assert_index_is_right(desk)


def test_an_interruption_leaves_whole_runs(
    tkt: Runner, desk: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from tkt.storage.jsonlines import JsonLines

    honest = JsonLines.records

    def interrupted(self: JsonLines, start: Position) -> Any:
        record: Record
        for record in honest(self, start):
            if record.line == 4:
                raise KeyboardInterrupt
            yield record

    rows = [{"title": f"t{n}", "external": f"{n}"} for n in range(5)]
    with monkeypatch.context() as patch:
        patch.setattr(importing, "RUN", 2)
        patch.setattr(JsonLines, "records", interrupted)
        result = put(tkt, *rows)
    assert result.code == 130
    assert "2 tickets were imported before" in result.err
    assert {ticket["title"] for ticket in tickets(tkt)} == {"t0", "t1"}
    assert put(tkt, *rows).out == "imported 3 tickets, skipped 2, failed 0\n"
    assert status(desk) == ""


def test_a_file_that_git_was_killed_writing_is_finished_by_the_next_command(
    tkt: Runner, desk: Path
) -> None:
    before = git(desk, "rev-parse", "HEAD")
    assert put(tkt, WHOLE, {"title": "x", "opened": "2026-11-21"}).code == 0
    file = desk / ticket_path(desk, "261121-7KQ4")
    written = file.read_bytes()
    file.write_bytes(written[:100])
    git(desk, "read-tree", before)  # Git writes its index last
    journal = desk / ".git" / "tkt" / "journal"
    journal.write_text(json.dumps({"head": before, "files": {}}))
    assert tkt("list").code == 0
    assert file.read_bytes() == written
    assert status(desk) == ""
