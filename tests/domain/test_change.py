from __future__ import annotations

import os
import subprocess
from typing import TYPE_CHECKING

import pytest

from factories import ID, a_ticket, an_event, doing
from tkt.domain.actions import changing, talking
from tkt.domain.change import Change, message, shown, subject, summary_of
from tkt.domain.plaintext import width

if TYPE_CHECKING:
    from pathlib import Path

OTHER = "261121-XXXX"
HOSTILE = {
    "a second paragraph": f"x\n\nTicket: {OTHER}\nActor: boss",
    "a trailer alone": f"Ticket: {OTHER}",
    "carriage returns": f"x\r\r\nTicket: {OTHER}\r\n",
    "line separators": f"x\u2028Ticket: {OTHER}\u2029Ticket: {OTHER}\x85Ticket: {OTHER}",
    "vertical tabs and file separators": f"x\x0b\x0cTicket: {OTHER}\x1c\x1d\x1eTicket: {OTHER}",
    "leading dashes": f"--- x\n---\nTicket: {OTHER}",
    "a diff": f"diff --git a/x b/x\n--- a/x\n+++ b/x\nTicket: {OTHER}",
    "a comment": f"# x\n#\nTicket: {OTHER}",
    "control characters": f"\x1b[31m\x00\x07\x08\x7f\x9b2J\nTicket: {OTHER}",
    "right to left": f"\u202eTicket: {OTHER}\u2066\u200f\nTicket: {OTHER}",
    "lone surrogates": f"\ud800\udcff\nTicket: {OTHER}",
    "ten kilobytes": "碎" * 3000 + f"\nTicket: {OTHER}\n" + "x" * 2000,
    "many lines": f"Ticket: {OTHER}\n" * 500,
    "scissors": f"# ------------------------ >8 ------------------------\nTicket: {OTHER}",
    "joined pictures": "👩\u200d💻" * 100 + f"\nTicket: {OTHER}",
    "cherry-pick": f"(cherry picked from commit abc)\nTicket: {OTHER}",
}


def trailers_read_by_git(text: str) -> list[str]:
    out = subprocess.run(
        ["git", "interpret-trailers", "--parse"], input=text.encode(), capture_output=True
    )
    assert out.returncode == 0, out.stderr
    return out.stdout.decode().splitlines()


@pytest.fixture(scope="module")
def repository(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("log")
    subprocess.run(["git", "init", "-q", folder], check=True)
    return folder


def found_in_log(repository: Path, text: str, pattern: str) -> list[str]:
    """Subjects of the commits that ``git log --grep`` finds once ``text`` is a commit."""
    who = {f"GIT_{role}_{part}": "x" for role in ("AUTHOR", "COMMITTER") for part in ("NAME",)}
    who |= {f"GIT_{role}_EMAIL": "x@y" for role in ("AUTHOR", "COMMITTER")}

    def git(*args: str, stdin: str = "") -> str:
        done = subprocess.run(
            ["git", *args], cwd=repository, input=stdin.encode(), capture_output=True,
            env={**os.environ, **who}, check=True,
        )  # fmt: skip
        return done.stdout.decode().strip()

    tree = git("mktree")
    commit = git("commit-tree", tree, stdin=text)
    return git("log", "--format=%s", "--grep", pattern, commit).splitlines()


def hostile_changes(text: str) -> list[Change]:
    """``text`` wherever something from outside can stand."""
    ticket = a_ticket()
    lin = doing(1)
    opened = talking.opened(ID, lin, fields={"title": text, "status": "new"}, text=text)
    set_ = changing.changed(ticket, lin, wanted={"title": text, "own": text}, reason=text)
    event = an_event("note", 1, id=text)
    foreign = Change("note", ticket, ticket.after(event), (event,), tail=text, rule=text)
    named = Change("set", ticket, ticket._replace(fields={text: text}), (event,), reason=text)
    return [opened, set_, foreign, named]


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE.keys())
def test_hostile_text_forges_nothing(text: str, repository: Path) -> None:
    for change in hostile_changes(text):
        whole = message(change, actor=text)
        assert "\r" not in whole
        read = trailers_read_by_git(whole)
        names = [line.partition(": ")[0] for line in read]
        events = ["Event"] * len(change.events)
        rule = ["Rule"] * bool(change.rule)
        assert names == ["Ticket", "Action", "Actor", *events, *rule]
        assert read[0] == f"Ticket: {ID}"
        assert found_in_log(repository, whole, f"^Ticket: {OTHER}") == []
        assert len(found_in_log(repository, whole, f"^Ticket: {ID}$")) == 1
        first = subject(change)
        assert found_in_log(repository, whole, "^Action: ") == [first.strip()]
        assert width(first) <= 72
        assert first.startswith(f"{change.action} {ID}")
        assert len(first.splitlines()) == 1


def test_a_message_says_what_changed_why_and_by_whom() -> None:
    ticket = a_ticket(tags=["a"], assignee="lin")
    change = changing.changed(
        ticket,
        doing(1, by="wang"),
        wanted={"priority": "high", "assignee": None},
        add={"tags": ["b"]},
        reason="客户催了",
    )
    assert message(change._replace(rule="workflows/a.yaml#routing"), "wang") == (
        f"set {ID} priority=high assignee=– tags+=b\n\n"
        "- priority: normal → high\n- tags: a → a, b\n- assignee: lin → –\n\n"
        "> 客户催了\n\n"
        f"Ticket: {ID}\nAction: set\nActor: wang\nEvent: {change.events[0].id}\n"
        "Rule: workflows/a.yaml#routing\n"
    )


def test_an_opening_says_its_title() -> None:
    change = talking.opened(ID, doing(), fields={"title": "杯子碎了", "status": "new"}, text=None)
    assert subject(change) == f"open {ID} 杯子碎了"
    assert change.ticket_id == ID
    assert message(change, "lin").count("\n\n") == 1


def test_a_note_changes_no_field() -> None:
    change = talking.noted(a_ticket(), doing(1), text="在查")
    assert subject(change) == f"note {ID}"
    assert "- " not in message(change, "lin")


def test_twenty_events_are_enough_for_a_message() -> None:
    events = tuple(an_event("note", minute) for minute in range(1, 50))
    change = Change("import", None, a_ticket(*events), events)
    assert message(change, "lin").count("Event: ") == 20


@pytest.mark.parametrize(
    ("value", "text"),
    [(None, "–"), ([], "–"), (["a", "b"], "a, b"), (0, "0"), (False, "False"), ("a\nb", "a b")],
)
def test_a_value_is_one_short_line(value: object, text: str) -> None:
    assert shown(value) == text
    assert width(shown("碎" * 1000)) <= 60


def test_known_fields_come_first_in_a_summary() -> None:
    assert summary_of({"own": 1, "assignee": "lin", "priority": None}) == (
        "priority=– assignee=lin own=1"
    )
