"""``tkt notify`` against real servers: what is told to whom, once, when, and what fails."""

from __future__ import annotations

import json
import threading
import time
from typing import TYPE_CHECKING, Any

import pytest

from conftest import NOW, Result, Runner
from desks import commit_by_hand, git, run_by_hand, ticket_path
from peers import Mailbox, Receiver, post_office, receiver
from tkt.cli.telling import fault
from tkt.storage import yaml
from tkt.storage.git import Git
from tkt.storage.lock import held_run

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

pytestmark = pytest.mark.network

TEAM = """\
agents:
  lin: {{name: 林小满, teams: [c]}}
  zhao: {{name: 赵敏, teams: [c], notify: {{via: hook{zhao}}}}}
  wang: {{name: 王强}}
teams:
  c: {{name: 投诉组, lead: zhao{team}}}
deliveries:
  hook: {{kind: webhook, url: $TKT_HOOK, secret: $TKT_KEY}}
  ding: {{kind: dingtalk, url: $TKT_DING, secret: $TKT_KEY}}
"""


@pytest.fixture
def peer() -> Iterator[Receiver]:
    with receiver() as found:
        yield found


@pytest.fixture
def office() -> Iterator[Mailbox]:
    with post_office() as found:
        yield found


class Shop:
    """A desk with a team, and ``notify`` run with its secrets."""

    def __init__(self, tkt: Runner, peer: Receiver) -> None:
        self.tkt = tkt
        self.peer = peer
        self.said: dict[str, str | None] = {
            "TKT_HOOK": f"{peer.url}/hook", "TKT_DING": f"{peer.url}/robot?access_token=s3cret",
            "TKT_KEY": "hunter2",
        }  # fmt: skip

    def team(self, zhao: str = "", team: str = "", text: str = TEAM) -> None:
        raw = text.format(zhao=zhao, team=team).encode()
        commit_by_hand(self.tkt.folder, {"team.yaml": raw})
        self.notify()

    def notify(self, *args: str, at: str = NOW, **said: str | None) -> Result:
        done = self.tkt("notify", *args, "--json", TKT_NOW=at, **{**self.said, **said})
        for secret in ("s3cret", "hunter2", "/hook"):
            assert secret not in done.out + done.err
        return done

    def outbox(self, *args: str) -> list[dict[str, Any]]:
        rows: list[dict[str, Any]] = self.tkt("outbox", "list", "--json", *args).json
        return rows

    def told(self) -> list[tuple[str, str, str]]:
        """(to whom, why, title) of each notice that arrived at the webhook."""
        return [(d["recipient"], d["why"], d["title"]) for d in (g.json for g in self.peer.got)]

    def remind(self, ticket: str, *tell: str, event: str = "ZZ1", **more: Any) -> None:
        """What a sweep records, committed as it does."""
        path = self.tkt.folder / ticket_path(self.tkt.folder, ticket)
        doc: Any = yaml.load(path.read_bytes(), path="x")
        said = {"id": event, "at": NOW, "by": "sweep", "do": "remind", "tell": list(tell),
                "why": "首次响应用了 80%", **more}  # fmt: skip
        doc["timeline"] = sorted([*doc["timeline"], said], key=lambda e: (e["at"], e["id"]))
        relative = str(path.relative_to(self.tkt.folder))
        commit_by_hand(self.tkt.folder, {relative: json.dumps(doc, ensure_ascii=False).encode()})


@pytest.fixture
def shop(tkt: Runner, peer: Receiver) -> Shop:
    found = Shop(tkt, peer)
    found.team()
    return found


def counts(done: Result) -> tuple[int, int, int]:
    return done.json["sent"], done.json["waiting"], done.json["failed"]


def copy_of(desk: Path, folder: Path) -> Path:
    """A clone of the desk."""
    git(desk.parent, "clone", "-q", str(desk), str(folder))
    return folder


# -- who is told of what ----------------------------------------------------------------------


def test_an_assignment_and_a_mention_arrive_once(shop: Shop) -> None:
    shop.tkt.new("杯子", "assignee=zhao")
    shop.tkt("note", shop.tkt.new("快递"), "@zhao 看一下")
    done = shop.notify()
    assert counts(done) == (2, 0, 0)
    assert sorted(shop.told()) == [("zhao", "assigned", "杯子"), ("zhao", "mention", "快递")]
    assert [row["state"] for row in done.json["messages"]] == ["sent", "sent"]
    assert counts(shop.notify()) == (0, 0, 0)
    assert len(shop.peer.got) == 2


def test_a_reminder_of_the_sweep_reaches_whom_it_names(shop: Shop) -> None:
    ticket = shop.tkt.new("杯子", "-m", "要求退款", "priority=urgent")
    shop.notify()
    shop.remind(ticket, "zhao", "wang", "team:c")
    assert counts(shop.notify()) == (1, 0, 0)
    (document,) = [got.json for got in shop.peer.got]
    assert (document["why"], document["do"], document["reason"]) == (
        "told", "remind", "首次响应用了 80%",
    )  # fmt: skip
    assert (document["ticket"], document["priority"]) == (ticket, "urgent")
    assert document["open"] == f"tkt show {ticket}"


def test_a_team_has_a_channel_of_its_own(shop: Shop) -> None:
    shop.team(team=", notify: {via: [{dingtalk: ding, mobile: '13800001111'}]}")
    ticket = shop.tkt.new("杯子")
    shop.remind(ticket, "team:c")
    assert counts(shop.notify()) == (1, 0, 0)
    document = shop.peer.got[0].json
    assert document["at"]["atMobiles"] == ["13800001111"]
    assert ticket in document["text"]["content"]
    assert [row["why"] for row in shop.tkt("inbox", "--as", "zhao", "--json").json] == []


def test_only_what_is_asked_for_is_told(shop: Shop) -> None:
    shop.team(", on: [watching]")
    ticket = shop.tkt.new("杯子", "assignee=zhao")
    assert counts(shop.notify()) == (0, 0, 0)
    shop.tkt("message", ticket, "在吗")
    assert counts(shop.notify()) == (1, 0, 0)
    assert shop.told() == [("zhao", "watching", "杯子")]


def test_one_event_by_two_ways_is_two_messages(shop: Shop) -> None:
    shop.team(text=TEAM.replace("via: hook", "via: [hook, ding]"))
    shop.tkt.new("杯子", "assignee=zhao")
    assert counts(shop.notify()) == (2, 0, 0)
    assert len(set(shop.peer.keys)) == 1


def test_what_came_by_sync_counts_whatever_time_it_bears(
    shop: Shop, tmp_path: Path, desk: Path
) -> None:
    ticket = shop.tkt.new("杯子")
    other = copy_of(desk, tmp_path / "other")
    for number in range(3):
        shop.tkt("note", ticket, f"后来的 {number}")
    shop.notify()
    earlier = "2026-11-21T14:03:12+08:00"
    assert shop.tkt.at(other, "note", ticket, "@zhao 早先", TKT_NOW=earlier).code == 0
    git(desk, "remote", "add", "origin", str(other))
    git(other, "config", "receive.denyCurrentBranch", "ignore")
    assert shop.tkt("sync").code == 0
    assert counts(shop.notify(at="2026-11-22T10:00:00+08:00")) == (1, 0, 0)
    assert shop.told() == [("zhao", "mention", "杯子")]


def test_keys_are_the_same_on_every_clone(shop: Shop, tmp_path: Path, desk: Path) -> None:
    shop.tkt.new("杯子", "assignee=zhao")
    other = copy_of(desk, tmp_path / "other")
    shop.notify()
    assert shop.tkt.at(other, "notify", **shop.said).code == 0
    assert len(shop.peer.keys) == 2
    assert len(set(shop.peer.keys)) == 1, "a receiver can tell that it is the same"


def test_archiving_and_merging_tell_nothing_twice(shop: Shop) -> None:
    ticket = shop.tkt.new("杯子", "assignee=zhao")
    other = shop.tkt.new("又是杯子")
    assert counts(shop.notify()) == (1, 0, 0)
    shop.tkt("merge", other, "--into", ticket, "--yes")
    shop.tkt("close", ticket)
    assert shop.tkt("archive", ticket).code == 0
    assert counts(shop.notify()) == (0, 0, 0)


def test_a_first_run_tells_of_the_last_day(shop: Shop, desk: Path) -> None:
    shop.tkt.new("前天的", "assignee=zhao", TKT_NOW="2026-11-19T14:00:00+08:00")
    shop.tkt.new("今天的", "assignee=zhao")
    for path in (desk / ".git/tkt").glob("outbox*"):
        path.unlink()
    assert counts(shop.notify()) == (1, 0, 0)
    assert shop.told() == [("zhao", "assigned", "今天的")]


def test_a_rewritten_history_tells_of_the_last_week_what_is_not_known(
    shop: Shop, desk: Path
) -> None:
    shop.tkt.new("说过的", "assignee=zhao")
    shop.notify()
    shop.tkt.new("没说的", "assignee=zhao", TKT_NOW="2026-11-18T14:00:00+08:00")
    shop.tkt.new("太久的", "assignee=zhao", TKT_NOW="2026-11-10T14:00:00+08:00")
    git(desk, "checkout", "-q", "--orphan", "new")
    git(desk, "commit", "-q", "--no-verify", "-m", "all anew")
    git(desk, "branch", "-q", "-M", "new", "main")
    git(desk, "reflog", "expire", "--expire=now", "--all")
    git(desk, "gc", "-q", "--prune=now")
    assert counts(shop.notify()) == (1, 0, 0)
    assert [title for *_, title in shop.told()] == ["说过的", "没说的"]


# -- when -------------------------------------------------------------------------------------


def test_nothing_goes_out_in_quiet_hours(shop: Shop) -> None:
    shop.team(', quiet: "22:00-08:00", quiet_except: [urgent]')
    shop.tkt.new("不急", "assignee=zhao", TKT_NOW="2026-11-21T23:00:00+08:00")
    shop.tkt.new("很急", "assignee=zhao", "priority=urgent", TKT_NOW="2026-11-21T23:00:00+08:00")
    assert counts(shop.notify(at="2026-11-21T23:05:00+08:00")) == (1, 1, 0)
    assert counts(shop.notify(at="2026-11-22T07:59:00+08:00")) == (0, 1, 0)
    assert counts(shop.notify(at="2026-11-22T08:00:00+08:00")) == (1, 0, 0)
    assert [title for *_, title in shop.told()] == ["很急", "不急"]


def test_a_digest_gathers(shop: Shop) -> None:
    shop.team(', digest: "daily 09:00"')
    titles = [f"杯子 {n}" for n in range(3)]
    for title in titles:
        shop.tkt.new(title, "assignee=zhao")
    assert counts(shop.notify()) == (0, 3, 0)
    done = shop.notify(at="2026-11-22T09:00:00+08:00")
    assert counts(done) == (3, 0, 0)
    (document,) = [got.json for got in shop.peer.got]
    assert (document["kind"], document["recipient"]) == ("digest", "zhao")
    assert sorted(notice["title"] for notice in document["notices"]) == titles
    assert {row["digest"] for row in done.json["messages"]} == {document["key"]}


def test_a_digest_that_was_not_taken_stays_the_same_one(shop: Shop) -> None:
    shop.team(", digest: 30m")
    shop.tkt.new("一", "assignee=zhao")
    shop.notify()
    shop.peer.answer = lambda _: (500, b"")
    shop.notify(at="2026-11-21T14:30:00+08:00")
    shop.peer.answer = lambda _: (200, b"")
    shop.tkt.new("二", "assignee=zhao", TKT_NOW="2026-11-21T14:30:10+08:00")
    shop.notify(at="2026-11-21T14:30:20+08:00")
    shop.notify(at="2026-11-21T15:00:00+08:00")
    first, again, second = shop.peer.keys
    assert first == again != second


# -- failing ----------------------------------------------------------------------------------


def test_what_was_not_taken_is_tried_again_later_and_later_and_then_has_failed(shop: Shop) -> None:
    from datetime import datetime, timedelta

    shop.tkt.new("杯子", "assignee=zhao")
    shop.peer.answer = lambda _: (503, b"")
    now = datetime.fromisoformat(NOW)
    waits: list[int] = []
    for _ in range(8):
        done = shop.notify(at=now.isoformat())
        (row,) = shop.outbox()
        assert len(shop.peer.got) == len(waits) + 1
        assert counts(shop.notify(at=(now + timedelta(seconds=30)).isoformat()))[0] == 0
        assert len(shop.peer.got) == len(waits) + 1, "not before its time"
        if row["state"] == "failed":
            break
        assert done.code == 0
        due = datetime.fromisoformat(row["at"])
        waits.append(round((due - now).total_seconds() / 60))
        now = due + timedelta(seconds=1)
    assert waits == [1, 5, 15, 60, 240, 720, 1440]
    assert (row["state"], done.code, done.json["failed"]) == ("failed", 5, 1)
    assert "503" in row["error"]
    assert shop.notify(at=now.isoformat()).code == 0, "said once"
    shop.peer.answer = lambda _: (200, b"")
    assert shop.tkt("outbox", "retry", "--all").code == 0
    assert counts(shop.notify(at=now.isoformat())) == (1, 0, 0)
    assert len(set(shop.peer.keys)) == 1


def test_what_cannot_heal_fails_at_once_and_loudly(shop: Shop) -> None:
    shop.tkt.new("杯子", "assignee=zhao")
    shop.peer.answer = lambda _: (404, b"")
    done = shop.notify()
    assert (done.code, counts(done)) == (5, (0, 0, 1))
    assert "outbox list" in done.err
    assert "outbox list" in shop.tkt("today").err
    assert shop.tkt("today").err == "", "once to each"
    assert "outbox list" in shop.tkt("today", TKT_ACTOR="wang").err


def test_a_refusal_in_an_answer_of_success_is_one(shop: Shop) -> None:
    shop.team(text=TEAM.replace("via: hook", "via: ding"))
    shop.tkt.new("杯子", "assignee=zhao")
    quoted = {"errcode": 310000, "errmsg": "sign not match for hunter2"}
    shop.peer.answer = lambda _: (200, json.dumps(quoted).encode())
    done = shop.notify()
    assert (done.code, counts(done)) == (5, (0, 0, 1))
    (row,) = shop.outbox()
    assert "310000" in row["error"]
    assert "***" in row["error"], "what the other side quotes of a secret is blotted out"


def test_an_answer_that_makes_no_sense_is_one_try_and_stops_nothing_else(shop: Shop) -> None:
    shop.team(text=TEAM.replace("via: hook", "via: [ding, hook]"))
    shop.tkt.new("杯子", "assignee=zhao")
    odd = json.dumps({"errcode": ["a"], "errmsg": {}}).encode()
    shop.peer.answer = lambda got: (200, odd if got.path.startswith("/robot") else b"")
    done = shop.notify()
    assert (done.code, counts(done)) == (0, (1, 1, 0))
    (row,) = shop.outbox("--state", "waiting")
    assert (row["tries"], "makes no sense" in row["error"]) == (1, True)
    shop.notify()
    assert len(shop.peer.got) == 2, "not before its time"


@pytest.mark.parametrize(
    "place", ["tkt.transports.robots.dingtalk", "tkt.cli.commands.notify.composed"]
)
def test_what_we_stumble_over_ourselves_does_not_keep_back_the_rest(
    shop: Shop, monkeypatch: pytest.MonkeyPatch, place: str
) -> None:
    from tkt.cli.telling import composed

    def stumble(*said: Any) -> Any:
        if place.endswith("composed") and said[0][0].delivery != "ding":
            return composed(*said)
        raise KeyError("s3cret")

    monkeypatch.setattr(place, stumble)
    shop.team(text=TEAM.replace("via: hook", "via: [ding, hook]"))
    for number in range(2):
        shop.tkt.new(f"杯子 {number}", "assignee=zhao")
    done = shop.notify()
    assert (done.code, counts(done)) == (0, (2, 2, 0))
    assert [row["tries"] for row in shop.outbox("--state", "waiting")] == [1, 1]
    assert {row["error"] for row in shop.outbox("--state", "waiting")} == {
        "tkt itself stumbled over this one: KeyError"
    }
    assert counts(shop.notify()) == (0, 2, 0)


@pytest.mark.parametrize("kind", ["dingtalk", "wecom", "feishu"])
def test_no_secret_that_is_quoted_to_us_is_kept(shop: Shop, desk: Path, kind: str) -> None:
    team = TEAM.replace("via: hook", "via: ding").replace("kind: dingtalk", f"kind: {kind}")
    shop.team(
        text=team if kind != "wecom" else team.replace("$TKT_DING, secret: $TKT_KEY", "$TKT_DING")
    )
    shop.tkt.new("杯子", "assignee=zhao")
    token = "0123456789abcdefTOKEN"

    def quoting(got: Any) -> tuple[int, bytes]:
        said = f"{got.path} {got.json.get('sign')}"
        return 200, json.dumps(
            {"errcode": 310000, "code": 19021, "errmsg": said, "msg": said}
        ).encode()

    shop.peer.answer = quoting
    done = shop.notify(TKT_DING=f"{shop.peer.url}/robot/{token}?access_token={token}")
    (got,) = shop.peer.got
    sign = got.json.get("sign") or got.path.partition("sign=")[2]
    kept = b"".join(path.read_bytes() for path in (desk / ".git/tkt").glob("outbox.db*"))
    told = done.out + done.err + shop.tkt("outbox", "list").out
    assert "***" in told
    for secret in filter(None, (token, sign)):
        assert secret not in told
        assert secret.encode() not in kept


def test_an_outbox_that_another_program_holds_stops_the_run_before_anything_is_sent(
    shop: Shop, desk: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import sqlite3
    from contextlib import closing

    shop.tkt.new("杯子", "assignee=zhao")
    shop.peer.answer = lambda _: (500, b"")
    shop.notify()
    monkeypatch.setattr("tkt.storage.outbox.PATIENCE", 0.1)
    with closing(sqlite3.connect(desk / ".git/tkt/outbox.db", isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")
        done = shop.notify(at="2026-11-21T14:10:00+08:00")
        shop.tkt.new("又一个杯子", "assignee=zhao")
        new = shop.notify(at="2026-11-21T14:10:00+08:00")
    for run in (done, new):
        assert (run.code, run.out, json.loads(run.err)["error"]) == (4, "", "busy")
    assert len(shop.peer.got) == 1


def test_one_shut_door_does_not_shut_the_others(shop: Shop) -> None:
    shop.team(text=TEAM.replace("via: hook", "via: [ding, hook]"))
    for number in range(3):
        shop.tkt.new(f"杯子 {number}", "assignee=zhao")
    shop.peer.answer = lambda got: (500 if got.path.startswith("/robot") else 200, b"")
    assert counts(shop.notify()) == (3, 3, 0)
    knocks = [got for got in shop.peer.got if got.path.startswith("/robot")]
    assert len(knocks) == 1, "a door that is shut is knocked at once a run"


def test_a_secret_that_is_missing_is_named_not_guessed(shop: Shop) -> None:
    shop.tkt.new("杯子", "assignee=zhao")
    done = shop.notify(TKT_KEY=None)
    assert (done.code, counts(done)) == (5, (0, 0, 1))
    assert "TKT_KEY" in shop.outbox()[0]["error"]
    shop.tkt("outbox", "retry", "1")
    assert counts(shop.notify()) == (1, 0, 0)


def test_a_secrets_file_that_others_read_stops_the_run_and_loses_nothing(
    shop: Shop, tmp_path: Path
) -> None:
    path = tmp_path / "secrets.yaml"
    path.write_text("TKT_KEY: hunter2\n")
    path.chmod(0o644)
    shop.tkt.new("杯子", "assignee=zhao")
    done = shop.notify(TKT_KEY=None, TKT_SECRETS=str(path))
    assert (done.code, counts(done)) == (1, (0, 1, 0))
    assert str(path) in done.err
    path.chmod(0o600)
    assert counts(shop.notify(TKT_KEY=None, TKT_SECRETS=str(path))) == (1, 0, 0)


def test_a_team_file_that_is_wrong_loses_no_notice(shop: Shop, desk: Path) -> None:
    good = (desk / "team.yaml").read_bytes()
    shop.tkt.new("杯子", "assignee=zhao")
    commit_by_hand(desk, {"team.yaml": good.replace(b"via: hook", b"via: hok")})
    done = shop.notify()
    assert (done.code, counts(done)) == (1, (0, 0, 0))
    assert json.loads(done.err)["path"] == "team.yaml"
    commit_by_hand(desk, {"team.yaml": good})
    assert counts(shop.notify()) == (1, 0, 0)


def test_a_way_that_is_gone_is_said(shop: Shop, desk: Path) -> None:
    shop.tkt.new("杯子", "assignee=zhao")
    shop.peer.answer = lambda _: (500, b"")
    shop.notify()
    commit_by_hand(desk, {"team.yaml": b"agents: {zhao: {name: Z}}\n"})
    done = shop.notify(at="2026-11-21T14:10:00+08:00")
    assert (done.code, counts(done)) == (5, (0, 0, 1))


# -- how fast, how often ----------------------------------------------------------------------


def test_a_robot_gets_twenty_a_minute_and_the_rest_later(shop: Shop) -> None:
    shop.team(text=TEAM.replace("via: hook", "via: ding"))
    tickets = [shop.tkt.new(f"杯子 {number}") for number in range(2)]
    for number in range(25):
        shop.tkt("note", tickets[number % 2], f"@zhao {number}")
    assert counts(shop.notify()) == (20, 5, 0)
    assert counts(shop.notify()) == (0, 5, 0)
    assert counts(shop.notify(at="2026-11-21T14:05:00+08:00")) == (5, 0, 0)
    assert len(set(shop.peer.keys)) == 25


def test_a_limit_leaves_the_rest_for_the_next_run(shop: Shop) -> None:
    for number in range(3):
        shop.tkt.new(f"杯子 {number}", "assignee=zhao")
    assert counts(shop.notify("--limit", "2")) == (2, 1, 0)
    assert counts(shop.notify()) == (1, 0, 0)


def test_only_one_run_delivers(shop: Shop, desk: Path) -> None:
    shop.tkt.new("杯子", "assignee=zhao")
    shop.peer.hangs = 0.4
    found: list[Result] = []
    threads = [
        threading.Thread(target=lambda: found.append(shop.tkt("notify", "--json", **shop.said)))
        for _ in range(1)
    ]
    with held_run(Git.at(str(desk)), "notify") as alone:
        assert alone
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    assert [(done.code, done.json["running"]) for done in found] == [(0, True)]
    assert shop.peer.got == []
    assert counts(shop.notify()) == (1, 0, 0)


def test_two_at_once_send_each_message_once(shop: Shop, tkt_process: Runner, desk: Path) -> None:
    from conftest import start_process

    for number in range(6):
        shop.tkt.new(f"杯子 {number}", "assignee=zhao")
    shop.peer.hangs = 0.05
    running = [start_process(desk, "notify", "--json", said=shop.said) for _ in range(4)]
    ended = [process.communicate() for process in running]
    assert [process.returncode for process in running] == [0] * 4, ended
    assert sorted(shop.peer.keys) == sorted(set(shop.peer.keys))
    shop.notify()
    assert len(shop.peer.keys) == 6


def test_a_preview_sends_and_writes_nothing(shop: Shop, desk: Path) -> None:
    shop.tkt.new("杯子", "assignee=zhao")
    before = sorted(path.name for path in (desk / ".git/tkt").iterdir())
    done = shop.notify("--dry-run")
    assert [(row["recipient"], row["state"]) for row in done.json["messages"]] == [("zhao", "due")]
    assert (shop.peer.got, shop.outbox()) == ([], [])
    assert sorted(path.name for path in (desk / ".git/tkt").iterdir()) == before
    assert counts(shop.notify()) == (1, 0, 0)


# -- mail, and what customers write -----------------------------------------------------------

MAIL = """\
agents:
  zhao: {{name: 赵敏, notify: {{via: zhao@shop.example}}}}
deliveries:
  smtp: {{kind: mail, host: 127.0.0.1, port: {port}, security: none, from: desk@shop.example}}
"""


def test_a_mail_says_what_and_why_and_how_to_open_it(
    shop: Shop, office: Mailbox, desk: Path
) -> None:
    run_by_hand(desk)
    commit_by_hand(desk, {"team.yaml": MAIL.format(port=office.port).encode()})
    settings = (desk / "tkt.yaml").read_bytes().replace(b"language: en", b"language: zh")
    commit_by_hand(desk, {"tkt.yaml": settings})
    shop.notify()
    ticket = shop.tkt.new("收到的杯子碎了", "-m", "要求退款\n谢谢", "priority=urgent")
    shop.remind(ticket, "zhao")
    assert counts(shop.notify(TKT_LANG="en")) == (1, 0, 0)
    (letter,) = office.letters
    assert letter["Subject"] == f"提醒您：收到的杯子碎了 [{ticket}]", "in the desk's language"
    text = letter.get_content()
    for part in ("收到的杯子碎了", "首次响应用了 80%", "紧急", f"tkt show {ticket}"):
        assert part in text


HOSTILE = '@all @所有人 <at user_id="all">x</at> **粗** [点我](http://evil) "}],\n# 标题'


@pytest.mark.parametrize("form", ["text", "markdown"])
def test_hostile_words_call_nobody_and_break_nothing(shop: Shop, form: str) -> None:
    team = TEAM.replace("via: hook", "via: ding").replace(
        "url: $TKT_DING", f"url: $TKT_DING, format: {form}"
    )
    shop.team(text=team)
    title = HOSTILE.replace("\n", " ")
    ticket = shop.tkt.new(title, "-m", HOSTILE)
    shop.tkt("note", ticket, f"@zhao {HOSTILE}")
    assert counts(shop.notify()) == (1, 0, 0)
    document = shop.peer.got[0].json
    said = document["text"]["content"] if form == "text" else document["markdown"]["text"]
    assert document["at"] == {"isAtAll": False}
    assert "@" not in said
    assert "<" not in said
    if form == "markdown":
        assert "](" not in said
        assert "**粗" not in said


def test_an_idle_run_takes_next_to_nothing(shop: Shop, desk: Path) -> None:
    import subprocess
    import sys

    from conftest import settings_for

    shop.notify()
    probe = (
        "import sys\nfrom tkt.cli.main import run\n"
        "run(['notify', '--json'])\nprint(sorted(sys.modules))"
    )
    done = subprocess.run(
        [sys.executable, "-c", probe], cwd=desk, env=settings_for(shop.said),
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    heavy = ("smtplib", "email", "urllib.request", "http", "ssl", "subprocess", "ruamel",
             "tkt.transports", "tkt.services.telling.filling", "tkt.services.telling.delivering",
             "hashlib", "logging")  # fmt: skip
    assert not [name for name in heavy if f"'{name}'" in done.stdout]


def test_nothing_waits_for_long_where_nothing_is_configured(tkt: Runner) -> None:
    tkt.new("杯子")
    start = time.monotonic()
    assert tkt("notify", "--json").json["new"] == 0
    assert time.monotonic() - start < 60


# -- before anything is sent ------------------------------------------------------------------


def test_one_way_without_its_secret_does_not_keep_back_another(shop: Shop, tmp_path: Path) -> None:
    path = tmp_path / "secrets.yaml"
    path.write_text("TKT_DING: http://127.0.0.1:1/x\n")
    path.chmod(0o644)
    shop.team(team=", notify: {via: ding, on: [told]}")
    ticket = shop.tkt.new("杯子", "assignee=zhao")
    shop.remind(ticket, "team:c")
    done = shop.notify(TKT_DING=None, TKT_SECRETS=str(path))
    assert counts(done) == (1, 1, 0)
    assert done.code == 1
    assert shop.told() == [("zhao", "assigned", "杯子")]


def test_a_preview_says_beforehand_which_secret_is_open_to_others(
    shop: Shop, tmp_path: Path
) -> None:
    path = tmp_path / "secrets.yaml"
    path.write_text("TKT_KEY: hunter2\n")
    path.chmod(0o644)
    done = shop.notify("--dry-run", TKT_KEY=None, TKT_SECRETS=str(path))
    assert done.code == 0
    assert str(path) in done.err
    path.unlink()
    assert "TKT_KEY" in shop.notify("--dry-run", TKT_KEY=None, TKT_SECRETS=str(path)).err


def test_a_preview_says_how_many_notices_nobody_gets(shop: Shop, desk: Path) -> None:
    commit_by_hand(desk, {"team.yaml": b"agents: {lin: {name: lin}, zhao: {name: zhao}}\n"})
    shop.tkt.new("杯子", "assignee=zhao")
    assert "nobody gets 1 notices" in shop.notify("--dry-run").err


def test_what_was_sent_was_tried_once_and_is_due_by_the_desks_clock(shop: Shop) -> None:
    shop.tkt.new("杯子", "assignee=zhao")
    shop.notify()
    assert [row["tries"] for row in shop.outbox()] == [1]
    (got,) = shop.peer.got
    assert got.json["due"].endswith("+08:00")


def test_a_port_that_speaks_only_tls_is_found_by_check(shop: Shop, desk: Path) -> None:
    smtp = (
        b"deliveries: {smtp: {kind: mail, host: smtp.shop.example, port: 465,"
        b" from: desk@shop.example}}\n"
    )
    (desk / "team.yaml").write_bytes(smtp)
    done = shop.tkt("check")
    assert done.code == 1
    assert "security: tls" in done.out + done.err


def test_a_server_without_starttls_is_told_with_a_next_step() -> None:
    told = fault(("notify.no_starttls", {}))
    assert told
    assert "security: tls" in told
    assert "security: none" in told
