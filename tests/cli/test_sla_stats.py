"""``tkt sla stats`` on a desk: the same figures in every format and language."""

from __future__ import annotations

import csv
import io
import pickle
from datetime import datetime
from typing import TYPE_CHECKING, Any

import pytest

from desks import commit_by_hand
from tkt.domain.settings import Zone
from tkt.domain.sla.outcomes import Look, look
from tkt.storage import parallel

if TYPE_CHECKING:
    from pathlib import Path

    from conftest import Runner

TEAM = """\
agents:
  lin: {name: 林小满, email: [lin@shop.example], teams: [b]}
  wang: {name: 王强, email: [wang@shop.example], teams: [b]}
teams:
  b: {name: 售后组, lead: lin}
"""
SLA = """
sla:
  - name: vip
    when: {priority: urgent}
    targets: {"*": {first_response: 10s!, solution: 1h!}}
  - name: rest
    default: true
    targets: {"*": {first_response: 30s!, next_response: 35s!, solution: 2h!}}
"""


def at(time: str, day: int = 20) -> str:
    return f"2026-11-{day}T{time}+08:00"


def promise(desk: Path, sla: str) -> None:
    text = (desk / "workflows/simple.yaml").read_text(encoding="utf-8")
    text = text.partition("\nsla:")[0].rstrip() + "\n" + sla
    commit_by_hand(desk, {"workflows/simple.yaml": text.encode(), "team.yaml": TEAM.encode()})


@pytest.fixture
def worked(tkt: Runner) -> Runner:
    """A day: a cup with rounds of 20, 30 and 40 seconds, solved by wang; a parcel nobody answers;
    a twin that becomes part of the parcel."""
    promise(tkt.folder, SLA)
    said = ("--customer", "小王", "--team", "b", "category=cups")
    cup = tkt.new("杯子碎了", *said, TKT_NOW=at("09:00:00"))
    tkt("reply", cup, "亲,马上", TKT_NOW=at("09:00:20"))
    tkt("message", cup, "好了吗", TKT_NOW=at("09:10:00"))
    tkt("reply", cup, "稍等", TKT_NOW=at("09:10:30"), TKT_ACTOR="wang")
    tkt("message", cup, "还没到", TKT_NOW=at("09:20:00"))
    tkt("reply", cup, "到了", TKT_NOW=at("09:20:40"))
    tkt("resolve", cup, TKT_NOW=at("10:00:00"), TKT_ACTOR="wang")
    return tkt


@pytest.fixture
def busy(worked: Runner) -> Runner:
    """The same and an urgent parcel that waits, as part of which another ticket is."""
    said = ("--customer", "小李", "--priority", "urgent", "category=parcels")
    parcel = worked.new("没收到", *said, TKT_NOW=at("11:00:00"))
    twin = worked.new("快递呢", "--customer", "小李", TKT_NOW=at("11:10:00"))
    assert worked("merge", twin, "--into", parcel, "--yes", TKT_NOW=at("11:20:00")).code == 0
    return worked


def stats(tkt: Runner, *words: str, **said: str | None) -> Any:
    found = tkt("sla", "stats", "2026-11-20", *words, "--json", **said)
    assert found.code == 0, found.err
    return found.json


def kept(figures: Any) -> dict[str, tuple[Any, ...]]:
    return {
        clock["clock"]: (clock["met"], clock["breached"], clock["running"], clock["compliance_pct"])
        for clock in figures["clocks"]
    }


def test_the_day_reckoned_by_hand(worked: Runner) -> None:
    found = stats(worked)
    assert kept(found) == {
        "first_response": (1, 0, 0, 100.0),
        "next_response": (2, 1, 0, 66.7),
        "periodic_update": (0, 0, 0, None),
        "solution": (1, 0, 0, 100.0),
    }
    assert found["clocks"][1] | {"clock": 0} == {
        "clock": 0, "met": 2, "breached": 1, "excused": 0, "running": 0, "compliance_pct": 66.7,
        "completed": 3, "sum_s": 90, "mean_s": 30.0, "median_s": 30, "p90_s": 40, "max_s": 40,
    }  # fmt: skip
    assert found["answers"] == {
        "rounds": 3, "replied": 3, "outside": 0, "quick_pct": 66.7, "prompt_pct": 100.0,
        "sum_s": 90, "mean_s": 30.0,
    }  # fmt: skip
    assert (found["since"], found["until"]) == (at("00:00:00"), at("00:00:00", 21))


def test_what_waits_is_late_and_what_is_merged_does_not_count(busy: Runner) -> None:
    found = stats(busy)
    assert kept(found)["first_response"] == (1, 1, 0, 50.0)
    assert kept(found)["solution"] == (1, 1, 0, 50.0)
    assert found["answers"]["rounds"] == 4
    assert found["answers"]["mean_s"] == (20 + 30 + 40 + 600) / 4


def test_the_cap_the_window_and_the_limits_can_be_said(busy: Runner) -> None:
    found = stats(busy, "--cap", "1m", "--quick", "20s", "--prompt", "30s")
    assert found["answers"]["sum_s"] == 20 + 30 + 40 + 60
    assert (found["answers"]["quick_pct"], found["answers"]["prompt_pct"]) == (25.0, 50.0)
    assert (found["cap_s"], found["quick_s"], found["prompt_s"]) == (60, 20, 30)
    found = stats(busy, "--window", "09:15-10:00")
    assert (found["answers"]["rounds"], found["answers"]["outside"]) == (1, 3)
    assert found["window"] == "09:15-10:00"


@pytest.mark.parametrize("words", [("--window", "8-24"), ("--window", "09:00-09:00"),
                                   ("--cap", "soon"), ("--quick", "0s"), ("--by", "shop"),
                                   ("whenever",)])  # fmt: skip
def test_what_makes_no_sense_is_refused(tkt: Runner, words: tuple[str, str]) -> None:
    found = tkt("sla", "stats", *words, "--json")
    assert (found.code, found.out) == (2, "")
    assert '"hint"' in found.err


@pytest.mark.parametrize(
    ("by", "names"),
    [
        ("agent", ["lin", "wang", None]), ("team", ["b", None]),
        ("policy", ["simple/rest", "simple/vip"]), ("priority", ["urgent", "normal"]),
        ("category", ["cups", "parcels"]),
    ],
)  # fmt: skip
def test_groups_add_up_to_the_whole(busy: Runner, by: str, names: list[str | None]) -> None:
    found = stats(busy, "--by", by)
    assert [group[by] for group in found["groups"]] == names
    for key in ("met", "breached", "running", "completed", "sum_s"):
        for number, clock in enumerate(found["clocks"]):
            assert clock[key] == sum(g["clocks"][number][key] for g in found["groups"])
    for key in ("rounds", "replied", "sum_s"):
        assert found["answers"][key] == sum(g["answers"][key] for g in found["groups"])


def test_an_answer_is_its_authors_and_a_solution_the_resolvers(worked: Runner) -> None:
    lin, wang = stats(worked, "--by", "agent")["groups"]
    assert kept(lin)["next_response"] == (1, 1, 0, 50.0)
    assert kept(wang)["next_response"] == (1, 0, 0, 100.0)
    assert (kept(lin)["solution"][0], kept(wang)["solution"][0]) == (0, 1)
    assert (lin["answers"]["mean_s"], wang["answers"]["mean_s"]) == (30.0, 30.0)


def test_other_policies_leave_what_is_over_as_it_was(worked: Runner) -> None:
    lost = worked.new("没人回", "--customer", "小赵", TKT_NOW=at("11:00:00"))
    worked("close", lost, "--reason", "电话里说好了", TKT_NOW=at("11:01:00"))
    before = stats(worked)
    assert kept(before)["first_response"] == (1, 1, 0, 50.0)
    promise(worked.folder, SLA.replace("30s!", "9h!").replace("35s!", "9h!"))
    assert stats(worked) == before
    promise(worked.folder, SLA.replace("30s!", "1s!").replace("35s!", "1s!").replace("2h!", "1s!"))
    assert stats(worked) == before


def test_an_excuse_counts_apart_and_stays_in_the_file(busy: Runner) -> None:
    done = busy("sla", "excuse", "--where", "没收到", "--clock", "first_response", "--reason",
                "停电", "--yes")  # fmt: skip
    assert done.code == 0, done.err
    found = stats(busy)["clocks"][0]
    assert (found["met"], found["breached"], found["excused"]) == (1, 0, 1)
    assert found["compliance_pct"] == 100.0


def test_nothing_happened(tkt: Runner) -> None:
    found = stats(tkt)
    assert {clock["compliance_pct"] for clock in found["clocks"]} == {None}
    assert found["answers"]["mean_s"] is None
    assert "n/a" in tkt("sla", "stats", "--markdown").out
    assert stats(tkt, "--by", "agent")["groups"] == []
    assert "nothing to count" in tkt("sla", "stats", "--by", "agent", "--markdown").out


# -- formats ---------------------------------------------------------------------------------------


def cells(markdown: str) -> dict[str, list[str]]:
    """The lines of tables by their first cell, headings and rulers too."""
    lines = [line.strip("| ").split("|") for line in markdown.splitlines() if line[:1] == "|"]
    return {line[0].strip(): [cell.strip() for cell in line[1:]] for line in lines}


@pytest.mark.parametrize(
    ("language", "clock", "heading", "spent"),
    [
        ("zh", "后续响应", "达标率", "1 分钟 30 秒"),
        ("en", "next response", "compliance", "1 min 30 s"),
    ],
)
def test_people_read_the_same_figures(
    worked: Runner, language: str, clock: str, heading: str, spent: str
) -> None:
    found = worked("sla", "stats", "2026-11-20", "--markdown", TKT_LANG=language).out
    assert heading in found
    kept, times, answers = found.split("\n## ")[1:]
    assert cells(kept)[clock] == ["66.7%", "2", "1", "0", "0"]
    assert cells(times)[clock][0] == "3"
    assert cells(times)[clock][-1] == spent
    assert cells(answers)["3"][:3] == ["3", "66.7%", "100.0%"]


def test_csv_has_a_line_for_each_clock_and_one_for_conversation(worked: Runner) -> None:
    whole = stats(worked)
    found = worked("sla", "stats", "2026-11-20", "--csv").out
    rows = {row["clock"]: row for row in csv.DictReader(io.StringIO(found))}
    for clock in whole["clocks"]:
        row = rows[clock["clock"]]
        assert {key: row[key] for key in clock} == {
            key: "" if value is None else str(value) for key, value in clock.items()
        }
    row = rows["conversation"]
    assert {key: row[key] for key in whole["answers"]} == {
        key: str(value) for key, value in whole["answers"].items()
    }
    by = worked("sla", "stats", "2026-11-20", "--csv", "--by", "agent").out
    assert [row["agent"] for row in csv.DictReader(io.StringIO(by))] == ["lin"] * 5 + ["wang"] * 5


def test_plain_text_has_the_names_of_json(worked: Runner) -> None:
    found = worked("sla", "stats", "2026-11-20").out
    assert "next_response\t66.7\t2\t1\t0\t0" in found
    assert "3\t3\t66.7\t100.0\t30.0\t90\t0" in found


@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_figure_is_explained(worked: Runner, language: str) -> None:
    words = ("--explain", "--cap", "5m", "--quick", "25s")
    found = stats(worked, *words, TKT_LANG=language)
    shown = {*found["clocks"][0], *found["answers"], *(c["clock"] for c in found["clocks"])}
    assert shown - {"clock"} <= set(found["definitions"])
    assert "25" in found["definitions"]["quick_pct"]
    assert "300" in found["definitions"]["answer_mean"]
    told = worked("sla", "stats", "2026-11-20", "--markdown", *words, TKT_LANG=language).out
    for text in found["definitions"].values():
        assert text[:12] in told


# -- size ------------------------------------------------------------------------------------------


def test_many_are_counted_by_many_processes(busy: Runner, monkeypatch: pytest.MonkeyPatch) -> None:
    alone = stats(busy, "--by", "agent")
    monkeypatch.setattr(parallel, "_ALONE", 0)
    monkeypatch.setattr("os.cpu_count", lambda: 2)
    assert stats(busy, "--by", "agent") == alone


def test_a_zone_goes_between_processes() -> None:
    zone = pickle.loads(pickle.dumps(Zone("Asia/Shanghai")))
    assert datetime(2026, 11, 21, tzinfo=zone).isoformat() == "2026-11-21T00:00:00+08:00"


def test_what_was_over_before_is_not_looked_at(
    worked: Runner, monkeypatch: pytest.MonkeyPatch
) -> None:
    looked: list[Any] = []

    def watched(*told: Any) -> Look:
        looked.append(told)
        return look(*told)

    monkeypatch.setattr("tkt.services.measuring.look", watched)
    worked("sla", "stats", "2026-11-21", "--json", TKT_NOW=at("12:00:00", 21))
    assert not looked
    worked("sla", "stats", "2026-11-20", "--json", TKT_NOW=at("12:00:00", 21))
    assert len(looked) == 1
