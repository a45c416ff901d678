"""`tkt import` and `tkt export` as a person meets them."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from desks import commit_by_hand, ticket_path

if TYPE_CHECKING:
    from pathlib import Path

    from conftest import Runner


def test_a_spreadsheet_from_a_chinese_office_comes_in(tkt: Runner, tmp_path: Path) -> None:
    file = tmp_path / "订单.csv"
    file.write_bytes("单据号;买家;标题;备注\r\nA1;王;杯子碎了;x\r\n".encode("gb18030"))
    maps = ("--map", "单据号=external", "--map", "买家=客户", "--map", "备注=")
    result = tkt("import", str(file), *maps)
    assert (result.code, result.err) == (0, "")
    doc = json.loads(tkt("export").out)
    assert (doc["external"], doc["customer"], doc["title"]) == ("A1", "王", "杯子碎了")
    assert "备注" not in doc


@pytest.mark.parametrize("word", ["x", "=title", "a=no such"])
def test_a_map_that_leads_nowhere_is_a_mistake_of_usage(tkt: Runner, word: str) -> None:
    assert tkt("import", "-", "--map", word, stdin="").code == 2


def test_a_faulty_cell_is_named_by_line_and_column(tkt: Runner, tmp_path: Path) -> None:
    file = tmp_path / "a.csv"
    file.write_text('title,status\n"two\nlines",\nx,nowhere\n')
    result = tkt("import", str(file), "--json")
    assert result.code == 1
    (remark,) = result.json["remarks"]
    assert (remark["line"], remark["column"], remark["field"]) == (4, 2, "status")
    assert remark["hint"].startswith("known:")


def test_an_empty_file_imports_nothing(tkt: Runner) -> None:
    assert tkt("import", "-", stdin="").out == "imported 0 tickets, skipped 0, failed 0\n"


def test_a_file_that_is_not_there_is_one_line(tkt: Runner) -> None:
    result = tkt("import", "nowhere.csv")
    assert result.code == 5
    assert result.err.count("\n") == 1


def test_hostile_text_reaches_no_terminal(tkt: Runner) -> None:
    result = tkt("import", "-", stdin='{"title":"x","status":"\\u001b[31m\\u202e"}')
    assert "\x1b" not in result.err
    assert "\u202e" not in result.err


def test_export_takes_a_query_and_a_file(tkt: Runner, tmp_path: Path) -> None:
    tkt.new("one", "priority=high")
    tkt.new("two")
    out = tmp_path / "out.csv"
    assert tkt("export", "priority:high", "-o", str(out), "--encoding", "utf-8-sig").code == 0
    assert out.read_bytes().startswith(b"\xef\xbb\xbfid,title,")
    assert out.read_bytes().count(b"\r\n") == 2
    assert len(tkt("export", "-o", "-").out.splitlines()) == 2
    assert tkt("export", "nosuch:x").code == 2


def test_an_empty_desk_exports_nothing(tkt: Runner) -> None:
    assert tkt("export").out == ""
    assert tkt("export", "--format", "csv").out == "timeline\r\n"


def test_a_broken_ticket_is_named_and_the_export_is_not_called_whole(
    tkt: Runner, desk: Path
) -> None:
    tkt.new("sound")
    path = ticket_path(desk, tkt.new("broken"))
    commit_by_hand(desk, {path: b"title: [\n"})
    result = tkt("export")
    assert result.code == 1
    assert path in result.err
    assert len(result.out.splitlines()) == 1


def test_signed_or_hooked_repositories_import_too(tkt: Runner, desk: Path) -> None:
    hook = desk / ".git" / "hooks" / "pre-commit"
    hook.parent.mkdir(exist_ok=True)
    hook.write_text("#!/bin/sh\nexit 0\n")
    hook.chmod(0o755)
    assert tkt("import", "-", stdin='{"title":"a"}\n{"title":"b"}').code == 0
    assert len(tkt("export").out.splitlines()) == 2
    assert tkt("check").code == 0
