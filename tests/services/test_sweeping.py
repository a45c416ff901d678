"""A sweep over a desk: a commit each, once, whatever happens meanwhile."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from timed_desk import TIMES, make_timed, workflow_of

from clones import assert_agree, make_world
from desks import assert_index_is_right, commit_by_hand, git, log, status, ticket_path

if TYPE_CHECKING:
    from pathlib import Path

    from conftest import Runner

OPENED = "2026-11-21T14:03:11+08:00"
LATE = "2026-11-21T14:30:00+08:00"


@pytest.fixture
def timed(desk: Path) -> Path:
    make_timed(desk)
    return desk


def sweep(tkt: Runner, now: str = LATE, *more: str) -> Any:
    done = tkt("sweep", "--json", *more, TKT_NOW=now)
    assert done.code == 0, done.err
    return done.json


def ticket(tkt: Runner, *more: str) -> str:
    return tkt.new("杯子碎了", "--customer", "小王", *more)


def test_nothing_due_makes_no_commit(tkt: Runner, timed: Path) -> None:
    ticket(tkt)
    head = git(timed, "rev-parse", "HEAD")
    assert sweep(tkt, OPENED)["actions"] == []
    assert git(timed, "rev-parse", "HEAD") == head
    assert tkt("sweep").out


def test_each_action_is_a_commit_under_one_merge_commit(tkt: Runner, timed: Path) -> None:
    one, two = ticket(tkt), ticket(tkt, "--priority", "high")
    before = git(timed, "rev-parse", "HEAD")
    done = sweep(tkt)["actions"]
    assert [(a["id"], a["action"]) for a in done] == [
        (two, "remind"), (two, "escalate"), (one, "remind"), (one, "escalate"),
    ]  # fmt: skip
    assert log(timed, "%s", "--first-parent", f"{before}..") == ["sweep: 4 actions"]
    assert log(timed, "%an|%s", "--no-merges", f"{before}..")[0] == (
        f"tkt sweep|escalate {one} priority=high first_response 100%"
    )
    message = git(timed, "log", "-1", "--format=%B", done[-1]["commit"])
    assert "Rule: workflows/simple.yaml#escalation.100%" in message
    assert "first_response 100% of 1200s" in message
    assert status(timed) == ""
    assert tkt("check").code == 0
    assert_index_is_right(timed)


def test_sweeping_again_adds_nothing(tkt: Runner, timed: Path) -> None:
    ticket(tkt)
    assert sweep(tkt)["actions"]
    head = git(timed, "rev-parse", "HEAD")
    assert sweep(tkt)["actions"] == []
    assert git(timed, "rev-parse", "HEAD") == head


def test_a_dry_run_says_what_would_happen_and_why_and_writes_nothing(
    tkt: Runner, timed: Path
) -> None:
    ticket(tkt)
    head = git(timed, "rev-parse", "HEAD")
    would = sweep(tkt, LATE, "--dry-run")
    assert git(timed, "rev-parse", "HEAD") == head
    done = sweep(tkt)
    keys = ("id", "action", "at", "rung", "clock", "set", "tell", "rule", "why", "event")
    assert [{k: a[k] for k in keys} for a in would["actions"]] == [
        {k: a[k] for k in keys} for a in done["actions"]
    ]


def test_two_hundred_and_fifty_overdue_tickets_in_one_pass(tkt: Runner, timed: Path) -> None:
    lines = "".join(
        json.dumps({"title": f"杯子 {n}", "customer": "小王", "status": "new"}) + "\n"
        for n in range(250)
    )
    assert tkt("import", "-", stdin=lines).code == 0
    done = sweep(tkt, "2026-11-21T14:25:00+08:00")["actions"]
    assert len({action["id"] for action in done}) == 250
    assert sweep(tkt, "2026-11-21T14:25:00+08:00")["actions"] == []


def test_closed_merged_and_answered_ones_never_escalate(tkt: Runner, timed: Path) -> None:
    closed, merged, into, answered = (ticket(tkt) for _ in range(4))
    assert tkt("close", closed).code == 0
    assert tkt("merge", merged, "--into", into, "--anyway").code == 0
    assert tkt("reply", answered, "亲,马上处理").code == 0
    done = sweep(tkt)["actions"]
    assert {action["id"] for action in done} == {into}


def test_a_note_never_stops_a_clock(tkt: Runner, timed: Path) -> None:
    noted = ticket(tkt)
    assert tkt("note", noted, "已联系仓库").code == 0
    assert {a["rung"] for a in sweep(tkt)["actions"]} == {"80%", "100%"}


def test_late_is_seen_without_a_sweep(tkt: Runner, timed: Path) -> None:
    its_id = ticket(tkt)
    row = tkt("show", its_id, "--json", TKT_NOW=LATE).json
    first = row["sla"]["clocks"][0]
    assert (first["state"], first["breached_by_s"]) == ("breached", 409)
    assert row["next_due_at"] == row["sla"]["escalation_at"] == "2026-11-21T14:23:11+08:00"
    found = tkt("list", "overdue", "--json", TKT_NOW=LATE).json
    assert [each["id"] for each in found] == [its_id]
    assert tkt("list", "overdue", "--json", TKT_NOW="2026-11-21T14:23:11+08:00").json == []


def test_a_file_edited_by_hand_is_left_alone_and_the_rest_is_swept(
    tkt: Runner, timed: Path
) -> None:
    edited, other = ticket(tkt), ticket(tkt)
    path = timed / ticket_path(timed, edited)
    path.write_text(path.read_text() + "# 我在改\n")
    done = tkt("sweep", "--json", TKT_NOW=LATE)
    assert done.code == 1
    assert {a["id"] for a in done.json["actions"]} == {other}
    assert [r["id"] for r in done.json["refused"]] == [edited]


@pytest.mark.parametrize(
    ("broken", "at"),
    [
        (TIMES.replace("20m", "20 minits"), "workflows/simple.yaml"),
        (TIMES.replace("default: true", "calendar: nowhere\n    default: true"),
         "workflows/simple.yaml"),
        (TIMES.replace("100%", "hundert"), "workflows/simple.yaml"),
    ],
)  # fmt: skip
def test_a_mistake_is_named_and_stops_nothing_else(
    tkt: Runner, timed: Path, broken: str, at: str
) -> None:
    sound = workflow_of(timed).replace("label: {zh: 通用, en: general}", "label: 好") + TIMES
    commit_by_hand(timed, {
        "workflows/simple.yaml": (workflow_of(timed) + broken).encode(),
        "workflows/sound.yaml": sound.encode(),
    })  # fmt: skip
    good, bad = ticket(tkt, "--workflow", "sound"), ticket(tkt)
    checked = tkt("check")
    assert checked.code == 1
    assert at in checked.out + checked.err
    done = tkt("sweep", "--json", TKT_NOW=LATE)
    assert {a["id"] for a in done.json["actions"]} >= {good}
    assert at in done.err
    row = tkt("show", bad, "--json", TKT_NOW=LATE).json
    assert "hundert" in broken or row["next_due_at"] is None


def test_a_workflow_that_cannot_be_read_leaves_its_tickets_alone(tkt: Runner, timed: Path) -> None:
    """What another workflow promises and does by itself is not for them."""
    states = workflow_of(timed).replace("label: {zh: 通用, en: general}", "label: 另一个")
    commit_by_hand(timed, {"workflows/other.yaml": states.encode()})
    lost = ticket(tkt, "--workflow", "other")
    commit_by_hand(timed, {"workflows/other.yaml": b"states: {new: ["})
    done = tkt("sweep", "--json", TKT_NOW=LATE)
    assert done.json["actions"] == []
    assert done.json["unclocked"] == {"other": 1}
    assert "workflows/other.yaml" in done.err
    assert tkt("show", lost, "--json", TKT_NOW=LATE).json["next_due_at"] is None


def test_changing_the_promises_moves_what_is_due_and_touches_no_file(
    tkt: Runner, timed: Path
) -> None:
    its_id = ticket(tkt)
    new = workflow_of(timed) + TIMES.replace("20m", "5m")
    (timed / "workflows/simple.yaml").write_text(new, encoding="utf-8")
    preview = tkt("sla", "recompute", "--dry-run", "--json").json
    assert [(m["id"], m["due_before"][11:16], m["due_after"][11:16]) for m in preview] == [
        (its_id, "14:23", "14:08")
    ]
    blob = git(timed, "rev-parse", f"HEAD:{ticket_path(timed, its_id)}")
    commit_by_hand(timed, {"workflows/simple.yaml": new.encode()})
    assert tkt("show", its_id, "--json").json["next_due_at"][11:16] == "14:08"
    assert git(timed, "rev-parse", f"HEAD:{ticket_path(timed, its_id)}") == blob
    assert_index_is_right(timed)
    assert tkt("sla", "recompute", "--json").json == {"changed": 0}
    commit_by_hand(timed, {"workflows/simple.yaml": workflow_of(timed).encode()})
    assert tkt("show", its_id, "--json").json["next_due_at"] is None
    assert sweep(tkt)["actions"] == []


def test_what_closed_tickets_achieved_does_not_change(tkt: Runner, timed: Path) -> None:
    its_id = ticket(tkt)
    assert tkt("reply", its_id, "好了", TKT_NOW="2026-11-21T14:13:11+08:00").code == 0
    assert tkt("close", its_id, TKT_NOW="2026-11-21T14:33:11+08:00").code == 0
    before = tkt("show", its_id, "--json", TKT_NOW=LATE).json["sla"]["clocks"]
    stricter = workflow_of(timed) + TIMES.replace("20m", "1m").replace("2h", "3m")
    commit_by_hand(timed, {"workflows/simple.yaml": stricter.encode()})
    assert tkt("show", its_id, "--json", TKT_NOW=LATE).json["sla"]["clocks"] == before


def test_what_was_still_unanswered_is_kept_as_it_was_also_when_closed_by_hand(
    tkt: Runner, timed: Path
) -> None:
    its_id = ticket(tkt)
    path = timed / ticket_path(timed, its_id)
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("status: new", "status: closed", 1), encoding="utf-8")
    assert tkt("commit", its_id, TKT_NOW="2026-11-21T14:33:11+08:00").code == 0
    before = tkt("show", its_id, "--json", TKT_NOW=LATE).json["sla"]["clocks"]
    assert [each["state"] for each in before] == ["breached", "paused", "off", "met"]
    stricter = workflow_of(timed) + TIMES.replace("40m", "1m").replace("2h", "3m")
    commit_by_hand(timed, {"workflows/simple.yaml": stricter.encode()})
    assert tkt("show", its_id, "--json", TKT_NOW=LATE).json["sla"]["clocks"] == before


def test_each_missed_round_is_excused_on_its_own(tkt: Runner, timed: Path) -> None:
    """Two questions answered late: excusing one leaves the other, the last one first."""
    its_id = ticket(tkt)
    for minute, words in ((50, ("reply", its_id, "在")), (55, ("message", its_id, "还没好？")),
                          (120, ("reply", its_id, "好了"))):  # fmt: skip
        moment = f"2026-11-21T{14 + (3 + minute) // 60}:{(3 + minute) % 60:02}:11+08:00"
        assert tkt(*words, TKT_NOW=moment).code == 0
    excuse = ("sla", "excuse", its_id, "--clock", "nr", "--reason", "停电")

    def excused() -> int:
        figures = tkt("sla", "stats", "--json", TKT_NOW=LATE).json["clocks"]
        return sum(each["excused"] for each in figures if each["clock"] == "next_response")

    assert tkt(*excuse, TKT_NOW=LATE).code == 0
    assert excused() == 1
    assert tkt(*excuse, TKT_NOW=LATE).code == 0
    assert excused() == 2
    assert "already" in tkt(*excuse, TKT_NOW=LATE).err


def test_a_breach_can_be_excused_with_a_reason(tkt: Runner, timed: Path) -> None:
    its_id = ticket(tkt)
    assert tkt("sla", "excuse", its_id, "--clock", "fr", "--reason", "x").code == 1
    assert tkt("sla", "excuse", its_id, "--clock", "fr", TKT_NOW=LATE).code == 1
    words = ("sla", "excuse", its_id, "--clock", "首次响应", "--reason", "停电")
    assert tkt(*words, TKT_NOW=LATE).code == 0
    first = tkt("show", its_id, "--json", TKT_NOW=LATE).json["sla"]["clocks"][0]
    assert (first["state"], first["excused"]) == ("breached", True)
    assert tkt(*words, TKT_NOW=LATE).code == 1


def test_two_clones_that_both_sweep_come_to_one(desk_template: Path, tmp_path: Path) -> None:
    world = make_world(desk_template, tmp_path, 2)
    one, other = world.clones
    make_timed(one.folder)
    world.settle()
    its_id = one.new("杯子碎了", "--customer", "小王")
    world.settle()
    for clone, minute in ((one, 30), (other, 55)):
        assert clone.does("sweep", minute=minute)["actions"]
    world.settle()
    assert_agree(one, other)
    ids = [event.id for event in one.ticket(its_id).events]
    assert len(ids) == len(set(ids)) == 4
    assert one.does("sweep", minute=55)["actions"] == []
    assert "contested" not in one.ticket(its_id).fields


def test_no_person_acts_as_the_sweep(tkt: Runner, timed: Path) -> None:
    assert tkt("note", ticket(tkt), "x", TKT_ACTOR="sweep").code == 2
