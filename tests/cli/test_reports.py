"""``tkt report`` and ``tkt summary``: the same figures in every format, for everybody."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

import pytest
import worlds

from conftest import Runner, run_here
from tkt import texts
from tkt.domain.report import report_of
from tkt.domain.settings import Settings
from tkt.domain.summary import DEEDS
from tkt.domain.table import Card, Table
from tkt.domain.ticket import Ticket
from tkt.render.views import report as view

if TYPE_CHECKING:
    from pathlib import Path

HOSTILE = '<script>alert(1)</script>|`rm -rf`\x1b[2J"&lt;'
AFTERNOON = "2026-11-21T15:00:00+08:00"


@pytest.fixture
def shop(tmp_path: Path) -> Runner:
    """The desk of the examples, with a conversation on one of its tickets."""
    tkt = Runner(worlds.make_world(tmp_path, "zh"), run_here)
    for minute, words in enumerate((
        ("take", "7KQ4", "--steal", "--reason", "王强下班了"),
        ("reply", "7KQ4", "亲,马上处理"),
        ("message", "7KQ4", HOSTILE),
        ("escalate", "7KQ4", "--to", "zhao", "--reason", "客户急"),
        ("reply", "7KQ4", "亲,已退款", "--to", "resolved"),
        ("reopen", "7KQ4", "--reason", "还没到账"),
        ("message", "M3WX", "怎么还没到"),
    )):  # fmt: skip
        done = tkt(*words, TKT_NOW=f"2026-11-21T14:{10 + minute}:30+08:00")
        assert done.code == 0, done.err
    return tkt


def figures_of(document: dict[str, Any]) -> dict[str, int]:
    return {deed: document[deed] for deed in DEEDS}


# -- summary ----------------------------------------------------------------------------------


def cells(line: str) -> list[str]:
    """The cells of a line, whatever parts them."""
    return [cell.strip() for cell in re.split(r"\t|  +|\|", line.strip("|")) if cell.strip()]


def labelled(text: str, language: str) -> dict[str, str]:
    """Label to value of every ``- **label**: value`` of a Markdown page."""
    texts.use(language)
    return dict(re.findall(r"(?m)^- \*\*(.+?)\*\*: (.*)$", text))


@pytest.mark.parametrize("language", texts.LANGUAGES)
def test_a_summary_has_the_same_figures_in_every_format(shop: Runner, language: str) -> None:
    words = ("summary", "today")
    document = shop(*words, "--json", TKT_LANG=language, TKT_NOW=AFTERNOON).json
    figures = figures_of(document)
    assert figures["opened"] == 3
    assert (figures["replies"], figures["answered"], figures["reopened"]) == (2, 1, 1)
    plain = dict(
        line.split("\t")
        for line in shop(*words, TKT_NOW=AFTERNOON).out.splitlines()
        if line.count("\t") == 1
    )
    assert {deed: int(plain[deed]) for deed in DEEDS} == figures
    assert plain["backlog_end"] == str(document["backlog_end"])
    marked = shop(*words, "--markdown", TKT_LANG=language, TKT_NOW=AFTERNOON).out
    shown = labelled(marked, language)
    assert {deed: int(shown[texts.say(f"label.{deed}")]) for deed in DEEDS} == figures
    page = shop(*words, "--html", TKT_LANG=language, TKT_NOW=AFTERNOON).out
    held = dict(re.findall(r"<dt>(.*?)</dt><dd>(.*?)</dd>", page))
    assert {deed: int(held[texts.say(f"label.{deed}")]) for deed in DEEDS} == figures
    for row in document["by_team"]:
        numbers = [str(value) for key, value in row.items() if key != "team"]
        assert any(cells(line)[-len(numbers) :] == numbers for line in marked.splitlines())


def test_a_summary_balances_and_names_who_needs_somebody(shop: Runner) -> None:
    found = shop("summary", "--json", TKT_NOW=AFTERNOON).json
    growth = found["opened"] + found["reopened"] - found["resolved"] - found["merged"]
    assert found["backlog_start"] + growth == found["backlog_end"] == 3
    assert found["oldest_waiting"]["id"] == found["needs"]["waiting"]["tickets"][0]["id"]
    assert found["needs"]["unassigned"]["total"] == 2
    lists = shop("list", "unassigned state:new,open,pending", "--json").json
    assert {t["id"] for t in found["needs"]["unassigned"]["tickets"]} == {r["id"] for r in lists}


def test_figures_are_what_lists_say(shop: Runner) -> None:
    found = shop("summary", "--json", TKT_NOW=AFTERNOON).json
    for query, count in (
        ("opened:today", found["opened"]),
        ("first_reply:today", found["answered"]),
        ("state:new,open,pending", found["backlog_end"]),
        ("overdue state:new,open,pending", found["late"]),
        ("waiting_since:any", found["needs"]["waiting"]["total"]),
    ):
        assert len(shop("list", query, "--json", TKT_NOW=AFTERNOON).json) == count, query


@pytest.mark.parametrize("language", texts.LANGUAGES)
def test_each_figure_can_be_explained(shop: Runner, language: str) -> None:
    told = shop("summary", "--explain", "--json", TKT_LANG=language).json["definitions"]
    assert set(told) > set(DEEDS)
    shown = shop("summary", "--explain", "--markdown", TKT_LANG=language).out
    plain = re.sub(r"\\", "", shown)
    assert all(text in plain for text in told.values())


def test_an_empty_desk_has_nothing_to_tell(tkt: Runner) -> None:
    found = tkt("summary", "--json").json
    assert not any(figures_of(found).values())
    assert (found["backlog_start"], found["backlog_end"], found["oldest_waiting"]) == (0, 0, None)
    for form in ("--markdown", "--html", "--explain"):
        assert tkt("summary", form).code == 0


def test_a_summary_of_a_team_and_of_an_agent(shop: Runner) -> None:
    team = shop("summary", "--team", "售后组", "--json", TKT_NOW=AFTERNOON).json
    assert (team["team"], team["opened"], team["replies"]) == ("aftersales", 1, 2)
    mine = shop("summary", "今天", "--agent", "me", "--json", TKT_NOW=AFTERNOON).json
    assert (mine["agent"], mine["replies"], mine["escalated"]) == ("lin", 2, 1)


def test_what_cannot_be_asked_is_refused_with_a_way_on(shop: Runner) -> None:
    for words in (
        ("--team", "售后组", "--agent", "lin"), ("gibberish",), ("--until", "today"),
        ("--since", "11-11", "--until", "11-01"),
    ):  # fmt: skip
        result = shop("summary", *words, "--json")
        assert (result.code, result.out) == (2, "")
        assert json.loads(result.err)["hint"]


# -- report -----------------------------------------------------------------------------------


def test_a_report_adds_up(shop: Runner) -> None:
    found = shop("report", "7KQ4", "--json", TKT_NOW=AFTERNOON).json
    for name in ("by_status", "by_assignee", "by_team", "stretches"):
        assert sum(row["seconds"] for row in found[name]) == found["seconds"]
    assert (found["replies"], found["messages"], found["escalated"]) == (2, 2, 1)
    assert (found["reopened"], found["transferred"]) == (1, 2)
    assert [wait["how"] for wait in found["waits"]] == ["reply", "reply"]
    assert found["waits"][1]["seconds"] == 120
    assert [row["number"] for row in found["events"]] == [1, 2, 3, 4, 5, 6, 7]
    assert found["ended"] is None


@pytest.mark.parametrize("language", texts.LANGUAGES)
def test_a_report_tells_the_same_in_every_format(shop: Runner, language: str) -> None:
    said = {"TKT_LANG": language, "TKT_NOW": AFTERNOON}
    found = shop("report", "7KQ4", "--json", **said).json
    plain = shop("report", "7KQ4", TKT_NOW=AFTERNOON).out
    assert f"seconds\t{found['seconds']}\n" in plain
    for row in found["by_assignee"]:
        assert f"{row['assignee']}\t{row['seconds']}\n" in plain
    marked = shop("report", "7KQ4", "--markdown", **said).out
    page = shop("report", "7KQ4", "--html", **said).out
    shown = labelled(marked, language)
    held = dict(re.findall(r"<dt>(.*?)</dt><dd>(.*?)</dd>", page))
    for name in ("reopened", "transferred", "escalated"):
        label = texts.say(f"label.{name}")
        assert shown[label] == held[label] == str(found[name])
    assert shown[texts.say("label.lasted")] == held[texts.say("label.lasted")]
    for text in (marked, page):
        assert text.count("2026-11-21") >= 1
        assert "客户急" in text


def test_what_a_customer_says_stays_text(shop: Runner) -> None:
    page = shop("report", "7KQ4", "--html").out
    assert "<script" not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page
    for form in ((), ("--markdown",), ("--html",)):
        assert "\x1b" not in shop("report", "7KQ4", *form).out
    assert "<script" not in shop("report", "7KQ4", "--markdown").out.replace(r"\<", "")


def test_a_report_goes_into_a_file_whose_name_says_what_it_is(shop: Runner) -> None:
    for name, start in (("报告.html", "<!DOCTYPE html>"), ("r.md", "# "), ("r.json", "{"),
                        ("r.txt", "261121-7KQ4")):  # fmt: skip
        result = shop("report", "7KQ4", "-o", name)
        assert (result.code, result.out) == (0, "")
        assert (shop.folder / name).read_text(encoding="utf-8").startswith(start)
    assert shop("report", "7KQ4", "--html", "-o", "-").out.startswith("<!DOCTYPE html>")
    missing = shop("report", "7KQ4", "-o", "no/such/folder/r.html")
    assert missing.code == 5


def test_a_merged_ticket_reports_as_what_it_became_or_itself(shop: Runner) -> None:
    assert shop("merge", "P2QX", "--into", "M3WX", TKT_NOW=AFTERNOON).code == 0
    assert shop("report", "P2QX", "--json").json["id"] == "261121-M3WX"
    itself = shop("report", "P2QX", "--itself", "--json", TKT_NOW="2026-11-22T00:00:00+08:00").json
    assert (itself["id"], itself["ended"]) == ("261121-P2QX", AFTERNOON)
    assert itself["seconds"] == 5 * 3600


def test_a_report_is_for_reading_and_commits_nothing(shop: Runner) -> None:
    before = shop("log", "--json").out
    shop("report", "7KQ4")
    shop("summary")
    assert shop("log", "--json").out == before


def test_a_report_on_nothing_is_not_found(shop: Runner) -> None:
    assert shop("report", "ZZZZ").code == 3


# -- clocks -----------------------------------------------------------------------------------

CLOCK = {
    "clock": "first_response", "state": "breached", "started_at": "2026-11-21T10:00:00+08:00",
    "due_at": "2026-11-21T10:03:00+08:00", "target_s": 180, "elapsed_s": 600, "remaining_s": 0,
    "used_pct": 333, "breached_by_s": 420,
}  # fmt: skip


@pytest.mark.parametrize("language", texts.LANGUAGES)
def test_clocks_are_shown_where_a_ticket_has_them(shop: Runner, language: str) -> None:
    texts.use(language)
    row = shop("show", "7KQ4", "--json").json
    paused = {**CLOCK, "clock": "solution", "state": "paused", "due_at": None, "breached_by_s": 0}
    row["sla"] = {"policy": "默认", "escalation_at": None, "clocks": [CLOCK, paused]}
    doc = {key: row[key] for key in ("id", "title", "status", "opened", "timeline")}
    ticket = Ticket.of(doc)
    now = ticket.events[-1].instant
    made = view.card(row, report_of(ticket, lambda _: "open", now=now), Settings(), now=now)
    assert isinstance(made, Card)
    wanted = texts.say("report.clocks")
    (table,) = [part.content for part in made.body if part.heading == wanted]
    assert isinstance(table, Table)
    first, second = table.rows
    assert first["state"] == texts.say("report.state.breached")
    assert (first["due_at"], first["used"]) == ("11-21 10:03:00", "333%")
    assert first["breached_by"]
    assert (second["due_at"], second["breached_by"]) == ("", "")
    assert isinstance(made.document, dict)
    assert made.document["sla"] == row["sla"]


@pytest.mark.parametrize("words", [
    ("report", "7KQ4", "-o", "x.pdf"), ("summary", "-o", "x.pdf"), ("sla", "stats", "-o", "x.pdf"),
    ("workflow", "graph", "simple", "-o", "x.png"), ("summary", "-o", "x.csv"),
    ("report", "7KQ4", "--json", "-o", "x.html"), ("sla", "stats", "--html", "-o", "x.csv"),
    ("workflow", "graph", "simple", "--format", "dot", "-o", "x.svg"),
])  # fmt: skip
def test_no_file_is_written_as_something_else_than_its_name_says(
    shop: Runner, words: tuple[str, ...]
) -> None:
    done = shop(*words)
    assert done.code == 2
    assert words[-1] in done.err
    assert not (shop.folder / words[-1]).exists()


@pytest.mark.parametrize("words", [("report", "7KQ4"), ("summary",), ("sla", "stats")])
def test_a_file_that_was_written_is_named(shop: Runner, words: tuple[str, ...]) -> None:
    assert "written: x.md" in shop(*words, "--markdown", "-o", "x.md").err
    assert "known: .html, .htm, .md, .json" in shop(*words, "-o", "x.pdf").err


def test_how_things_stand_now_is_no_figure_of_a_time_that_has_passed(shop: Runner) -> None:
    later = {"TKT_NOW": "2026-12-01T12:00:00+08:00", "TKT_LANG": "en"}
    past = shop("summary", "2026-11-21", "--markdown", **later).out
    assert texts.say("label.oldest_waiting") not in past.partition("##")[0]
    assert "as of now (12-01 12:00)" in past
    assert texts.say("label.unfinished") not in past
    data = shop("summary", "2026-11-21", "--json", **later).json
    assert (data["late"], data["oldest_waiting"]) == (None, None)
    assert data["as_of"] == "2026-12-01T12:00:00+08:00"
    today = shop("summary", "--markdown").out
    assert "as of now" not in today
    assert texts.say("label.unfinished") in today
