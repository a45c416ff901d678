"""``tkt demo``: a day on a desk that a newcomer can go on with."""

from __future__ import annotations

import re
import shlex
import shutil
from typing import TYPE_CHECKING, NamedTuple

import pytest

from conftest import Result, Runner, run_here
from desks import assert_index_is_right, git, log, status
from tkt import texts
from tkt.cli.demo import script
from tkt.cli.demo.script import Heading, Script, Step

if TYPE_CHECKING:
    from pathlib import Path

READING = {
    "list", "show", "search", "log", "check", "workflow list", "sla stats", "classify",
    "customer show", "roster now", "route show", "train status", "canned find", "kb search",
    "kb used", "bot report",
}  # fmt: skip
GROUPS = {words.split()[0] for words in READING if " " in words} | {"agent", "macro"}
VERBS = READING | {
    "customer import", "customer retag", "roster set", "roster leave", "agent away",
    "agent unavailable", "commit", "sed",
    "new", "next", "take", "assign", "reply", "note", "message", "move", "wait", "resolve", "close",
    "reopen", "escalate", "set", "undo", "link", "merge", "split", "archive", "watch", "mute",
    "tick", "approve", "macro run", "promise", "sweep",
    "kb link", "kb new", "train take",
}  # fmt: skip
FIGURES = {
    "opened": "all -category:spam",
    "merged": "state:merged",
    "backlog_end": "state:new,open,pending",
}
"""Figures that close a day on which everything began, and the query that finds those tickets.

Advertising is in no figure.
"""


class Played(NamedTuple):
    """A whole day, played once: in which language, from which script, where, and what was told."""

    language: str
    script: Script
    tkt: Runner
    result: Result


@pytest.fixture(scope="module", params=texts.LANGUAGES)
def played(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Played:
    """Only to be looked at: whoever goes on with it takes a copy."""
    language = str(request.param)
    folder = tmp_path_factory.mktemp(language)
    result = run_here(folder, "demo", "shop", TKT_LANG=language)
    assert result.code == 0, result.err
    return Played(language, script.read(language), Runner(folder / "shop", run_here), result)


@pytest.fixture
def short(monkeypatch: pytest.MonkeyPatch) -> None:
    """A day that is over after two steps."""
    use(monkeypatch, "## 早上", "09:00 lin cup= tkt new 杯子碎了", "18:00 lin tkt note {cup} 好")


def use(monkeypatch: pytest.MonkeyPatch, *lines: str) -> None:
    day = script.parse("\n".join(lines), path="day.txt")
    monkeypatch.setattr(script, "read", lambda _language: day)


def verb(typed: str) -> str:
    """The command, with the one below it where it has some."""
    tool, *words = typed.split()
    if tool != "tkt":
        return tool
    return " ".join(words[:2]) if words[0] in GROUPS else words[0]


def writes(step: Step) -> bool:
    """Whether a step leaves a commit; an import does though a line of it was left out."""
    if step.is_refused:
        return verb(step.typed) == "customer import"
    return verb(step.typed) not in {*READING, "sed"} and "--dry-run" not in step.typed


def author(step: Step) -> str:
    """What time brings about is recorded as the sweep's, whoever runs it."""
    return "sweep@localhost" if verb(step.typed) == "sweep" else f"{step.who}@shop.example"


def told_in(result: Result) -> list[str]:
    """What followed each step."""
    return re.split(r"(?m)^\d\d:\d\d \w+ +\$ (?:tkt|sed) .*\n", result.out)[1:]


# -- the whole day ----------------------------------------------------------------------------


def test_every_step_is_told(played: Played) -> None:
    lines = played.result.out.splitlines()
    told = [line for line in lines if re.match(r"\d\d:\d\d \w+ +\$ (tkt|sed) ", line)]
    assert [line.split(" $ ")[0].rstrip() for line in told] == [
        f"{step.at:%H:%M} {step.who}" for step in played.script.steps
    ]
    assert {part.text for part in played.script.parts if isinstance(part, Heading)} <= set(lines)
    assert "tkt: " not in played.result.err
    assert ("杯子" in played.result.out) == (played.language == "zh")


def test_it_can_be_read_at_one_sitting(played: Played) -> None:
    steps = len(played.script.steps)
    assert steps >= 150
    assert len(played.result.out.splitlines()) < 3.9 * steps


def test_every_step_is_one_commit_by_whoever_took_it(played: Played) -> None:
    told = log(played.tkt.folder, "%ae %cd", "--first-parent", "--date=format:%H:%M", "--reverse")
    writing = [step for step in played.script.steps if writes(step)]
    assert told[1:] == [f"{author(step)} {step.at:%H:%M}" for step in writing]


def test_the_desk_is_sound(played: Played) -> None:
    tkt = played.tkt
    assert tkt("check").code == 0, tkt("check").out
    assert status(tkt.folder) == ""
    assert_index_is_right(tkt.folder)
    assert f"language: {played.language}" in (tkt.folder / "tkt.yaml").read_text()


def test_it_can_be_gone_on_with(played: Played, tmp_path: Path) -> None:
    tkt = Runner(shutil.copytree(played.tkt.folder, tmp_path / "shop"), run_here)
    who = played.script.steps[0].who
    ticket = tkt.new("我的第一张工单", TKT_ACTOR=who)
    assert tkt("take", ticket, TKT_ACTOR=who).code == 0
    assert ticket in tkt("list").out


def test_a_real_shops_day(played: Played) -> None:
    rows = played.tkt("list", "all", "--json").json
    assert 35 <= len(rows) <= 45
    assert len({row["channel"] for row in rows if "channel" in row}) >= 5
    assert len({row["category"] for row in rows}) >= 8
    assert len({row["team"] for row in rows if "team" in row}) == 3
    assert len({step.who for step in played.script.steps}) >= 6
    assert {row["priority"] for row in rows} >= {"low", "normal", "high", "urgent"}
    assert sum("parent" in row for row in rows) >= 3


def test_every_verb_is_used(played: Played) -> None:
    assert {verb(step.typed) for step in played.script.steps} == VERBS
    typed = "\n".join(step.typed for step in played.script.steps)
    for option in ("--where", "--draft", "--send", "--until", "--steal", "--via", "--at", "@"):
        assert option in typed


# -- what the product is about ----------------------------------------------------------------


def test_every_process_has_tickets_and_most_of_them_are_over(played: Played) -> None:
    rows = played.tkt("list", "all", "--json").json
    flows = {flow["name"] for flow in played.tkt("workflow", "list", "--json").json}
    assert len(flows) == 9
    assert {row["workflow"] for row in rows} == flows
    assert played.tkt("workflow", "check").code == 0
    over = {row["workflow"] for row in rows if row["state_category"] in ("resolved", "closed")}
    assert len(over) >= 6


def test_what_is_refused_says_its_rule_and_a_next_step_that_is_then_taken(played: Played) -> None:
    steps = played.script.steps
    told = enumerate(told_in(played.result))
    refused = [
        (i, answer.splitlines())
        for i, answer in told
        if steps[i].is_refused
        and verb(steps[i].typed) not in ("customer import", "assign", "reply")
    ]
    assert len(refused) >= 4
    for place, (said, hint) in refused:
        assert said.startswith("      tkt: ")
        assert re.search(r"workflows/\w+\.yaml#", said)
        assert re.search(r"tkt (tick|approve|assign) ", hint)
        soon = [step for step in steps[place + 1 : place + 5] if not step.is_refused]
        assert verb(hint[hint.index("tkt ") :]) in {verb(step.typed) for step in soon} | {"assign"}
        assert any(verb(step.typed) == verb(steps[place].typed) for step in soon)


def test_money_is_approved_by_somebody_else(played: Played) -> None:
    typed = [(step.who, step.typed) for step in played.script.steps]
    approving = [(who, words.split()[2]) for who, words in typed if verb(words) == "approve"]
    assert len(approving) >= 2
    for who, ticket in approving:
        set_by = {
            by
            for by, words in typed
            if f"{ticket} " in words and re.search("(refund|金额)=", words)
        }
        assert set_by
        assert who not in set_by


def told_of(played: Played, *words: str) -> list[str]:
    """What was told of the steps that have these words."""
    steps = zip(played.script.steps, told_in(played.result), strict=True)
    return [answer for step, answer in steps if all(word in step.typed for word in words)]


def test_most_tickets_are_classified_and_given_out_by_themselves(played: Played) -> None:
    opened = [step.typed for step in played.script.steps if verb(step.typed) == "new"]
    alone = [typed for typed in opened if "--assignee" not in typed and "category" not in typed]
    assert len(alone) >= 0.7 * len(opened)
    rows = played.tkt("list", "all", "--json").json
    assert not [row["id"] for row in rows if row["category"] == "other"]
    given = log(played.tkt.folder, "%s", "--author=router@localhost")
    assert len(given) >= 20


def test_orders_come_in_and_a_broken_line_is_named(played: Played) -> None:
    (told,) = told_of(played, "customer import")
    assert re.search(r"\.csv:19:9: ", told)
    assert " 22" in told
    assert not list(played.tkt.folder.glob("*.csv"))
    (tags,) = told_of(played, "customer retag")
    assert "VIP" in tags
    (card,) = told_of(played, "customer show", "Lawson" if played.language == "en" else "李")
    assert "VIP" in card
    assert "****" in card


def test_what_comes_in_the_night_waits_for_the_shift_the_most_urgent_first(played: Played) -> None:
    texts.use(played.language)
    waiting = next(iter(told_of(played, "tkt list")))
    assert waiting.count(texts.say("routing.waits.off-shift")) == 2
    given = next(iter(told_of(played, "tkt sweep")))
    ids = re.findall(r"(?m)^\d{6}-\w{4}", given)
    tickets = {row["id"]: row for row in played.tkt("list", "all", "--json").json}
    assert [tickets[each]["priority"] for each in ids] == ["high", "normal"]


def test_who_is_at_lunch_gets_nothing(played: Played) -> None:
    (away,) = (step for step in played.script.steps if "agent away --until 13:00" in step.typed)
    given = log(played.tkt.folder, "%cI %s", "--author=router@localhost")
    lunch = [words for words in given if f"T{away.at}" <= words[10:19] < "T13"]
    assert lunch
    assert not [words for words in lunch if words.endswith(f"assignee={away.who}")]


def test_why_somebody_does_not_come_into_question_is_told(played: Played) -> None:
    texts.use(played.language)
    lunch, repair = told_of(played, "route show")
    assert texts.say("routing.veto.away") in lunch
    assert texts.say("routing.veto.leave") in lunch
    assert texts.say("routing.veto.no-skill") in repair
    (explained,) = told_of(played, "assign --auto --explain")
    assert texts.say("routing.veto.unavailable") in explained
    assert texts.say("routing.veto.level") in explained


def test_private_data_stands_in_the_customers_file_only(played: Played) -> None:
    phone, place = {"zh": ("13800138066", "科技园3号楼1204"), "en": ("900143", "4 Mill Lane")}[
        played.language
    ]
    files = [path for path in played.tkt.folder.rglob("*.yaml") if ".git" not in path.parts]
    for private in (phone, place):
        holding = [path for path in files if private in path.read_text(encoding="utf-8")]
        assert {path.relative_to(played.tkt.folder).parts[0] for path in holding} == {"customers"}
    (card,) = told_of(played, "customer show", "--full")
    assert place in card


def test_what_is_said_again_is_proposed_or_added_to_its_ticket(played: Played) -> None:
    (repeated,) = told_of(played, "--merge-into")
    ticket = re.findall(r"\d{6}-\w{4}", repeated)[0]
    (step,) = (step for step in played.script.steps if "--merge-into" in step.typed)
    assert shlex.split(step.typed)[2] in played.tkt("show", ticket).out
    assert any("tkt merge" in answer for answer in told_of(played, "tkt new"))
    assert told_of(played, "tkt merge")


def test_a_ticket_is_given_away_with_a_reason_only(played: Played) -> None:
    steps = [step for step in played.script.steps if step.typed.startswith("tkt assign ")]
    refused = [step for step in steps if step.is_refused]
    assert refused
    assert all("--reason" not in step.typed for step in refused)
    assert "--reason" in told_of(played, refused[0].typed)[0]


def test_time_reminds_escalates_wakes_and_invites(played: Played) -> None:
    steps = log(played.tkt.folder, "%s", "--author=sweep@localhost")
    assert {words.split()[0] for words in steps} >= {"remind", "escalate", "move", "invite"}
    assert played.tkt("list", "promised>now", "--json").json


def test_the_figures_are_what_lists_say(played: Played) -> None:
    day = played.tkt("log", "--json").json[-1]["at"][:10]
    found = played.tkt("summary", day, "--json").json
    count = {name: len(played.tkt("list", query, "--json").json) for name, query in FIGURES.items()}
    assert {name: found[name] for name in FIGURES} == count
    texts.use(played.language)
    lines = played.result.out.splitlines()
    for row in found["by_team"]:
        numbers = [str(number) for key, number in row.items() if key != "team"]
        assert any(line.split()[-len(numbers) :] == numbers for line in lines)
    for figure in ("opened", "replies", "resolved"):
        label = re.escape(texts.say(f"label.{figure}"))
        assert re.search(rf"{label} +{found[figure]}\b", played.result.out)
    for row in found["by_agent"]:
        whose = f"assignee:{row['agent']}" if row["agent"] else "unassigned"
        mine = played.tkt("list", f"{whose} {FIGURES['backlog_end']}", "--json").json
        assert row["unfinished"] == len(mine)


def team_of(played: Played) -> str:
    return (played.tkt.folder / "team.yaml").read_text(encoding="utf-8")


def test_the_commands_shown_work_as_typed(played: Played) -> None:
    lines = re.findall(r"(?m)^\S+ \w+ +\$ tkt (.*)", played.result.out)
    reading = [shlex.split(line) for line in lines if verb(f"tkt {line}") in READING]
    assert len(reading) >= 5
    for words in reading:
        assert played.tkt(*words).code == 0


def test_the_next_steps_work_as_typed(played: Played) -> None:
    lines = [line.strip() for line in played.result.err.splitlines() if line.startswith("  ")]
    assert lines[0] == "cd shop"
    assert {"tkt list", "git log --oneline --first-parent"} <= set(lines)


def test_a_refusal_that_is_in_the_script_is_told_and_the_play_goes_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    use(
        monkeypatch,
        "09:00 lin cup= tkt new 杯子碎了 category=return",
        "09:01:30 lin tkt take {cup}",
        "09:02 lin ! tkt resolve {cup} -m 好了",
        "09:03 lin tkt note {cup} 再问问",
    )
    result = run_here(tmp_path, "demo", "shop")
    assert result.code == 0, result.err
    _, _, (said, hint), _ = (each.splitlines()[:2] for each in told_in(result))
    assert said.startswith("      tkt: ")
    assert "workflows/returns.yaml#requires.resolved" in said
    assert hint.startswith("           ")
    assert "cause=…" in hint
    times = log(tmp_path / "shop", "%cI", "--first-parent")
    assert [time[11:19] for time in times] == ["09:03:00", "09:01:30", "09:00:00", "09:00:00"]


# -- wherever and whenever it is played -------------------------------------------------------


@pytest.mark.usefixtures("short")
@pytest.mark.parametrize(
    ("now", "day"), [("2026-11-21T17:59:00+08:00", "20"), ("2026-11-21T18:01:00+08:00", "21")]
)
def test_the_day_played_is_over_by_now(tmp_path: Path, now: str, day: str) -> None:
    assert run_here(tmp_path, "demo", "shop", TKT_NOW=now).code == 0
    times = log(tmp_path / "shop", "%cI")
    assert times[0] == f"2026-11-{day}T18:00:00+08:00"
    assert times[-1] == f"2026-11-{day}T09:00:00+08:00"


@pytest.mark.usefixtures("short")
def test_with_json_there_is_only_the_summary(tmp_path: Path) -> None:
    result = run_here(tmp_path, "demo", "shop", "--json")
    assert (result.code, result.err) == (0, "")
    assert result.json["since"] == "2026-11-20T00:00:00+08:00"
    assert (result.json["opened"], result.json["replies"]) == (1, 0)
    assert (result.json["backlog_start"], result.json["backlog_end"]) == (0, 1)
    assert result.json["by_agent"]


@pytest.mark.usefixtures("short")
def test_language_may_be_named(tmp_path: Path) -> None:
    assert "language: en" in _made(tmp_path, "a", "--lang", "en", TKT_LANG="zh")
    assert "language: zh" in _made(tmp_path, "b", "--lang", "zh", TKT_LANG="en")


def _made(folder: Path, name: str, *args: str, **said: str) -> str:
    assert run_here(folder, "demo", name, *args, **said).code == 0
    return (folder / name / "tkt.yaml").read_text()


@pytest.mark.usefixtures("short")
def test_inside_a_repository_it_still_gets_its_own(desk: Path) -> None:
    head = git(desk, "rev-parse", "HEAD")
    assert run_here(desk, "demo", "trial").code == 0
    assert git(desk, "rev-parse", "HEAD") == head
    assert (desk / "trial/.git").exists()


def test_a_desk_is_not_played_on(desk: Path) -> None:
    head = git(desk, "rev-parse", "HEAD")
    result = run_here(desk, "demo", ".")
    assert result.code == 1
    assert (result.out, result.err[:5]) == ("", "tkt: ")
    assert git(desk, "rev-parse", "HEAD") == head


@pytest.mark.usefixtures("short")
def test_paths_with_spaces_and_chinese(tmp_path: Path) -> None:
    result = run_here(tmp_path, "demo", "试 用/店")
    assert result.code == 0
    assert "'试 用/店'" in result.err


@pytest.mark.usefixtures("short")
def test_an_actor_or_a_desk_in_the_environment_changes_nothing(tmp_path: Path, desk: Path) -> None:
    head = git(desk, "rev-parse", "HEAD")
    result = run_here(tmp_path, "demo", "trial", TKT_ACTOR="somebody", TKT_DESK=str(desk))
    assert result.code == 0, result.err
    assert git(desk, "rev-parse", "HEAD") == head
    assert "somebody" not in set(log(tmp_path / "trial", "%an"))


# -- scripts that do not work -----------------------------------------------------------------


@pytest.mark.parametrize(
    "line",
    [
        "09:01 lin tkt close {cup} --until 明天",  # wrong usage
        "09:01 lin tkt show ZZZZ",
        "09:01 lin tkt reopen {cup}",
        "09:01 lin tkt set {cup} {cup2} 优先级=普通",  # refused for each of several
        "09:01 lin cup= tkt list",  # no ticket to be named
        "09:01 lin cup= tkt take {cup2}",  # another one than before
        "09:01 lin ! tkt take {cup}",  # done, though it was to be refused
    ],
)
def test_a_step_that_fails_is_named_with_its_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, line: str
) -> None:
    use(monkeypatch, "09:00 lin cup= tkt new 一", "09:00 lin cup2= tkt new 二", line)
    result = run_here(tmp_path, "demo", "shop")
    assert result.code == 1
    assert "tkt: day.txt:3:1: " in result.err
    quiet = run_here(tmp_path, "demo", "shop2", "--json")
    assert (quiet.code, quiet.out) == (1, "")
    assert '"line": 3' in quiet.err
