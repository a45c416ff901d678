"""Tickets find their agents: at opening, when they come back, and by each sweep."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

import pytest

from clones import assert_agree, make_world
from desks import assert_index_is_right, commit_by_hand, git, log, status
from terminals import shown

if TYPE_CHECKING:
    from pathlib import Path

    from conftest import Result, Runner

NOON = "2026-11-21T14:03:11+08:00"
TEAM = """\
agents:
  lin: {name: 林小满, email: [lin@shop.example], teams: [b], skills: {refund: 3}, capacity: 2}
  wang: {name: 王磊, email: [wang@shop.example], teams: [b], skills: {refund: 2}, capacity: 2}
  zhao: {name: 赵敏, email: [zhao@shop.example], teams: [b, c]}
teams:
  b: {name: 售后组, lead: zhao, categories: [tuikuan, weixiu]}
  c: {name: 客诉组, lead: zhao}
"""
FLOW = """\
label: {zh: 退款, en: money back}
categories: [tuikuan]
states:
  new: {category: new}
  doing: {category: open}
  done: {category: resolved}
routing:
  skills: {refund: 2}
  fallback: {after: 15m, team: c, tell: lead}
"""
NIGHT = "shifts: {早班: [08:00-16:00], 晚班: [16:00-22:00]}\n"


def staff(desk: Path, flow: str = FLOW, team: str = TEAM, **files: str) -> None:
    """People, and a process that routes."""
    said = {"team.yaml": team, "workflows/tuikuan.yaml": flow, **files}
    commit_by_hand(desk, {path: text.encode() for path, text in said.items()})


@pytest.fixture
def shop(desk: Path) -> Path:
    staff(desk)
    return desk


def ticket(tkt: Runner, *more: str) -> str:
    return tkt.new("要求退款", "--category", "tuikuan", *more)


def row(tkt: Runner, ticket_id: str) -> Any:
    return tkt("show", ticket_id, "--json").json


def owner(tkt: Runner, ticket_id: str) -> str | None:
    found: str | None = row(tkt, ticket_id).get("assignee")
    return found


def sweep(tkt: Runner, now: str = NOON) -> Any:
    done = tkt("sweep", "--json", TKT_NOW=now)
    assert done.code == 0, done.err
    return done.json["actions"]


def full(tkt: Runner) -> None:
    """Everybody who knows about refunds has all that they can do."""
    for _ in range(4):
        ticket(tkt)


# -- at opening -------------------------------------------------------------------------------


def test_a_new_ticket_goes_to_somebody_and_says_why(tkt: Runner, shop: Path) -> None:
    before = git(shop, "rev-parse", "HEAD")
    done: Result = tkt("new", "要求退款", "--category", "tuikuan")
    said = "least loaded of 2 on shift with refund ≥ 2 (林小满 0/2, 王磊 0/2)"
    assert f"goes to 林小满: {said}" in done.err
    assert "note: 261121" not in done.err, "nothing is wrong"
    (its_id,) = [each["id"] for each in tkt("list", "--json").json]
    assert owner(tkt, its_id) == "lin"
    assert log(shop, "%an|%s", "--no-merges", f"{before}..")[0] == (
        f"tkt router|assign {its_id} team=b assignee=lin"
    )
    assert log(shop, "%s", "--first-parent", f"{before}..") == ["open: 2 actions"]
    message = git(shop, "log", "-1", "--format=%B", "HEAD^2")
    assert "> Least loaded of 2 on shift with refund ≥ 2: lin 0/2, wang 0/2." in message
    assert "Actor: router" in message
    assert "Rule: workflows/tuikuan.yaml#routing" in message
    event = row(tkt, its_id)["timeline"][-1]
    assert (event["by"], event["if"], event["rule"]) == (
        "router", {"assignee": None}, "workflows/tuikuan.yaml#routing",
    )  # fmt: skip
    assert event["routed"] == {
        "team": "b", "skilled": {"refund": 2}, "strategy": "least_loaded", "free": 2,
        "named": [["lin", 0, 2], ["wang", 0, 2]],
    }  # fmt: skip
    assert "why" not in event, "there is one account of it"
    assert status(shop) == ""
    assert tkt("check").code == 0
    assert_index_is_right(shop)


def test_who_was_named_keeps_it_and_other_processes_are_left_alone(tkt: Runner, shop: Path) -> None:
    assert owner(tkt, ticket(tkt, "--assignee", "zhao")) == "zhao"
    commit_by_hand(shop, {"workflows/tuikuan.yaml": FLOW.partition("routing:")[0].encode()})
    assert owner(tkt, ticket(tkt)) is None


def test_a_desk_without_agents_is_as_before(tkt: Runner, desk: Path) -> None:
    staff(desk, team="agents: {}\nteams: {}\n")
    its_id = ticket(tkt)
    assert owner(tkt, its_id) is None
    assert row(tkt, its_id)["unassigned_reason"] is None
    assert sweep(tkt, "2026-11-21T23:00:00+08:00") == []
    assert json.loads(tkt("assign", "--auto", "--json").out)[0]["reason"] == "no-agent"


def test_nobody_is_given_more_than_they_can_do(tkt: Runner, shop: Path) -> None:
    full(tkt)
    its_id = ticket(tkt)
    assert (owner(tkt, its_id), row(tkt, its_id)["unassigned_reason"]) == (None, "capacity")
    (listed,) = tkt("list", "unassigned", "--json").json
    assert listed["unassigned_reason"] == "capacity"
    needs = tkt("summary", "--json").json["needs"]["unassigned"]
    assert [each["reason"] for each in needs["tickets"]] == ["capacity"]


# -- in words ---------------------------------------------------------------------------------


def person(desk: Path, *args: str, lang: str = "zh") -> str:
    """What a person at a terminal reads of a command, without spaces: lines break anywhere."""
    said = shown(desk, *args, TKT_LANG=lang, PAGER="cat")
    return "".join(re.sub("\x1b\\[[0-9;?]*[a-z]", "", said).split())


def test_a_reader_of_chinese_is_told_in_chinese(tkt: Runner, shop: Path) -> None:
    done = tkt("new", "要求退款", "--category", "tuikuan", TKT_LANG="zh")
    said = "当班且会 refund 2 级以上的 2 人里最闲（林小满 0/2，王磊 0/2）"
    assert f"分给 林小满：{said}" in done.err
    assert "注意：26" not in done.err, "nothing is wrong"
    (its_id,) = [each["id"] for each in tkt("list", "--json").json]
    said = said.replace(" ", "")
    told = person(shop, "show", its_id)
    assert f"自动分单分配负责人林小满·团队售后组·原因：{said}" in told
    assert f"说明{said}" in person(shop, "route", "show", its_id)
    told = person(shop, "show", its_id, lang="en")
    assert "routingassignedassignee林小满·team售后组·why:leastloadedof2onshift" in told


def test_what_programs_read_is_the_same_in_either_language(tkt: Runner, shop: Path) -> None:
    its_id = ticket(tkt)
    for lang in ("zh", "en"):
        plain = tkt("show", its_id, TKT_LANG=lang).out
        assert "why: Least loaded of 2 on shift with refund ≥ 2: lin 0/2, wang 0/2." in plain


def test_why_nobody_has_it_is_told_in_words_and_as_a_warning(tkt: Runner, shop: Path) -> None:
    full(tkt)
    done = tkt("new", "要求退款", "--category", "tuikuan", TKT_LANG="zh")
    said = "售后组 2 人满了，1 人技能不符（要会 refund 2 级以上）"
    assert done.err.startswith("注意：261121-")
    assert f"还没有人接：{said}" in done.err
    waiting = tkt("list", "unassigned", "--json").json
    assert "–都满了" in person(shop, "list")
    assert "–都满了" in person(shop, "summary")
    assert "–allfull" in person(shop, "summary", lang="en")
    auto = ("assign", "--auto", "--dry-run")
    for args in (auto, (*auto, "--explain"), ("route", "show", waiting[0]["id"])):
        told = person(shop, *args)
        assert "–都满了" in told
        assert said.replace(" ", "") in told
        assert "capacity" not in told
    found = tkt("assign", "--auto", "--json", TKT_LANG="zh").json[0]
    counted = {"capacity": 2, "no-skill": 1}
    assert (found["reason"], found["because"]["vetoes"]) == ("capacity", counted)
    assert found["why"] == "Nobody of 3 in b with refund ≥ 2: 2 capacity, 1 no-skill."


def test_what_a_sweep_gave_out_says_why(tkt: Runner, desk: Path) -> None:
    away = {f"availability/{who}.yaml": "{status: away}\n" for who in ("lin", "wang")}
    staff(desk, **away)
    ticket(tkt)
    commit_by_hand(desk, {"availability/lin.yaml": b"{status: active}\n"})
    told = tkt("sweep", "--json").json["actions"][0]
    assert told["because"]["named"] == [["lin", 0, 2]]
    assert told["why"].startswith("Least loaded of 1")


def test_what_no_team_serves_is_told_with_what_to_do(tkt: Runner, shop: Path) -> None:
    done = tkt("new", "问问", "--category", "huanhuo", "--workflow", "tuikuan", TKT_LANG="en")
    assert "no team serves category 'huanhuo'" in done.err
    assert "tkt team set TEAM categories+=huanhuo" in done.err
    assert tkt("team", "set", "b", "categories+=huanhuo", TKT_ACTOR="zhao").code == 0
    done = tkt("new", "问问", "--category", "huanhuo", "--workflow", "tuikuan", TKT_LANG="en")
    assert "goes to 林小满" in done.err
    done = tkt("new", "问问", "--workflow", "tuikuan", TKT_LANG="en")
    assert "it has no category" in done.err


def test_what_nobody_has_time_for_is_its_teams_from_the_start(tkt: Runner, shop: Path) -> None:
    full(tkt)
    its_id = ticket(tkt)
    told = row(tkt, its_id)
    assert (told.get("assignee"), told["team"]) == (None, "b")
    event = told["timeline"][-1]
    assert (event["by"], event["set"], event["if"]) == ("router", {"team": "b"}, {"team": None})
    assert (event["rule"], event["routed"]["reason"]) == (
        "workflows/tuikuan.yaml#routing", "capacity",
    )  # fmt: skip
    assert "> Nobody of 3 in b with refund ≥ 2: 2 capacity, 1 no-skill." in git(
        shop, "log", "-1", "--format=%B", "HEAD^2"
    )
    assert "why: Nobody of 3 in b" in tkt("show", its_id).out
    assert [each["id"] for each in tkt("list", "team:b", "assignee:none", "--json").json] == [
        its_id
    ]
    assert tkt("summary", "--team", "b", "--json").json["needs"]["unassigned"]["total"] == 1
    head = git(shop, "rev-parse", "HEAD")
    assert sweep(tkt) == [], "once"
    assert git(shop, "rev-parse", "HEAD") == head
    assert tkt("check").code == 0
    assert_index_is_right(shop)


def test_a_sweep_tells_whose_leftovers_are_once_and_their_lead_is_the_one_who_hears(
    tkt: Runner, desk: Path
) -> None:
    ladder = "escalation:\n  - {idle: 10m, tell: lead}\n"
    away = "{status: away, reason: 培训}\n"
    staff(
        desk, FLOW.partition("  fallback")[0] + "  on: []\n" + ladder,
        TEAM.replace("客诉组, lead: zhao", "客诉组, lead: lin"),
        **{f"availability/{who}.yaml": away for who in ("lin", "wang")},
    )  # fmt: skip
    its_id = ticket(tkt)
    assert "team" not in row(tkt, its_id)
    (done,) = sweep(tkt)
    assert (done["id"], done["set"]) == (its_id, {"team": "b"})
    head = git(desk, "rev-parse", "HEAD")
    assert sweep(tkt) == []
    assert git(desk, "rev-parse", "HEAD") == head
    (rung,) = sweep(tkt, "2026-11-21T14:13:11+08:00")
    assert rung["tell"] == ["zhao"], "not the leads of all teams"


# -- when it comes back -----------------------------------------------------------------------


@pytest.mark.parametrize("said", ["lin", "林小满", "Lin"])
def test_nobody_gets_a_complaint_of_themselves_however_they_are_called(
    tkt: Runner, shop: Path, said: str
) -> None:
    for _ in range(2):
        assert owner(tkt, ticket(tkt, f"about_agent={said}")) == "wang"
    assert row(tkt, ticket(tkt, f"about_agent={said}"))["unassigned_reason"] == "capacity"
    done = tkt("next", "--json", TKT_ACTOR="lin")
    assert done.code == 3, done.out


def test_given_back_it_goes_to_somebody_else(tkt: Runner, shop: Path) -> None:
    its_id = ticket(tkt)
    tkt("assign", "none", its_id, "--reason", "不归我", TKT_ACTOR="lin")
    assert owner(tkt, its_id) == "wang"
    tkt("assign", "none", its_id, "--reason", "不归我", TKT_ACTOR="wang")
    assert (owner(tkt, its_id), row(tkt, its_id)["unassigned_reason"]) == (None, "taken-off")


def with_complaints(desk: Path) -> None:
    """The same people, and a team of its own for complaints of the same process."""
    team = TEAM.replace("[b, c]}", "[c], skills: {refund: 2}}")
    team = team.replace("客诉组, lead: zhao", "客诉组, lead: zhao, categories: [tousu]")
    staff(desk, FLOW.replace("[tuikuan]", "[tuikuan, tousu]"), team)


def test_what_waits_for_a_team_waits_for_another_once_its_category_is_anothers(
    tkt: Runner, desk: Path
) -> None:
    with_complaints(desk)
    full(tkt)
    its_id, other, named = ticket(tkt), ticket(tkt), ticket(tkt)
    assert row(tkt, its_id)["team"] == "b"
    assert tkt("set", its_id, "category=tousu").code == 0
    assert (owner(tkt, its_id), row(tkt, its_id)["team"]) == ("zhao", "c")
    assert tkt("list", "transfers>0", "--json").json == []
    assert tkt("undo", its_id).code == 0
    assert (owner(tkt, its_id), row(tkt, its_id)["team"]) == (None, "b")
    tkt("set", other, "category=weixiu")
    assert row(tkt, other)["team"] == "b", "it serves both"
    tkt("assign", "c", named, "--reason", "他们懂")
    tkt("assign", "b", named, "--reason", "还是我们来")
    tkt("set", named, "category=tousu")
    assert row(tkt, named)["team"] == "b", "a person said so"
    assert tkt("check").code == 0
    assert_index_is_right(desk)


def test_given_back_under_another_category_it_goes_to_the_team_of_that(
    tkt: Runner, desk: Path
) -> None:
    with_complaints(desk)
    its_id = ticket(tkt)
    assert (owner(tkt, its_id), row(tkt, its_id)["team"]) == ("lin", "b")
    tkt("set", its_id, "category=tousu", TKT_ACTOR="lin")
    assert (owner(tkt, its_id), row(tkt, its_id)["team"]) == ("lin", "b")
    tkt("assign", "none", its_id, "--reason", "不归我", TKT_ACTOR="lin")
    assert (owner(tkt, its_id), row(tkt, its_id)["team"]) == ("zhao", "c")


def test_opened_again_with_nobody_it_is_routed(tkt: Runner, shop: Path) -> None:
    full(tkt)
    its_id = ticket(tkt)
    tkt("move", its_id, "done")
    for each in tkt("list", "assignee:lin", "--json").json:
        tkt("move", each["id"], "done")
    tkt("reopen", its_id, "--reason", "还没退")
    assert owner(tkt, its_id) == "lin"


def test_what_a_person_left_to_nobody_waits_for_a_person(tkt: Runner, shop: Path) -> None:
    its_id = ticket(tkt)
    tkt("assign", "none", its_id, "--reason", "等律师的意见", TKT_ACTOR="zhao")
    assert (owner(tkt, its_id), row(tkt, its_id)["unassigned_reason"]) == (None, "parked")
    assert sweep(tkt) == []
    assert tkt("assign", "--auto", "--json").json == []
    (done,) = tkt("assign", "--auto", f"id:{its_id}", "--json").json
    assert done["assignee"] == "wang"


def test_what_is_somebodys_is_never_moved(tkt: Runner, shop: Path) -> None:
    its_id = ticket(tkt)
    tkt("assign", "zhao", its_id)
    head = git(shop, "rev-parse", "HEAD")
    assert tkt("assign", "--auto", "--json").json == []
    assert sweep(tkt) == []
    assert git(shop, "rev-parse", "HEAD") == head


# -- leftovers --------------------------------------------------------------------------------


def test_the_sweep_after_somebody_comes_back_gives_out_the_most_urgent_first(
    tkt: Runner, shop: Path
) -> None:
    away = "{status: away, reason: 培训}\n"
    commit_by_hand(shop, {f"availability/{who}.yaml": away.encode() for who in ("lin", "wang")})
    plain, urgent = ticket(tkt), ticket(tkt, "--priority", "urgent")
    third = ticket(tkt, "--priority", "low")
    assert row(tkt, urgent)["unassigned_reason"] == "away"
    assert sweep(tkt) == [], "nobody is there yet"
    head = git(shop, "rev-parse", "HEAD")
    commit_by_hand(shop, {"availability/lin.yaml": b"{status: active}\n"})
    done = sweep(tkt)
    assert [(each["id"], each["set"]["assignee"]) for each in done] == [
        (urgent, "lin"), (plain, "lin"),
    ]  # fmt: skip
    assert row(tkt, third)["unassigned_reason"] == "capacity"
    assert log(shop, "%s", "--first-parent", f"{head}..")[0] == "sweep: 2 actions"
    assert sweep(tkt) == [], "once"


def test_past_its_limit_the_fallback_team_has_it_and_the_leads_are_told_once(
    tkt: Runner, shop: Path
) -> None:
    full(tkt)
    its_id = ticket(tkt)
    assert sweep(tkt, "2026-11-21T14:18:10+08:00") == []
    (done,) = sweep(tkt, "2026-11-21T14:18:11+08:00")
    assert (done["id"], done["set"], done["tell"]) == (its_id, {"team": "c"}, ["zhao"])
    assert done["rule"] == "workflows/tuikuan.yaml#routing.fallback"
    assert sweep(tkt, "2026-11-21T15:00:00+08:00") == []
    assert row(tkt, its_id)["unassigned_reason"] == "no-skill", "nobody of that team knows it"


def test_a_fallback_team_that_has_nobody_does_not_get_it_and_a_check_says_so(
    tkt: Runner, desk: Path
) -> None:
    staff(desk, team=TEAM.replace("[b, c]", "[b]"))
    full(tkt)
    its_id = ticket(tkt)
    (done,) = sweep(tkt, "2026-11-21T14:18:11+08:00")
    assert (done["id"], done["set"], done["tell"]) == (its_id, {}, ["zhao"])
    assert row(tkt, its_id)["team"] == "b"
    assert row(tkt, its_id)["unassigned_reason"] == "capacity", "the first team is asked on"
    told = tkt("workflow", "check", "--json").json
    assert [each["error"] for each in told] == ["workflow.team_empty"]
    assert told[0]["line"] == 9


# -- on request -------------------------------------------------------------------------------


def test_all_that_waits_is_given_out_once_each_a_commit(tkt: Runner, desk: Path) -> None:
    staff(desk, FLOW + "  on: []\n")
    ids = {ticket(tkt) for _ in range(5)}
    head = git(desk, "rev-parse", "HEAD")
    dry = tkt("assign", "--auto", "--explain", "--dry-run", "--json").json
    assert git(desk, "rev-parse", "HEAD") == head
    assert [each["agent"] for each in dry["decisions"][0]["candidates"]] == ["lin", "wang", "zhao"]
    assert dry["decisions"][0]["candidates"][2]["veto"] == "no-skill"
    done = tkt("assign", "--auto", "--json").json
    assert {each["id"] for each in done} == ids
    assert [each["assignee"] for each in done] == ["lin", "wang", "lin", "wang", None]
    assert log(desk, "%s", "--first-parent", f"{head}..") == ["assign: 5 actions"]
    assert len(log(desk, "%s", "--no-merges", f"{head}..")) == 5, "the fifth is the team's now"
    again = git(desk, "rev-parse", "HEAD")
    assert [each["assignee"] for each in tkt("assign", "--auto", "--json").json] == [None]
    assert git(desk, "rev-parse", "HEAD") == again
    assert_index_is_right(desk)


def test_to_whom_has_to_be_said_without_auto(tkt: Runner, shop: Path) -> None:
    assert tkt("assign").code == 2
    assert tkt("assign", "--explain").code == 2


def test_next_hands_out_what_one_has_the_skill_for(tkt: Runner, desk: Path) -> None:
    staff(desk, FLOW + "  on: []\n")
    its_id, about = ticket(tkt), ticket(tkt, "about_agent=lin")
    assert tkt("next", TKT_ACTOR="zhao").code == 3
    assert tkt("next", TKT_ACTOR="lin").code == 0
    assert owner(tkt, its_id) == "lin"
    assert tkt("next", TKT_ACTOR="lin").code == 3, "a complaint of oneself is somebody else's"
    assert tkt("next", TKT_ACTOR="wang").code == 0
    assert owner(tkt, about) == "wang"


def test_next_counts_only_what_it_might_hand_to_whoever_asks(tkt: Runner, desk: Path) -> None:
    staff(desk, FLOW + "  on: []\n")
    ticket(tkt, "--priority", "urgent", "about_agent=lin")
    ticket(tkt, "--priority", "urgent", "level=9")
    ticket(tkt, "--priority", "high")
    ticket(tkt)
    done = tkt("next", TKT_ACTOR="lin", TKT_LANG="en")
    assert "the most urgent of 2 that nobody has and you may take" in done.out


def test_next_hands_its_lead_what_was_escalated_beyond_every_level(tkt: Runner, desk: Path) -> None:
    staff(desk, FLOW.replace("  skills: {refund: 2}\n", "") + "  on: []\n")
    its_id = ticket(tkt, "team=b", "level=9")
    assert tkt("next", TKT_ACTOR="lin").code == 3
    assert tkt("next", TKT_ACTOR="zhao").code == 0
    assert owner(tkt, its_id) == "zhao"


# -- looking ----------------------------------------------------------------------------------


def test_everybody_who_comes_into_question_is_shown(tkt: Runner, shop: Path) -> None:
    its_id = ticket(tkt)
    shown = tkt("route", "show", its_id, "--json").json
    assert shown["routed"]["why"].startswith("Least loaded of 2")
    assert shown["routed"]["because"]["named"] == [["lin", 0, 2], ["wang", 0, 2]]
    assert [(each["agent"], each["veto"]) for each in shown["candidates"]] == [
        ("wang", None), ("lin", None), ("zhao", "no-skill"),
    ]  # fmt: skip
    assert tkt("route", "show", tkt.new("问问", "--workflow", "simple")).code in (0, 1)


def test_the_past_is_replayed_by_another_strategy(tkt: Runner, shop: Path) -> None:
    for _ in range(3):
        ticket(tkt, "--customer", "小王")
    head = git(shop, "rev-parse", "HEAD")
    found = tkt("route", "simulate", "--strategy", "most_skilled", "--json",
                TKT_NOW="2026-11-21T18:00:00+08:00").json  # fmt: skip
    assert found["tickets"] == 3
    assert [each["was"] for each in found["by_agent"]] == [2, 1, 0]
    assert [each["would"] for each in found["by_agent"]] == [2, 1, 0], "lin is full with two"
    assert found["was"]["spread"] == 0.82
    assert found["would"]["returned"] == 0.5
    assert git(shop, "rev-parse", "HEAD") == head
    assert tkt("route", "simulate", "--strategy", "luck").code == 2


def test_a_replay_takes_a_workflows_file(tkt: Runner, shop: Path) -> None:
    its_id = ticket(tkt)
    assert owner(tkt, its_id) == "lin"
    (shop / "tuikuan.yaml").write_text(FLOW + "  shares: {lin: 0, wang: 1}\n", encoding="utf-8")
    found = tkt("route", "simulate", "--workflow", "tuikuan.yaml", "--json",
                TKT_NOW="2026-11-21T18:00:00+08:00").json  # fmt: skip
    assert {each["agent"]: each["would"] for each in found["by_agent"]}["wang"] == 1


# -- mistakes ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("said", "word"),
    [
        ("  team: bb\n", "bb"),
        ("  shares: {liin: 2}\n", "liin"),
        ("  fallback: {after: 15m, team: cc}\n", "cc"),
        ("  fallback: {after: 15m, tell: leaad}\n", "leaad"),
        ("  skills: {repair: 4}\n", "repair"),
        ("  strategy: least_loded\n", "least_loaded"),
        ("  load: {urgnt: 2}\n", "urgent"),
    ],
)
def test_mistakes_are_told_with_their_place(tkt: Runner, desk: Path, said: str, word: str) -> None:
    staff(
        desk,
        FLOW.partition("  skills:")[0].replace("routing:\n", "routing:\n  relax: 30m\n") + said,
    )
    done = tkt("workflow", "check", "workflows/tuikuan.yaml", TKT_LANG="en")
    assert done.code == 1
    told = done.out + done.err
    assert "workflows/tuikuan.yaml:9:" in told
    assert word in told


def test_who_left_with_tickets_in_hand_is_named_until_somebody_has_them(
    tkt: Runner, shop: Path
) -> None:
    first, second = ticket(tkt, "--assignee", "lin"), ticket(tkt, "--assignee", "lin")
    tkt("move", ticket(tkt, "--assignee", "lin"), "done")
    without = TEAM.partition("  lin:")[0] + "  wang:" + TEAM.partition("  wang:")[2]
    commit_by_hand(shop, {"team.yaml": without.encode()})
    done = tkt("check", "--json")
    assert done.code == 0, "a caution"
    (told,) = done.json
    assert (told["path"], told["error"], told["severity"]) == ("team.yaml", "check.left", "warning")
    assert "2" in told["message"]
    assert "tkt assign WHO --where 'assignee:lin' --reason" in told["hint"]
    assert tkt("check", first, "--json").json == [], "not asked for"
    needs = tkt("summary", "--json").json["needs"]["left"]
    assert needs["total"] == 2
    assert {each["id"]: each["assignee"] for each in needs["tickets"]} == {
        first: "lin", second: "lin",
    }  # fmt: skip
    done = tkt("assign", "wang", "--where", "assignee:lin", "--reason", "离职交接")
    assert done.code == 0, done.err
    assert (owner(tkt, first), owner(tkt, second)) == ("wang", "wang")
    assert tkt("check", "--json").json == []


def test_a_desk_that_lists_nobody_lets_anybody_have_tickets(tkt: Runner, desk: Path) -> None:
    commit_by_hand(desk, {"team.yaml": b"agents: {}\nteams: {}\n"})
    tkt.new("问问", "--assignee", "lin")
    assert tkt("check", "--json").json == []


# -- two machines -----------------------------------------------------------------------------


def test_two_clones_that_route_one_ticket_end_with_one_owner(
    desk_template: Path, tmp_path: Path
) -> None:
    world = make_world(desk_template, tmp_path, 2)
    one, other = world.clones
    staff(one.folder, FLOW + "  on: []\n")
    world.settle()
    its_id = one.new("要求退款", "--category", "tuikuan")
    world.settle()
    # The one has given lin a ticket that the other does not know of: they decide differently.
    one.does("new", "换货", "assignee=lin", minute=1)
    assert one.does("assign", "--auto", minute=3)[0]["assignee"] == "wang"
    assert other.does("assign", "--auto", minute=2)[0]["assignee"] == "lin"
    world.settle()
    assert_agree(one, other)
    ticket = one.ticket(its_id)
    assert ticket.fields["assignee"] == "lin", "whoever was found first has it"
    assert "contested" not in ticket.fields
    assert len([event for event in ticket.events if event.by == "router"]) == 2


def test_two_clones_that_know_the_same_decide_alike(desk_template: Path, tmp_path: Path) -> None:
    world = make_world(desk_template, tmp_path, 2)
    one, other = world.clones
    staff(one.folder, FLOW + "  on: []\n")
    world.settle()
    for _ in range(3):
        one.new("要求退款", "--category", "tuikuan")
    world.settle()
    first, second = (each.does("assign", "--auto", minute=9) for each in (one, other))
    assert [(e["id"], e["assignee"]) for e in first] == [(e["id"], e["assignee"]) for e in second]
    world.settle()
    assert_agree(one, other)


def test_undo_takes_back_whom_routing_found_because_of_it(tkt: Runner, desk: Path) -> None:
    staff(desk, team=TEAM.replace("[b, c]}", "[b, c], skills: {refund: 2}}"))
    its_id = ticket(tkt)
    was = owner(tkt, its_id)
    tkt("assign", "客诉组", its_id, "--reason", "以为归他们")
    assert (owner(tkt, its_id), row(tkt, its_id)["team"]) == ("zhao", "c")
    tkt("undo", its_id)
    assert (owner(tkt, its_id), row(tkt, its_id)["team"]) == (was, "b")
