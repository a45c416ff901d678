"""What holds for every verb that acts on tickets: one, several, a query, a preview, a refusal."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, NamedTuple

import pytest
import worlds

from desks import git, log, status

if TYPE_CHECKING:
    from pathlib import Path

    from conftest import Runner


class Verb(NamedTuple):
    """A command on tickets: words before and behind the ids, what must have been done first."""

    name: str
    before: tuple[str, ...] = ()
    after: tuple[str, ...] = ()
    first: tuple[tuple[str, ...], ...] = ()
    action: str = ""
    first_by: str = "lin"


VERBS = (
    Verb("take"),
    Verb("assign", before=("lin",)),
    Verb("reply", after=("-m", "亲,马上为您处理")),
    Verb("note", after=("-m", "已联系仓库")),
    Verb("message", after=("-m", "还没收到")),
    Verb("move", after=("open",)),
    Verb("wait", after=("--until", "+2d")),
    Verb("resolve"),
    Verb("close", after=("--reason", "重复")),
    Verb("reopen", first=(("close", "{}"),)),
    Verb("escalate", after=("--reason", "要赔偿")),
    Verb("archive", first=(("close", "{}"),)),
    Verb("set", after=("priority=high",)),
    Verb("promise", after=("--by", "+48h")),
    Verb("macro", before=("run", "催单")),
    Verb("watch"),
    Verb("mute"),
    Verb("undo", first=(("note", "{}", "错了"),)),
    Verb("link", after=("relates", "{other}")),
    Verb(
        "tick",
        after=("photo",),
        first=(("set", "{}", "workflow=returns"), ("move", "{}", "working")),
    ),
    Verb("approve", first=(("set", "{}", "workflow=returns", "refund=299"),), first_by="wang"),
    Verb("merge", after=("--into", "{other}")),
)
verbs = pytest.mark.parametrize("verb", VERBS, ids=lambda verb: verb.name)


class Case:
    """A desk with three tickets on which a verb can be tried."""

    def __init__(self, tkt: Runner, verb: Verb) -> None:
        self.tkt = tkt
        self.verb = verb
        if verb.name == "macro":
            with open(tkt.folder / "tkt.yaml", "a", encoding="utf-8") as stream:
                stream.write(worlds.AUTOMATION)
            assert tkt("commit").code == 0
        self.one, self.two, self.other = (tkt.new(f"杯子 {n}") for n in (1, 2, 3))
        for ticket in (self.one, self.two):
            for words in verb.first:
                said = (word.format(ticket) for word in words)
                assert tkt(*said, TKT_ACTOR=verb.first_by).code == 0

    def words(self, *ids: str) -> tuple[str, ...]:
        after = (word.format(other=self.other) for word in self.verb.after)
        return (self.verb.name, *self.verb.before, *ids, *after)


@pytest.fixture
def case(tkt: Runner, verb: Verb) -> Case:
    return Case(tkt, verb)


@verbs
def test_one_ticket_answers_id_commit_and_ticket(case: Case, desk: Path) -> None:
    result = case.tkt(*case.words(case.one), "--json")
    assert result.code == 0, result.err
    answer = result.json
    assert list(answer) == ["id", "commit", "ticket"]
    assert answer["ticket"] == case.tkt("show", "--itself", answer["id"], "--json").json
    assert status(desk) == ""
    message = git(desk, "log", "-1", "--format=%B", answer["commit"])
    trailers = git(desk, "interpret-trailers", "--parse", stdin=message.encode()).splitlines()
    assert f"Ticket: {answer['id']}" in trailers
    assert f"Action: {case.verb.name}" in trailers
    assert "Actor: lin" in trailers
    assert case.tkt("check").code == 0


@verbs
def test_several_tickets_are_a_commit_each_under_one_merge(case: Case, desk: Path) -> None:
    head = git(desk, "rev-parse", "HEAD")
    result = case.tkt(*case.words(case.one, case.two), "--json")
    assert (result.code, [row["ok"] for row in result.json]) == (0, [True, True])
    assert len(log(desk, "%h", "--first-parent", f"{head}..")) == 1
    assert len({row["commit"] for row in result.json}) == 2
    assert (status(desk), case.tkt("check").code) == ("", 0)


@verbs
def test_a_query_chooses_as_ids_do(case: Case) -> None:
    words = case.words()
    where = f"id:{case.one} or id:{case.two}"
    result = case.tkt(*words, "--where", where, "--yes", "--json")
    assert result.code == 0, result.err
    assert [row["ok"] for row in result.json] == [True, True]


@verbs
def test_a_preview_changes_nothing_and_says_what_would_happen(case: Case, desk: Path) -> None:
    head = git(desk, "rev-parse", "HEAD")
    result = case.tkt(*case.words(case.one), "--dry-run", "--json")
    assert result.code == 0, result.err
    assert {row["ok"] for row in result.json} == {True}
    assert case.one in {row["id"] for row in result.json}
    assert case.verb.name in {row["action"] for row in result.json}
    assert git(desk, "rev-parse", "HEAD") == head
    assert status(desk) == ""


@verbs
def test_no_such_ticket_is_3(case: Case) -> None:
    result = case.tkt(*case.words("ZZZZ"), "--json")
    assert (result.code, result.out) == (3, "")
    told = json.loads(result.err)
    assert (told["error"], bool(told["hint"])) == ("not-found", True)


@verbs
def test_no_ticket_named_is_a_mistake_or_means_something_else(case: Case) -> None:
    code = case.tkt(*case.words(), "--json").code
    expected = {"undo": 0 if case.verb.first else 1, "resolve": 1}
    assert code == expected.get(case.verb.name, 2)


@verbs
def test_what_fails_for_one_hinders_no_other(case: Case, desk: Path) -> None:
    result = case.tkt(*case.words(case.one, "ZZZZ", case.two), "--json")
    rows = result.json
    assert [row["ok"] for row in rows] == [True, False, True]
    assert (result.code, rows[1]["error"]) == (3, "not-found")
    assert status(desk) == ""


@verbs
def test_an_edited_file_is_refused_and_kept(case: Case, desk: Path) -> None:
    row = case.tkt("show", case.one, "--json").json
    path = desk / row["path"]
    path.write_text(path.read_text() + "# 手工\n")
    head = git(desk, "rev-parse", "HEAD")
    result = case.tkt(*case.words(case.one), "--json")
    assert (result.code, json.loads(result.err)["error"]) == (1, "refused")
    assert path.read_text().endswith("# 手工\n")
    assert git(desk, "rev-parse", "HEAD") == head


@verbs
def test_a_batch_does_the_same(case: Case, tmp_path: Path) -> None:
    lines = tmp_path / "lines.jsonl"
    lines.write_text(json.dumps([*case.words(case.one)], ensure_ascii=False) + "\n")
    result = case.tkt("batch", str(lines))
    answer = json.loads(result.out)
    assert (result.code, answer["ok"]) == (0, True), result.out
    assert list(answer["result"]) == ["id", "commit", "ticket"]


@verbs
def test_work_can_be_recorded_after_the_fact(case: Case) -> None:
    late = "2026-11-21T18:30:00+08:00"
    words = (*case.words(case.one), "--at", late, "--json")
    assert case.tkt(*words).code == 2  # what is still to come has not happened
    result = case.tkt(*words, TKT_NOW="2026-11-22T09:00:00+08:00")
    assert result.code == 0, result.err
    assert late in {event["at"] for event in result.json["ticket"]["timeline"]}
