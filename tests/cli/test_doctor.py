from __future__ import annotations

from typing import TYPE_CHECKING

from desks import assert_index_is_right, commit_by_hand, git, log, staged, status
from tkt.domain.ids import path_of
from tkt.storage import yaml
from tkt.storage.desk import Desk
from tkt.storage.index import location
from upkeep import T1, a_doc, an_archived, an_event, lay, text

if TYPE_CHECKING:
    from pathlib import Path
    from typing import Any

    from conftest import Runner

HERE, ARCHIVED = path_of(T1), path_of(T1, archived=True)


def at_head(folder: Path, path: str) -> dict[str, Any]:
    doc = yaml.load(git(folder, "show", f"HEAD:{path}").encode() + b"\n", path=path)
    assert isinstance(doc, dict)
    return doc


def mended(folder: Path, tkt: Runner) -> list[dict[str, Any]]:
    """Mend; nothing is left, the index is right and the work tree clean."""
    found = tkt("doctor", "--json")
    assert found.code == 1
    head = git(folder, "rev-parse", "HEAD")
    assert tkt("doctor").code == 1
    assert git(folder, "rev-parse", "HEAD") == head  # looking changes nothing
    result = tkt("doctor", "--fix", "--json")
    assert (result.code, [r["refusal"] for r in result.json if r["refusal"]]) == (0, [])
    assert tkt("doctor", "--deep").code == 0
    assert tkt("check").code == 0
    assert status(folder) == ""
    assert_index_is_right(folder)
    rows = result.json
    assert isinstance(rows, list)
    return rows


def test_a_healthy_desk_has_no_trouble(tkt: Runner) -> None:
    tkt.new()
    assert (tkt("doctor", "--deep").code, tkt("doctor", "--json").json) == (0, [])
    assert tkt("doctor", "--fix").code == 0


def test_an_edited_top_is_recorded_as_an_event(desk: Path, tkt: Runner) -> None:
    lay(desk, a_doc(priority="high", tags=["vip"]))
    (row, other) = mended(desk, tkt)
    doc = at_head(desk, HERE)
    assert (doc["priority"], doc["tags"]) == ("high", ["vip"])
    edit = doc["timeline"][-1]
    assert (edit["do"], edit["set"], edit["add"]) == (
        "edit",
        {"priority": "high"},
        {"tags": ["vip"]},
    )
    assert "+    do: edit" in row["diff"] or "do: edit" in row["diff"]
    assert log(desk, "%(trailers:key=Action,valueonly,separator=|)")[0] == "doctor"
    assert other["fixed"] is True


def test_a_timeline_is_put_in_order_and_comments_stay(desk: Path, tkt: Runner) -> None:
    doc = a_doc(T1, an_event(2, "note", text="b"), an_event(1, "note", text="a"))
    commit_by_hand(desk, {HERE: b"# VIP\n" + text(doc)})
    mended(desk, tkt)
    assert [e["text"] for e in at_head(desk, HERE)["timeline"][1:]] == ["a", "b"]
    assert (desk / HERE).read_text().startswith("# VIP\n")


def test_of_doubled_events_one_stays_and_of_differing_ones_both(desk: Path, tkt: Runner) -> None:
    same, odd = an_event(1, "note", text="a"), an_event(1, "note", text="b")
    lay(desk, a_doc(T1, same, same, odd))
    mended(desk, tkt)
    assert [e["text"] for e in at_head(desk, HERE)["timeline"][1:]] == ["a", "b"]


def test_misplaced_tickets_are_moved(desk: Path, tkt: Runner) -> None:
    lay(desk, a_doc(), "tickets/2026/lost.yaml")
    lay(desk, an_archived("261121-3333"), path_of("261121-3333"))
    mended(desk, tkt)
    assert at_head(desk, HERE)["id"] == T1
    assert at_head(desk, path_of("261121-3333", archived=True))["id"] == "261121-3333"
    assert not (desk / "tickets/2026/lost.yaml").exists()
    assert tkt("show", T1).code == 0


def test_two_files_of_one_ticket_become_one_with_all_events(desk: Path, tkt: Runner) -> None:
    lay(desk, an_archived())
    lay(desk, a_doc(T1, an_event(6, "note", text="回来")))
    mended(desk, tkt)
    doc = at_head(desk, HERE)
    assert [e["do"] for e in doc["timeline"]][:3] == ["open", "archive", "note"]
    assert not (desk / ARCHIVED).exists()


def test_two_tickets_of_one_id_are_told_apart(desk: Path, tkt: Runner) -> None:
    lay(desk, a_doc())
    other = an_archived()
    other["timeline"][0]["id"] = "2229999999"
    commit_by_hand(desk, {ARCHIVED: text(other)})
    mended(desk, tkt)
    rows = tkt("list", "all", "--json").json
    assert len(rows) == 2
    assert [row.get("formerly") for row in rows if row["id"] != T1] == [[T1]]


def test_many_mended_tickets_are_a_commit_each_under_one_merge(desk: Path, tkt: Runner) -> None:
    lay(desk, a_doc(priority="high"))
    lay(desk, a_doc("261121-3333", priority="low"))
    before = git(desk, "rev-parse", "HEAD")
    rows = mended(desk, tkt)
    assert len(log(desk, "%H", "--first-parent", f"{before}..")) == 1
    assert sorted(log(desk, "%H", "--no-merges", f"{before}..")) == sorted(
        c for row in rows for c in row["commits"]
    )


def test_a_hand_edit_is_never_overwritten(desk: Path, tkt: Runner) -> None:
    lay(desk, a_doc(priority="high"))
    edit = text(a_doc(priority="low"))
    (desk / HERE).write_bytes(edit)
    result = tkt("doctor", "--fix", "--json")
    assert result.code == 1
    assert "not recorded" in result.json[0]["refusal"]
    assert (desk / HERE).read_bytes() == edit


def test_what_needs_a_person_is_said_and_hinders_nothing_else(desk: Path, tkt: Runner) -> None:
    commit_by_hand(desk, {path_of("261121-4444"): b"id: ["})
    lay(desk, a_doc(priority="high"))
    result = tkt("doctor", "--fix", "--json")
    assert result.code == 1
    fixed = {row["path"]: row["fixed"] for row in result.json}
    assert fixed == {path_of("261121-4444"): False, HERE: True}
    assert "✗" in tkt("doctor", "--fix").out


def test_a_deleted_file_comes_back_but_a_moved_one_stays(desk: Path, tkt: Runner) -> None:
    lay(desk, a_doc())
    (desk / HERE).unlink()
    git(desk, "add", "-A")
    mended(desk, tkt)
    assert (desk / HERE).read_bytes() == text(a_doc())
    (desk / HERE).rename(desk / "tickets" / f"{T1}.yaml")
    result = tkt("doctor", "--fix", "--json")
    assert (result.code, result.json[0]["error"]) == (1, "doctor.moved")
    assert not (desk / HERE).exists()


def test_driver_and_attributes_are_put_back(desk: Path, tkt: Runner) -> None:
    git(desk, "config", "--unset", "merge.tkt.driver")
    commit_by_hand(
        desk, {".gitattributes": b"*.md text\n/tickets/**/*.yaml -text diff merge=tkt\n"}
    )
    checks = {row["check"] for row in mended(desk, tkt)}
    assert checks == {"driver", "attributes"}
    said = git(desk, "check-attr", "merge", "--", ARCHIVED, HERE).splitlines()
    assert all(line.endswith("merge: tkt") for line in said)
    assert (desk / ".gitattributes").read_text().startswith("*.md text\n")


def test_attributes_that_somebody_edits_are_left_alone(desk: Path, tkt: Runner) -> None:
    commit_by_hand(desk, {".gitattributes": b"*.md text\n"})
    (desk / ".gitattributes").write_text("mine\n")
    assert tkt("doctor", "--fix").code == 1
    assert (desk / ".gitattributes").read_text() == "mine\n"


def test_leftovers_are_cleared_away_but_nothing_in_use(desk: Path, tkt: Runner) -> None:
    import os

    tkt.new()
    ours = [
        desk / ".git/fast_import_crash_99999999", desk / ".git/tkt/marks-99999999",
        desk / ".git/tkt/index-0-v0.db", desk / "tickets/.tkt-writing-99999999-x.yaml",
        desk / ".git/tkt/index-0-v1.db.new-99999999",
    ]  # fmt: skip
    running = desk / ".git/tkt" / f"marks-{os.getpid()}"
    theirs = desk / "tickets" / ".hidden"
    for path in (*ours, running, theirs):
        path.write_text("x")
    assert tkt("doctor", "--fix").code == 0
    assert [path.exists() for path in (*ours, running, theirs)] == [False] * 5 + [True, True]


def test_a_stale_journal_is_worked_off(desk: Path, tkt: Runner) -> None:
    tkt.new()
    (desk / ".git/tkt/journal").write_text('{"head": null, "files": {}}')
    (row,) = tkt("doctor", "--fix", "--json").json
    assert (row["check"], row["fixed"]) == ("journal", True)
    assert not (desk / ".git/tkt/journal").exists()


def test_a_damaged_index_is_made_anew(desk: Path, tkt: Runner) -> None:
    one = tkt.new()
    path = location(Desk(str(desk)).git)
    with open(path, "r+b") as stream:
        stream.seek(4096)
        stream.write(b"\xff" * 8192)
    assert tkt("doctor", "--json").json[0]["check"] == "index"
    assert tkt("doctor", "--fix").code == 0
    assert tkt("show", one).code == 0


def test_an_index_that_lies_is_found_by_a_deep_look(desk: Path, tkt: Runner) -> None:
    import sqlite3

    tkt.new()
    with sqlite3.connect(location(Desk(str(desk)).git)) as connection:
        connection.execute("UPDATE tickets SET status = 'closed'")
    connection.close()
    assert tkt("doctor").code == 0
    assert tkt("doctor", "--deep").code == 1
    assert tkt("doctor", "--deep", "--fix").code == 0
    assert_index_is_right(desk)


def test_gits_index_is_brought_into_step_without_touching_files(desk: Path, tkt: Runner) -> None:
    lay(desk, a_doc())
    git(desk, "rm", "-q", "--cached", HERE)
    (desk / "team.yaml").write_text("# mine\n")
    git(desk, "add", "team.yaml")
    before = staged(desk)["team.yaml"]
    assert {row["check"] for row in tkt("doctor", "--fix", "--json").json} == {"staged"}
    assert HERE in staged(desk)
    assert staged(desk)["team.yaml"] == before
    assert tkt("doctor").code == 0


def test_the_difference_is_shown_to_people(desk: Path, tkt: Runner) -> None:
    lay(desk, a_doc(priority="high"))
    shown = tkt("doctor", "--fix")
    assert "✓" in shown.out
    assert f"--- a/{HERE}" in shown.out


def test_with_commit_hooks_it_mends_as_well(desk: Path, tkt: Runner) -> None:
    lay(desk, a_doc(), "tickets/2026/lost.yaml")
    lay(desk, a_doc("261121-3333", priority="low"))
    hook = desk / ".git/hooks/pre-commit"
    hook.parent.mkdir(exist_ok=True)
    hook.write_text("#!/bin/sh\nexit 0\n")
    hook.chmod(0o755)
    mended(desk, tkt)


def test_while_a_merge_is_unfinished_nothing_is_recorded(desk: Path, tkt: Runner) -> None:
    lay(desk, a_doc(priority="high"))
    head = git(desk, "rev-parse", "HEAD")
    (desk / ".git/MERGE_HEAD").write_text(head + "\n")
    result = tkt("doctor", "--fix", "--json")
    assert (result.code, result.json[0]["fixed"]) == (1, False)
    assert "merge" in result.json[0]["refusal"]
    assert git(desk, "rev-parse", "HEAD") == head
