"""Tickets are classified anew on request, and nothing that a person settled is undone."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from desks import commit_by_hand, git

if TYPE_CHECKING:
    from pathlib import Path

    from conftest import Runner

BEFORE = "inbox: other\ncategories:\n  quality: {keywords: [质量问题]}\n  other: {}\n"
AFTER = """\
inbox: other
categories:
  quality: {keywords: [质量问题, 掉色], workflow: returns, severity: 2, priority: high}
  late: {keywords: [没收到]}
  other: {}
"""


@pytest.fixture
def old(desk: Path, tkt: Runner) -> Runner:
    """A desk whose classify.yaml has learnt a word since its tickets were opened."""
    commit_by_hand(desk, {"classify.yaml": BEFORE.encode()})
    return tkt


def better(tkt: Runner) -> None:
    commit_by_hand(tkt.folder, {"classify.yaml": AFTER.encode()})


def ticket(tkt: Runner, ticket_id: str) -> dict[str, Any]:
    found: dict[str, Any] = tkt("show", ticket_id, "--json").json
    return found


def state(tkt: Runner, ticket_id: str) -> tuple[Any, ...]:
    found = ticket(tkt, ticket_id)
    return tuple(found.get(name) for name in ("category", "workflow", "severity", "priority"))


def test_what_classifying_decided_it_may_decide_anew(old: Runner) -> None:
    faded = old.new("衣服掉色")
    assert state(old, faded) == ("other", "simple", None, "normal")
    better(old)
    assert old("classify", "--apply", "all").code == 0
    assert state(old, faded) == ("quality", "returns", 2, "high")
    event = ticket(old, faded)["timeline"][-1]
    assert event["classified"]["words"] == ["掉色"]
    body = git(old.folder, "log", "-1", "--format=%B")
    assert body.startswith(f"classify {faded}")
    assert "> category quality: 掉色 (1)" in body
    assert "Rule: classify.yaml#categories.quality" in body


def test_what_a_person_set_stays(old: Runner) -> None:
    set_later, said_first = old.new("衣服掉色"), old.new("裙子掉色", "--category", "other")
    priority = old.new("裤子掉色")
    assert old("set", set_later, "category=late").code == 0
    assert old("set", priority, "priority=low").code == 0
    better(old)
    assert old("classify", "--apply", "all").code == 0
    assert state(old, set_later)[0] == "late"
    assert state(old, said_first)[0] == "other"
    assert state(old, priority) == ("quality", "returns", 2, "low")


def test_what_a_person_took_back_stays_taken_back(old: Runner) -> None:
    faded = old.new("衣服掉色")
    better(old)
    old("classify", "--apply", "all")
    assert old("undo", faded).code == 0
    assert old("classify", "--apply", "all").code == 0
    assert state(old, faded)[0] == "other"


def test_tickets_from_before_there_were_categories_are_classified(desk: Path, tkt: Runner) -> None:
    faded = tkt.new("衣服掉色")
    urgent = tkt.new("裙子掉色", "--priority", "urgent")
    better(tkt)
    assert tkt("classify", "--apply", "all").code == 0
    assert state(tkt, faded) == ("quality", "returns", 2, "high")
    assert state(tkt, urgent) == ("quality", "returns", 2, "urgent")


def test_whoever_has_begun_goes_on_in_the_same_process(old: Runner) -> None:
    faded = old.new("衣服掉色")
    assert old("move", faded, "open").code == 0
    better(old)
    assert old("classify", "--apply", "all").code == 0
    assert state(old, faded)[:2] == ("quality", "simple")
    assert ticket(old, faded)["status"] == "open"


def test_many_are_one_commit_each_under_one_merge_commit(old: Runner) -> None:
    for number in range(3):
        old.new(f"衣服掉色{number}")
    old.new("你好")
    better(old)
    before = git(old.folder, "rev-parse", "HEAD")
    done = old("classify", "--apply", "all")
    assert "1 tickets stay" in done.err
    assert git(old.folder, "rev-list", "--count", "--no-merges", f"{before}..HEAD") == "3"
    assert git(old.folder, "rev-list", "--count", "--first-parent", f"{before}..HEAD") == "1"
    assert old("check").code == 0


def test_a_dry_run_says_what_it_would_do_and_does_nothing(old: Runner) -> None:
    faded = old.new("衣服掉色")
    better(old)
    before = git(old.folder, "rev-parse", "HEAD")
    done = old("classify", "--apply", "category:other", "--dry-run", "--json")
    (row,) = done.json
    assert (row["id"], row["set"]["category"]) == (faded, "quality")
    assert row["rule"] == "classify.yaml#categories.quality"
    assert git(old.folder, "rev-parse", "HEAD") == before


def test_a_second_time_changes_nothing(old: Runner) -> None:
    old.new("衣服掉色")
    better(old)
    old("classify", "--apply", "all")
    before = git(old.folder, "rev-parse", "HEAD")
    assert old("classify", "--apply", "all", "--json").json == []
    assert git(old.folder, "rev-parse", "HEAD") == before
