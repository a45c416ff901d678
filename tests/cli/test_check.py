from __future__ import annotations

from io import StringIO
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

import pytest

from desks import commit_by_hand
from tkt.cli.findings import show_findings
from tkt.cli.out import Streams
from tkt.domain.ids import path_of
from tkt.errors import BadData
from upkeep import T1, a_doc, an_archived, an_event, lay, text

if TYPE_CHECKING:
    from pathlib import Path

    from conftest import Runner

HERE = path_of(T1)


def test_a_sound_desk_has_no_findings(desk: Path, tkt: Runner) -> None:
    tkt.new()
    lay(desk, an_archived())
    result = tkt("check")
    assert (result.code, result.out) == (0, "")
    assert "2 tickets" in result.err


@pytest.mark.parametrize(
    ("doc", "key"),
    [
        (a_doc(priority="high"), "ticket.not_fold"),
        (a_doc("261121-3333"), "ticket.wrong_id"),
        (a_doc(T1, an_event(2, "note"), an_event(1, "note")), "event.out_of_order"),
        (a_doc(T1, an_event(1, "note"), an_event(1, "note")), "event.twice"),
        (a_doc(priority="soon"), "field.not_priority"),
        (an_archived(), "check.archived"),
    ],
)
def test_every_fault_of_a_ticket_is_named(desk: Path, tkt: Runner, doc: dict, key: str) -> None:  # type: ignore[type-arg]
    lay(desk, doc, HERE)
    result = tkt("check", "--json")
    assert result.code == 1
    assert [(f["error"], f["path"], f["id"]) for f in result.json] == [(key, HERE, T1)]


def test_findings_are_lines_with_file_line_and_column(desk: Path, tkt: Runner) -> None:
    lay(desk, a_doc(priority="high"))
    line = tkt("check").out
    assert line.startswith(f"{HERE}:5:1: priority is high")


def test_findings_are_sorted_and_hide_none(desk: Path, tkt: Runner) -> None:
    commit_by_hand(
        desk, {HERE: b"id: [", "tickets/notes.txt": b"x", "tickets/2026/261121-4444.yaml": b"x: 1"}
    )
    lay(desk, a_doc("261121-5555", title="别的"))
    found = tkt("check", "--json").json
    places = [(f["path"], f["line"]) for f in found]
    assert places == sorted(places)
    assert {f["error"] for f in found} == {
        "yaml.syntax", "check.stray", "ticket.misplaced", "ticket.not_fold"
    }  # fmt: skip


def test_a_ticket_in_two_files_is_named(desk: Path, tkt: Runner) -> None:
    lay(desk, a_doc())
    lay(desk, an_archived())
    assert [f["error"] for f in tkt("check", "--json").json] == ["ticket.twice"]


def test_settings_and_workflows_are_checked(desk: Path, tkt: Runner) -> None:
    commit_by_hand(desk, {"workflows/odd.yaml": b"states: {}\n"})
    (desk / "team.yaml").write_text("agents: {lin: {teams: [nobody]}}\n")
    paths = {f["path"] for f in tkt("check", "--json").json}
    assert paths == {"team.yaml", "workflows/odd.yaml"}


def test_an_edit_is_checked_as_it_lies_there(desk: Path, tkt: Runner) -> None:
    lay(desk, a_doc())
    (desk / HERE).write_bytes(text(a_doc(priority="high")))
    assert tkt("check").code == 0  # what `tkt commit` will record
    (desk / HERE).write_bytes(text(a_doc(priority="soon")))
    assert [f["error"] for f in tkt("check", T1, "--json").json] == ["field.not_priority"]


def test_an_edit_may_not_rewrite_what_was_recorded(desk: Path, tkt: Runner) -> None:
    lay(desk, a_doc(T1, an_event(1, "note", text="a"), an_event(2, "note", text="b")))
    (desk / HERE).write_bytes(text(a_doc(T1, an_event(1, "note", text="c"))))
    errors = {f["error"] for f in tkt("check", "--json").json}
    assert errors == {"commit.removed", "commit.altered"}


def test_a_deleted_file_and_a_link_are_findings(desk: Path, tkt: Runner) -> None:
    lay(desk, a_doc())
    (desk / HERE).unlink()
    assert [f["error"] for f in tkt("check", "--json").json] == ["check.deleted"]
    (desk / HERE).symlink_to("/etc/passwd")
    assert [f["error"] for f in tkt("check", "--json").json] == ["ticket.not_file"]


def test_only_what_was_named_is_checked(desk: Path, tkt: Runner) -> None:
    lay(desk, a_doc(priority="high"))
    sound = tkt.new()
    assert tkt("check", sound).code == 0
    assert tkt("check", sound, T1).code == 1
    assert tkt("check", "tickets/2026").code == 1
    assert tkt.at(desk / "tickets", "check", "2026").code == 1
    assert tkt("check", "kb").code == 0
    assert tkt("check", "tickets/none.yaml").code == 3
    assert tkt("check", "../elsewhere").code == 3


def test_a_broken_ticket_can_be_named_by_its_id(desk: Path, tkt: Runner) -> None:
    commit_by_hand(desk, {HERE: b"id: ["})
    assert [f["path"] for f in tkt("check", T1, "--json").json] == [HERE]


def test_very_many_tickets_are_checked_on_all_cores(desk: Path, tkt: Runner) -> None:
    letters = "23456789ABCDEFGHJKMNPQRSTVWXYZ"
    names = [f"261121-{a}{b}{c}2" for a in letters[:2] for b in letters for c in letters][:1600]
    files: dict[str, bytes | None] = {path_of(name): text(a_doc(name)) for name in names}
    files[path_of(names[7])] = b"id: ["
    commit_by_hand(desk, files)
    result = tkt("check", "--json")
    assert [f["path"] for f in result.json] == [path_of(names[7])]
    assert "1600 tickets" in result.err
    assert len(tkt("list", "--json").json) == 1600  # the index is built that way as well


def test_a_hint_stands_below_the_fault_that_it_is_for() -> None:
    screen = StringIO()
    env: Any = SimpleNamespace(collected=None, format=None, out=Streams(screen, screen))
    faults = [
        BadData("workflow.item_twice", path="a.yaml", line=1, item="x"),
        BadData("workflow.no_states", path="a.yaml", line=2),
        BadData("workflow.no_states", path="b.yaml", line=3),
        BadData("workflow.item_twice", path="a.yaml", line=4, item="x"),
    ]
    show_findings(env, faults)
    first, hint, *two, other, last = screen.getvalue().splitlines()
    assert [line.partition(": ")[0] for line in (first, *two, last)] == [
        "a.yaml:1:1", "a.yaml:2:1", "b.yaml:3:1", "a.yaml:4:1",
    ]  # fmt: skip
    assert "another name" in hint or "改一个名字" in hint
    assert "states" in other
