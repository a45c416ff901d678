from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from desks import git, status

if TYPE_CHECKING:
    from pathlib import Path

    from conftest import Runner


def shown(tkt: Runner, name: str, *more: str, who: str = "lin") -> list[str]:
    result = tkt("view", "show", name, *more, "--json", TKT_ACTOR=who)
    assert result.code == 0, result.err
    return [row["title"] for row in result.json]


@pytest.fixture
def some(tkt: Runner) -> Runner:
    tkt.new("我的", "assignee=lin", "-m", "在吗", "--customer", "小王")
    tkt.new("别人的", "assignee=wang")
    tkt.new("没人的", "priority=urgent")
    tkt.new("升级的", "assignee=wang", "level=2")
    tkt.new("完了的", "assignee=lin", "status=closed")
    return tkt


def test_shipped_views_find_what_they_say(some: Runner) -> None:
    assert shown(some, "mine") == ["我的"]
    assert shown(some, "waiting") == ["我的"]
    assert shown(some, "unassigned") == ["没人的"]
    assert shown(some, "escalated") == ["升级的"]
    assert shown(some, "overdue") == []
    assert len(shown(some, "today")) == 5


@pytest.mark.parametrize("name", ["mine", "我的", "MINE"])
def test_a_view_goes_by_name_or_label(some: Runner, name: str) -> None:
    assert shown(some, name) == ["我的"]


def test_a_query_narrows_a_view_down(some: Runner) -> None:
    assert shown(some, "today", "priority:urgent") == ["没人的"]
    result = some("list", "--view", "today", "priority:urgent", "--json")
    assert [row["title"] for row in result.json] == ["没人的"]


def test_a_view_that_is_an_or_is_narrowed_down_as_a_whole(some: Runner) -> None:
    some("view", "save", "both", "assignee:wang or priority:urgent")
    assert shown(some, "both", "level>1") == ["升级的"]


def test_a_personal_view_is_ones_own_and_outside_git(some: Runner, desk: Path) -> None:
    head = git(desk, "rev-parse", "HEAD")
    assert some("view", "save", "急", "priority:urgent", "--columns", "单号,title").code == 0
    assert (git(desk, "rev-parse", "HEAD"), status(desk)) == (head, "")
    assert shown(some, "急") == ["没人的"]
    assert some("view", "show", "急", TKT_ACTOR="wang").code == 3
    assert some("view", "show", "急", "--csv").out.splitlines()[0] == "id,title"


def test_a_shared_view_is_everybodys_and_a_commit(some: Runner, desk: Path) -> None:
    result = some(
        "view", "save", "急", "priority:urgent", "--sort", "-opened", "--shared", "--json"
    )
    assert result.json["commit"] == git(desk, "rev-parse", "HEAD")
    assert status(desk) == ""
    assert (desk / "views/急.yaml").read_text() == 'query: priority:urgent\nsort: "-opened"\n'
    assert shown(some, "急", who="wang") == ["没人的"]
    assert some("check").code == 0


def test_ones_own_goes_before_the_shared_and_that_before_the_shipped(some: Runner) -> None:
    some("view", "save", "mine", "all", "--shared")
    assert len(shown(some, "mine")) == 5
    some("view", "save", "mine", "priority:urgent")
    assert shown(some, "mine") == ["没人的"]
    assert len(shown(some, "mine", who="wang")) == 5
    for left in (5, 1):
        some("view", "delete", "mine")
        assert len(shown(some, "mine")) == left
    refused = some("view", "delete", "mine")
    assert (refused.code, "tkt view save" in refused.err) == (1, True)


def test_what_cannot_be_shown_is_not_saved(some: Runner) -> None:
    assert some("view", "save", "x", "colour>").code == 2
    assert some("view", "save", "x", "all", "--columns", "path").code == 1
    assert some("view", "save", "x/y", "all").code == 2
    assert some("view", "save", "x", "all", "--sort", "tags").code == 2
    assert some("view", "show", "x").code == 3


def test_a_view_counts_what_it_finds(some: Runner) -> None:
    rows = {row["name"]: row["count"] for row in some("view", "list", "--json").json}
    assert rows == {
        "mine": 1, "waiting": 1, "unassigned": 1, "overdue": 0, "today": 5, "escalated": 1,
    }  # fmt: skip


@pytest.mark.parametrize(
    ("text", "fault"),
    [("query: [a]\n", "config.not_text"), ("columns: 1\n", "view.columns"),
     ("colour: red\n", "config.unknown_key"), ("- a\n", "config.not_mapping")],
)  # fmt: skip
def test_a_broken_view_file_is_found_and_stops_nothing(
    some: Runner, desk: Path, text: str, fault: str
) -> None:
    (desk / "views").mkdir()
    (desk / "views/bad.yaml").write_text(text)
    git(desk, "add", "views")
    git(desk, "commit", "-qm", "bad")
    (found,) = some("check", "--json").json
    assert (found["path"], found["error"]) == ("views/bad.yaml", fault)
    assert some("list").code == 0
