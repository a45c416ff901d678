from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

import pytest

from desks import commit_by_hand, git, log
from tkt import texts
from upkeep import T1, a_doc, an_archived, an_event, lay

if TYPE_CHECKING:
    from pathlib import Path

    from conftest import Runner

LATER = "2026-11-21T15:00:00+08:00"


def actions(tkt: Runner, *args: str, **said: str) -> list[str]:
    return [row["action"] for row in tkt("log", *args, "--json", **said).json]


def test_a_ticket_tells_who_what_when_and_why(tkt: Runner) -> None:
    one, other = tkt.new("甲"), tkt.new("乙")
    tkt("set", one, "priority=high", "--reason", "加急客户", TKT_NOW=LATER)
    newest, oldest = tkt("log", one, "--json").json
    assert (newest["by"], newest["action"], newest["ticket"]) == ("lin", "set", one)
    assert (newest["what"], newest["why"]) == ("priority=high", "加急客户")
    assert newest["at"] == LATER
    assert (oldest["action"], oldest["what"]) == ("open", "甲")
    assert other not in tkt("log", one).out


def test_the_log_has_every_commit_and_agrees_with_gitpython(desk: Path, tkt: Runner) -> None:
    import git as gitpython

    tkt.new("甲")
    tkt.new("乙")
    tkt("set", "--where", "all", "priority=high")
    with gitpython.Repo(desk) as repo:
        whole = {c.hexsha: (c.author.name, c.authored_date) for c in repo.iter_commits()
                 if len(c.parents) < 2}  # fmt: skip
    from datetime import datetime

    rows = tkt("log", "--json").json
    told = {
        r["commit"]: (r["author"], int(datetime.fromisoformat(r["at"]).timestamp())) for r in rows
    }
    assert told == whole
    assert actions(tkt) == ["set", "set", "open", "open", "init"]


def test_a_person_a_period_and_an_action_narrow_it_down(tkt: Runner) -> None:
    one = tkt.new("甲")
    tkt("note", one, "x", TKT_NOW="2026-11-22T09:00:00+08:00", TKT_ACTOR="wang")
    assert actions(tkt, "--by", "wang") == ["note"]
    assert actions(tkt, "--by", "nobody") == []
    assert actions(tkt, "--since", "2026-11-22") == ["note"]
    assert actions(tkt, "--until", "2026-11-21") == ["open", "init"]
    assert actions(tkt, "--since", "2026-11-21", "--until", "2026-11-22") == [
        "note", "open", "init"
    ]  # fmt: skip
    assert actions(tkt, "--action", "open") == ["open"]
    assert actions(tkt, "--limit", "1") == ["note"]
    assert tkt("log", "--since", "whenever").code == 2


def test_a_period_is_about_when_it_was_done_not_when_it_was_recorded(tkt: Runner) -> None:
    one = tkt.new("甲", "--at", "2026-11-01T09:00:00+08:00")
    rows = tkt("log", "--until", "2026-11-02", "--json").json
    assert [row["ticket"] for row in rows] == [one]
    assert actions(tkt, "--since", "2026-11-21") == ["init"]


def test_commits_made_without_tkt_are_told(desk: Path, tkt: Runner) -> None:
    one = lay(desk, a_doc())
    (row,) = tkt("log", T1, "--json").json
    assert (row["by"], row["action"], row["what"]) == ("Person", None, "by hand")
    assert one.endswith(f"{row['ticket']}.yaml")


def test_a_log_follows_a_ticket_into_the_archive(desk: Path, tkt: Runner) -> None:
    path = lay(desk, a_doc())
    commit_by_hand(desk, {path: None}, "gone")
    lay(desk, an_archived())
    assert [row["what"] for row in tkt("log", T1, "--json").json] == ["by hand", "gone", "by hand"]


def test_a_ticket_that_is_gone_is_not_forgotten(desk: Path, tkt: Runner) -> None:
    commit_by_hand(desk, {lay(desk, a_doc()): None}, "gone")
    assert [row["what"] for row in tkt("log", T1, "--json").json] == ["gone", "by hand"]
    assert tkt("log", "261121-9999").code == 3


def test_a_log_follows_former_ids_without_their_other_owner(desk: Path, tkt: Runner) -> None:
    old = "261121-3333"
    lay(desk, a_doc(old))
    moved = an_event(3, "renumber", add={"formerly": [old]})
    lay(desk, a_doc(T1, moved, formerly=[old]))
    git(desk, "commit", "-q", "--allow-empty", "-m", "x")
    (desk / "tickets/2026/11/21/3/261121-3333.yaml").write_text("id: 1\n")
    message = f"open {old}\n\nTicket: {old}\nAction: open\nActor: lin\nEvent: 220AAAAAAA"
    git(desk, "commit", "-qam", message)
    assert "open" in actions(tkt, T1)
    git(desk, "commit", "-q", "--amend", "-m", message.replace("220AAAAAAA", "2222222222"))
    assert actions(tkt, T1) == [None]


HOSTILE = (
    "close 261121-2222\n\nTicket: 261121-9999\nAction: close\nActor: boss\n\n"
    'and then \x1b[31m,"quoted"\x1f\x1e\ttab\r\nAction: reply\nmore text\n'
)


def test_a_hostile_message_confuses_no_column(desk: Path, tkt: Runner) -> None:
    path = lay(desk, a_doc())
    (desk / path).write_text("id: x\n")
    git(desk, "commit", "-qam", HOSTILE, "--cleanup=verbatim")
    (row, _) = tkt("log", T1, "--json").json
    assert (row["by"], row["ticket"], row["action"]) == ("Person", T1, None)
    shown = tkt("log").out
    assert "\x1b" not in shown
    assert len({line.count("\t") for line in shown.splitlines()}) == 1
    table = list(csv.DictReader(io.StringIO(tkt("log", "--csv").out)))
    assert [r["ticket"] for r in table][:2] == [T1, T1]


def test_a_commit_cannot_claim_a_ticket_that_it_did_not_touch(desk: Path, tkt: Runner) -> None:
    one = tkt.new()
    claim = f"close {one}\n\nTicket: {one}\nAction: close\nActor: lin\n"
    git(desk, "commit", "-q", "--allow-empty", "-m", claim)
    newest = tkt("log", "--json").json[0]
    assert newest["tickets"] == []
    assert "close" not in actions(tkt, one)


def test_a_shallow_clone_says_where_its_history_ends(desk: Path, tkt: Runner) -> None:
    one = tkt.new("甲")
    tkt("note", one, "x")
    clone = desk.parent / "clone"
    git(desk.parent, "clone", "-q", "--depth=1", f"file://{desk}", str(clone))
    result = tkt.at(clone, "log", one, "--json")
    assert [row["action"] for row in result.json] == ["note"]
    assert "shallow" in result.err
    assert [row["ticket"] for row in tkt.at(clone, "log", "--json").json] == [one]


def test_both_sides_of_a_merge_are_told(desk: Path, tkt: Runner) -> None:
    one = tkt.new("甲")
    git(desk, "switch", "-qc", "side")
    tkt("note", one, "there", TKT_NOW=LATER)
    git(desk, "switch", "-q", "main")
    tkt("set", one, "priority=high", TKT_NOW="2026-11-21T16:00:00+08:00")
    git(desk, "merge", "-q", "-s", "ours", "--no-edit", "side")
    assert actions(tkt, one)[:3] == ["set", "note", "open"]
    assert len(log(desk, "%H")) > 3


@pytest.mark.parametrize("where", ["shop/desk", "我 的"])
def test_a_desk_in_a_subfolder_tells_its_own_history_only(
    desk: Path, tkt: Runner, where: str, tmp_path: Path
) -> None:
    repo = tmp_path / "big"
    git(tmp_path, "init", "-q", "-b", "main", str(repo))
    (repo / "code.c").write_text("x")
    git(repo, "add", "-A")
    git(repo, "commit", "-qm", "their code")
    assert tkt.at(repo, "init", where).code == 0
    made = tkt.at(repo / where, "new", "甲", "--json").json["id"]
    rows = tkt.at(repo / where, "log", "--json").json
    assert [(r["action"], r["ticket"]) for r in rows] == [("open", made), ("init", None)]


def test_people_see_the_hour_and_names_in_their_language(desk: Path, tkt: Runner) -> None:
    from datetime import UTC, datetime

    from tkt.domain.deeds import Deed
    from tkt.domain.settings import Settings
    from tkt.render.views.deeds import table

    texts.use("zh")
    deed = Deed("c", datetime(2026, 11, 21, 6, tzinfo=UTC), "lin", "林", "l@x", None, None,
                ("a", "b"), "x", "", None)  # fmt: skip
    for now, at in (
        (deed.at.replace(hour=9), "今天 14:00"),
        (deed.at.replace(day=25), "11-21 14:00"),
        (deed.at.replace(year=2027), "2026-11-21 14:00"),
    ):
        (row,) = table([deed], Settings(), now=now).rows
        assert (row["at"], row["action"]) == (at, "(git)")
    assert "2" in row["ticket"]


def test_what_a_rule_said_by_itself_is_told_like_anything_else(desk: Path, tkt: Runner) -> None:
    rules = "rules:\n  - {name: 问候, on: open, do: [{auto_reply: 亲}]}\n"
    said = (desk / "tkt.yaml").read_text("utf-8")
    (desk / "tkt.yaml").write_text(said + rules, "utf-8")
    assert tkt("commit").code == 0
    one = tkt.new("甲", "--customer", "小王", "--channel", "wechat")
    (row,) = tkt("log", one, "--action", "auto_reply", "--json").json
    assert (row["by"], row["action"], row["why"]) == ("问候", "auto_reply", "")
    assert row["rule"] == "tkt.yaml#rules.问候"
