"""Courses by command: taken, assigned, ticked; who may say it of whom; and what follows of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

import terminals
from desks import commit_by_hand, git, log, status

if TYPE_CHECKING:
    from pathlib import Path

    from conftest import Result, Runner

TEAM = """\
agents:
  lin: {name: 林小满, email: [person@shop.example], teams: [b], skills: {refund: 4}}
  wang: {name: 王强, teams: [b], skills: {refund: 3}}
  chen: {name: 陈静, teams: [b], since: 2026-11-15}
  zhao: {name: 赵敏, teams: [b]}
teams:
  b: {name: 售后组, lead: zhao}
"""
COURSES = """\
courses:
  rules:
    label: {zh: 平台规则, en: platform rules}
    articles: [rules]
    for: [b]
    pass: 60
    again: 180d
    skills: {refund: 2}
  privacy: {label: {zh: 隐私, en: privacy}, articles: [privacy], new_hire: true, within: 7d}
checklist:
  accounts: {label: {zh: 开通账号, en: accounts opened}, within: 3d}
  shadowing: {label: {zh: 跟班一天, en: a day beside a colleague}}
"""
LESSON = """\
---
title: 平台规则
status: published
quiz:
  - ask: 七天从哪天算起?
    options: [签收当天, 签收的第二天]
    answer: 签收的第二天
    why: 第二天算第一天。
  - ask: 哪些可以不退?
    options: [定做的窗帘, 打折的衣服, 鲜活的水果]
    answer: [定做的窗帘, 鲜活的水果]
  - {ask: 几小时内发货?, answer: 48 小时}
---

规则以平台公示为准。
"""
PRIVACY = "---\ntitle: 隐私\nstatus: published\n---\n\n客户的资料不外传。\n".encode()
NOON = "2026-11-21T12:00:00+08:00"
IN_MAY = "2027-05-21T12:00:00+08:00"


@pytest.fixture
def shop(desk: Path) -> Path:
    files: dict[str, bytes | None] = {
        "team.yaml": TEAM.encode(),
        "training.yaml": COURSES.encode(),
        "kb/training/rules.md": LESSON.encode(),
    }
    commit_by_hand(desk, files)
    return desk


def by(who: str, at: str = NOON, lang: str = "zh") -> dict[str, str]:
    return {"TKT_ACTOR": who, "TKT_NOW": at, "TKT_LANG": lang, "PAGER": "cat"}


def take(tkt: Runner, who: str, answers: str = "2,1+3,48小时", at: str = NOON) -> Result:
    return tkt("train", "take", "rules", "--answers", answers, "--json", **by(who, at))


def states(tkt: Runner, who: str, at: str = NOON) -> dict[str, str]:
    rows = tkt("train", "status", who, "--json", **by("zhao", at)).json
    return {row["id"]: row["state"] for row in rows}


# -- looking ----------------------------------------------------------------------------------


def test_a_course_is_shown_with_its_questions_and_without_their_answers(
    shop: Path, tkt: Runner
) -> None:
    found = tkt("train", "show", "平台规则", "--json").json
    assert [one["slug"] for one in found["articles"]] == ["training/rules"]
    assert found["questions"] == [
        {"ask": "七天从哪天算起?", "options": ["签收当天", "签收的第二天"], "several": False},
        {"ask": "哪些可以不退?", "options": ["定做的窗帘", "打折的衣服", "鲜活的水果"],
         "several": True},
        {"ask": "几小时内发货?", "options": [], "several": False},
    ]  # fmt: skip
    assert "第二天算第一天" not in terminals.shown(shop, "train", "show", "rules", **by("lin"))
    rows = tkt("train", "list", "--json").json
    assert [(row["id"], row["questions"]) for row in rows] == [("rules", 3), ("privacy", 0)]


def test_what_is_no_course_is_not_found(shop: Path, tkt: Runner) -> None:
    result = tkt("train", "show", "rule")
    assert (result.code, "rules" in result.err) == (3, True)
    commit_by_hand(shop, {"training.yaml": None})
    assert tkt("train", "show", "rules").code == 3
    assert tkt("train", "tick", "accounts", **by("chen")).code == 3
    assert tkt("train", "list", "--json").json == []


# -- taking -----------------------------------------------------------------------------------


def test_taking_a_course_is_one_commit_with_the_score_and_what_was_read(
    shop: Path, tkt: Runner
) -> None:
    result = take(tkt, "lin", "2,1,48小时").json
    assert (result["score"], result["passed"], result["again"]) == (66, True, "2027-05-20")
    assert [one["right"] for one in result["answers"]] == [True, False, True]
    assert result["answers"][1]["answer"] == ["定做的窗帘", "鲜活的水果"]
    assert log(shop, "%an: %s", "-1") == ["林小满: lin passed rules: 66%"]
    assert git(shop, "log", "-1", "--format=%(trailers:key=Action,valueonly)").strip() == "train"
    blob = git(shop, "rev-parse", "HEAD:kb/training/rules.md")[:8]
    assert (shop / "trained/lin.yaml").read_text() == (
        f"history:\n  - {{at: {NOON}, do: take, course: rules, score: 66, passed: true, "
        f"version: [{blob}], by: lin}}\n"
    )
    assert status(shop) == ""
    assert tkt("check").code == 0


def test_failing_is_recorded_too_and_it_may_be_taken_again(shop: Path, tkt: Runner) -> None:
    failed = take(tkt, "lin", "1,2,24")
    assert (failed.code, failed.json["score"], failed.json["passed"]) == (0, 0, False)
    assert states(tkt, "lin")["rules"] == "never"
    assert take(tkt, "lin").json["score"] == 100
    assert states(tkt, "lin")["rules"] == "done"
    assert len((shop / "trained/lin.yaml").read_text().splitlines()) == 3


def test_answers_come_through_a_pipe_a_line_each(shop: Path, tkt: Runner) -> None:
    result = tkt("train", "take", "rules", "--json", stdin="B\n1、3\n48 小时\n\n", **by("lin"))
    assert result.json["score"] == 100


@pytest.mark.parametrize(
    ("words", "stdin"),
    [
        (["rules"], ""),
        (["rules", "--read"], ""),
        (["rules", "--answers", "1"], ""),
        (["rules", "--answers", "7,1,48"], ""),
        (["rules"], "1\n2\n"),
        (["rules", "--answers", "1,1,48", "--score", "90"], ""),
        (["privacy"], ""),
        (["privacy", "--answers", "1"], ""),
    ],
)
def test_what_cannot_be_meant_is_refused_and_nothing_recorded(
    shop: Path, tkt: Runner, words: list[str], stdin: str
) -> None:
    head = git(shop, "rev-parse", "HEAD")
    assert tkt("train", "take", *words, stdin=stdin, **by("lin")).code == 2
    assert git(shop, "rev-parse", "HEAD") == head


def test_a_course_without_questions_is_taken_by_reading(shop: Path, tkt: Runner) -> None:
    result = tkt("train", "take", "privacy", "--read", "--json", **by("chen"))
    assert (result.json["score"], result.json["passed"]) == (None, True)
    assert states(tkt, "chen")["privacy"] == "done"


def test_at_a_terminal_question_after_question_is_asked(shop: Path) -> None:
    screen = terminals.Terminal(shop, ("train", "take", "rules"), by("lin"), lines=100)
    screen.until("选")
    screen.type("9\n")
    screen.until("请写 1 到 2")
    screen.type("2\n")
    screen.until("多选")
    screen.type("1+2\n")
    screen.until("答：")
    screen.type("48 小时\n")
    code, seen = screen.end()
    assert code == 0
    assert "林小满 通过了“平台规则”：66 分" in seen
    assert "✗ 定做的窗帘 + 打折的衣服；应是 定做的窗帘 + 鲜活的水果" in seen
    assert "第二天算第一天" in seen


def test_at_a_terminal_one_says_that_all_was_read(shop: Path, tkt: Runner) -> None:
    screen = terminals.Terminal(shop, ("train", "take", "privacy"), by("chen"))
    screen.until("[y/N]")
    screen.type("y\n")
    assert screen.end()[0] == 0
    assert states(tkt, "chen")["privacy"] == "done"


# -- who may ----------------------------------------------------------------------------------


def test_only_a_lead_records_for_others_and_says_why(shop: Path, tkt: Runner) -> None:
    words = ("train", "take", "rules", "--agent", "wang")
    assert tkt(*words, "--answers", "2,1+3,48小时", **by("lin")).code == 1
    score = (*words, "--score", "95")
    assert tkt(*score, "--reason", "线下考试", **by("lin")).code == 1
    assert tkt("train", "take", "rules", "--score", "95", "--reason", "真的", **by("lin")).code == 1
    assert tkt(*score, **by("zhao")).code == 1
    assert tkt(*words, "--score", "101", "--reason", "线下考试", **by("zhao")).code == 2
    assert tkt(*score, "--reason", "线下考试", **by("zhao")).code == 0
    assert "reason: 线下考试, by: zhao" in (shop / "trained/wang.yaml").read_text()
    assert states(tkt, "wang")["rules"] == "done"


def test_who_is_not_in_the_team_has_nowhere_to_record_it(shop: Path, tkt: Runner) -> None:
    assert take(tkt, "stranger").code == 3


def test_results_are_edited_by_leads_alone_and_checked(shop: Path, tkt: Runner) -> None:
    take(tkt, "lin", "1,2,24")
    path = shop / "trained/lin.yaml"
    sound = path.read_text()
    path.write_text(sound.replace("score: 0, passed: false", "score: 100, passed: true"))
    for who in ("lin", "wang"):
        assert tkt("commit", **by(who)).code == 1
    assert take(tkt, "lin").code == 1, "edits are not overwritten"
    assert tkt("commit", **by("zhao")).code == 0
    assert states(tkt, "lin")["rules"] == "done"
    path.write_text(sound.replace("score: 0", "score: 101"))
    assert "score" in tkt("check").err + tkt("check").out
    assert tkt("check").code == 1
    assert tkt("commit", **by("zhao")).code == 1


def test_a_check_tells_of_people_and_articles_that_are_none(shop: Path, tkt: Runner) -> None:
    entry = b"history:\n  - {at: 2026-11-21T12:00:00+08:00, do: tick, item: accounts, by: x}\n"
    courses = COURSES.replace("[rules]", "[rules, lesson-lost]").encode()
    commit_by_hand(shop, {"trained/nobody.yaml": entry, "training.yaml": courses})
    result = tkt("check", "--json")
    found = {(one["path"], one["line"]) for one in result.json}
    assert result.code == 1
    assert found == {("trained/nobody.yaml", 1), ("training.yaml", 4)}
    (shop / "kb/training/lesson-lost.md").write_text("---\ntitle: 新写的\n---\n\n正文\n")
    assert "lesson-lost" not in tkt("check", "training.yaml").out


def test_results_of_who_has_left_fail_no_check(shop: Path, tkt: Runner) -> None:
    take(tkt, "wang")
    team = "\n".join(line for line in TEAM.splitlines() if "wang" not in line)
    commit_by_hand(shop, {"team.yaml": f"{team}\n".encode()})
    result = tkt("check")
    assert result.code == 0
    assert "trained/wang.yaml" in result.out


def test_a_course_of_a_retired_lesson_is_mentioned(shop: Path, tkt: Runner) -> None:
    commit_by_hand(shop, {"kb/training/privacy.md": PRIVACY})
    assert tkt("kb", "retire", "training/rules", **by("zhao")).code == 0
    (found,) = (one for one in tkt("check", "--json").json if one["path"] == "training.yaml")
    assert found["line"] == 4
    assert "training/rules" in found["message"]
    assert tkt("check", "training.yaml").code == 0


def test_who_passed_hears_that_the_lesson_has_changed_since(shop: Path, tkt: Runner) -> None:
    def changed() -> list[bool]:
        rows = tkt("train", "status", "lin", "--json", **by("lin")).json
        return [row["changed"] for row in rows if row["id"] == "rules"]

    take(tkt, "lin")
    assert changed() == [False]
    commit_by_hand(shop, {"kb/training/rules.md": f"{LESSON}还有一句。\n".encode()})
    assert changed() == [True]
    assert "文章后来改过" in terminals.shown(shop, "train", "status", "lin", **by("lin"))
    take(tkt, "lin", at="2026-11-22T12:00:00+08:00")
    assert changed() == [False]


def test_a_course_says_how_its_articles_are_read(shop: Path) -> None:
    shown = terminals.shown(shop, "train", "show", "rules", **by("lin"))
    assert "tkt kb show training/rules" in shown


def test_who_has_done_all_is_new_no_longer(shop: Path, tkt: Runner) -> None:
    def is_new() -> bool:
        return all(r["new"] for r in tkt("train", "status", "chen", "--json", **by("chen")).json)

    commit_by_hand(shop, {"kb/training/privacy.md": PRIVACY})
    assert tkt("train", "tick", "accounts", "shadowing", **by("chen")).code == 0
    assert is_new()
    assert tkt("train", "take", "privacy", "--read", **by("chen")).code == 0
    assert not is_new()
    assert "不再算新人" in terminals.shown(shop, "train", "status", "chen", **by("chen"))


# -- assigning, ticking -----------------------------------------------------------------------


def test_a_course_is_assigned_to_people_or_a_team_a_commit_for_each(
    shop: Path, tkt: Runner
) -> None:
    words = ("train", "assign", "rules", "--team", "b", "lin", "--within", "14d", "--json")
    assert tkt(*words, **by("lin")).code == 1
    found = tkt(*words, **by("zhao")).json
    assert (found["due"], len(found["commits"])) == ("2026-12-05", 4)
    assert log(shop, "%s", "--no-merges", "--grep=^assign") == [
        f"assign course rules to {who} until 2026-12-05" for who in ("zhao", "chen", "wang", "lin")
    ]
    assert tkt(*words, **by("zhao")).json["commits"] == []
    assert states(tkt, "wang")["rules"] == "due"
    assert states(tkt, "wang", "2026-12-06T00:00:00+08:00")["rules"] == "overdue"
    assert tkt("train", "assign", "rules", **by("zhao")).code == 2
    assert tkt("train", "assign", "rules", "lin", "--within", "半天", **by("zhao")).code == 2


def test_the_new_have_a_checklist_and_courses_from_the_day_they_began(
    shop: Path, tkt: Runner
) -> None:
    assert states(tkt, "chen") == {
        "rules": "never", "privacy": "due", "accounts": "overdue", "shadowing": "due",
    }  # fmt: skip
    assert tkt("train", "tick", "开通账号", "shadowing", **by("chen")).code == 0
    assert tkt("train", "tick", "shadowing", "--undo", "--agent", "chen", **by("zhao")).code == 0
    assert tkt("train", "tick", "shadowing", "--agent", "chen", **by("lin")).code == 1
    assert states(tkt, "chen")["accounts"] == "done"
    again = tkt("train", "tick", "accounts", "--json", **by("chen")).json
    assert (again["commits"], again["left"]) == ([], 1)
    assert "陈静 的新人清单：1/2" in terminals.shown(shop, "train", "status", "chen", **by("zhao"))


def test_somebody_is_added_with_the_day_they_began(shop: Path, tkt: Runner) -> None:
    words = ("agent", "add", "qian", "--name", "钱多", "--team", "b", "--since", "今天")
    assert tkt(*words, **by("zhao")).code == 0
    assert 'since: "2026-11-21"' in (shop / "team.yaml").read_text()
    assert states(tkt, "qian")["privacy"] == "due"
    assert tkt("agent", "set", "qian", "since=昨日黄花", **by("zhao")).code == 1
    assert tkt("agent", "set", "qian", "since=", **by("zhao")).code == 0
    assert "privacy" not in states(tkt, "qian")


def test_what_is_overdue_is_found_by_team(shop: Path, tkt: Runner) -> None:
    rows = tkt("train", "status", "--overdue", "--team", "b", "--json", **by("zhao")).json
    assert [(row["agent"], row["id"]) for row in rows] == [("chen", "accounts")]
    rows = tkt("train", "status", "me", "--json", **by("wang")).json
    assert [(row["agent"], row["id"], row["state"]) for row in rows] == [("wang", "rules", "never")]


# -- what follows -----------------------------------------------------------------------------


def test_it_is_told_to_who_has_to_learn_and_to_the_lead(shop: Path, tkt: Runner) -> None:
    tkt("train", "assign", "rules", "wang", "--within", "5d", **by("zhao"))
    tkt("train", "assign", "rules", "lin", "--within", "30d", **by("zhao"))
    own = tkt("today", "--json", **by("wang")).json["training"]
    assert [(one["id"], one["due"]) for one in own] == [("rules", "2026-11-26")]
    assert tkt("today", "--json", **by("lin")).json["training"] == []
    assert "平台规则" in terminals.shown(shop, "today", **by("wang"))
    told = tkt("summary", "--json", **by("zhao")).json["training"]
    assert {one["agent"] for one in told} == {"wang", "chen"}
    assert tkt("summary", "昨天", "--json", **by("zhao")).json["training"] == []
    assert "培训" in terminals.shown(shop, "summary", **by("zhao", IN_MAY))


def test_who_is_overdue_gets_no_ticket_that_needs_the_skill_until_it_is_passed(
    shop: Path, tkt: Runner
) -> None:
    flow = (shop / "workflows/simple.yaml").read_text()
    routed = flow.replace("\nrouting:\n", "\nrouting:\n  team: b\n  skills: {refund: 2}\n")
    commit_by_hand(shop, {"workflows/simple.yaml": routed.encode()})
    take(tkt, "lin")
    take(tkt, "wang")
    take(tkt, "wang", at="2027-05-01T12:00:00+08:00")
    one = tkt.new("杯子碎了", **by("zhao", IN_MAY))
    assert tkt("show", one, "--json").json["assignee"] == "wang"
    found = tkt("route", "show", one, "--json", **by("zhao", IN_MAY)).json
    told = {each["agent"]: (each["veto"], each.get("courses")) for each in found["candidates"]}
    assert told["lin"] == ("untrained", ["rules"])
    assert told["chen"] == ("no-skill", None)
    shown = terminals.shown(shop, "route", "show", one, **by("zhao", IN_MAY))
    assert "培训没过（平台规则）" in shown
    me = tkt("agent", "show", "lin", "--json", **by("zhao", IN_MAY)).json
    assert me["lapsed"] == {"refund": {"from": 2, "courses": ["rules"]}}
    shown = terminals.shown(shop, "agent", "show", "lin", **by("zhao", IN_MAY))
    assert "refund 2 级以上（平台规则）" in shown
    take(tkt, "lin", at=IN_MAY)
    two = tkt.new("又一个", **by("zhao", IN_MAY))
    assert tkt("show", two, "--json").json["assignee"] == "lin"


def test_a_routing_that_is_tried_on_the_past_knows_who_was_overdue(shop: Path, tkt: Runner) -> None:
    flow = (shop / "workflows/simple.yaml").read_text()
    routed = flow.replace("\nrouting:\n", "\nrouting:\n  team: b\n  skills: {refund: 2}\n")
    commit_by_hand(shop, {"workflows/simple.yaml": routed.encode()})
    take(tkt, "lin")
    take(tkt, "wang", at="2027-05-01T12:00:00+08:00")
    for title in ("杯子碎了", "又一个", "第三个"):
        tkt.new(title, **by("zhao", IN_MAY))
    late = by("zhao", "2027-05-21T18:00:00+08:00")
    found = tkt("route", "simulate", "--since", "2027-05-21", "--json", **late).json
    assert {one["agent"]: one["would"] for one in found["by_agent"]} == {
        "lin": 0, "wang": 3, "chen": 0, "zhao": 0
    }  # fmt: skip


def test_two_clones_record_for_one_person_and_nothing_conflicts(
    shop: Path, tkt: Runner, tmp_path: Path
) -> None:
    take(tkt, "lin", "1,2,24")
    git(tmp_path, "clone", "-q", "--bare", str(shop), "origin.git")
    git(tmp_path, "clone", "-q", "origin.git", "other")
    git(shop, "remote", "add", "origin", str(tmp_path / "origin.git"))
    other = tmp_path / "other"
    take(tkt, "lin", at="2026-11-22T09:00:00+08:00")
    score = ("train", "take", "rules", "--agent", "lin", "--score", "70", "--reason", "口试")
    assert tkt.at(other, *score, **by("zhao")).code == 0
    tick = ("train", "tick", "accounts", "--agent", "chen")
    assert tkt(*tick, **by("zhao")).code == 0
    assert tkt.at(other, *tick, **by("zhao", "2026-11-22T09:00:00+08:00")).code == 0
    assert tkt("sync", **by("lin")).code == 0
    done = tkt.at(other, "sync", **by("zhao"))
    assert done.code == 0, done.err
    assert tkt("sync", **by("lin")).code == 0
    for folder in (shop, other):
        assert (folder / "trained/lin.yaml").read_text().count("do: take") == 3
        assert (folder / "trained/chen.yaml").read_text().count("history:") == 1
        assert tkt.at(folder, "check").code == 0
