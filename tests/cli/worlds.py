"""The desk on which the examples of ``--help`` and of the README run: tickets with fixed ids."""

from __future__ import annotations

import subprocess
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from desks import git
from tkt.domain import actions
from tkt.domain.change import Person
from tkt.services import setup
from tkt.services.acting import Acting
from tkt.storage.desk import Desk

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from tkt.domain.change import Change
    from tkt.storage.transaction import Saved, Transaction

NOON = datetime.fromisoformat("2026-11-21T12:00:00+08:00")
LIN = Person("lin", "林小满", "lin@shop.example")
TEAM = """\
agents:
  lin: {name: 林小满, email: [lin@shop.example], teams: [aftersales]}
  wang: {name: 王强, email: [wang@shop.example], teams: [presale]}
teams:
  aftersales: {name: 售后组, lead: lin}
  presale: {name: 售前组, lead: wang}
"""
TICKETS: dict[str, dict[str, object]] = {
    "261121-7KQ4": {
        "title": "收到的杯子碎了 the cup is broken",
        "customer": "小王",
        "assignee": "lin",
    },
    "261121-M3WX": {"title": "快递三天没动", "priority": "urgent", "tags": ["新客"]},
    "261120-HP5R": {
        "title": "发票抬头开错",
        "assignee": "lin",
        "status": "resolved",
        "team": "aftersales",
    },
}
LETTER = "打开就是碎的,要求退款\nI want a refund\n"
OLD = {"zh": "title,买家,单据号\n杯子,小王,A1\n", "en": "title,buyer,number\nCup,Wang,A1\n"}
FILES = {
    "通话记录.txt": LETTER,
    "call.txt": LETTER,
    "来信.txt": LETTER,
    "letter.txt": LETTER,
    "动作.jsonl": '["note", "7KQ4", "已补发"]\n["show", "7KQ4"]\n',
    "actions.jsonl": '["note", "7KQ4", "Sent again"]\n["list"]\n',
    "orders.csv": "title,customer,external\n杯子碎了,小王,A1\n",
    "tickets.jsonl": '{"title": "杯子碎了", "external": "A1"}\n',
}
"""Files that lie around while the examples run."""


def _number(below: int) -> int:
    return 7 % below


def acting(at: datetime = NOON) -> Acting:
    """林小满 at noon."""
    return Acting(LIN, at, at, _number)


def save(folder: Path, found: Iterable[Change]) -> None:
    """Record changes through the storage layer, a commit each."""

    def decide(run: Transaction) -> list[Saved]:
        return [run.save(change, person=LIN, now=NOON) for change in found]

    desk = Desk(str(folder))
    desk.write(decide, acting().grouping("open"))
    desk.index.close()


def opened(ticket_id: str, **fields: object) -> Change:
    """A ticket opened that day with a customer's words."""
    whole = {"status": "new", "priority": "normal", **fields}
    day = datetime.strptime(ticket_id[:6] + "+0800", "%y%m%d%z") + timedelta(hours=10)
    return actions.opened(ticket_id, fields=whole, text=LETTER, by="lin", at=day, draw=_number)


def make_world(folder: Path, language: str) -> Path:
    """A desk in ``folder/shop`` with the tickets of the examples and a remote."""
    shop = folder / "shop"
    setup.init(str(shop), name="shop", language=language, person=LIN, now=NOON, team=TEAM)
    save(shop, [opened(ticket_id, **fields) for ticket_id, fields in TICKETS.items()])
    for name, text in {**FILES, "old.csv": OLD[language]}.items():
        (shop / name).write_text(text, encoding="utf-8")
    subprocess.run(["git", "init", "-q", "--bare", str(folder / "origin.git")], check=True)
    git(shop, "remote", "add", "origin", "../origin.git")
    return shop


def edit_by_hand(shop: Path) -> None:
    """What ``tkt commit`` finds to record."""
    ticket = shop / "tickets/2026/11/21/M/261121-M3WX.yaml"
    ticket.write_text(
        ticket.read_text(encoding="utf-8").replace("priority: urgent", "priority: high", 1),
        encoding="utf-8",
    )
    for name in ("tkt.yaml", "team.yaml"):
        with open(shop / name, "a", encoding="utf-8") as stream:
            stream.write("# 改过\n")


def stop_in_conflict(shop: Path) -> None:
    """What ``tkt resolve`` finds to mend: a pull that stopped, for want of the merge driver."""
    from tkt.services import work

    git(shop, "config", "--remove-section", "merge.tkt")
    git(shop, "switch", "-q", "-c", "theirs")
    for branch, minute in (("theirs", 1), ("main", 2)):
        git(shop, "switch", "-q", branch)
        desk = Desk(str(shop))
        text = f"note of {branch}"
        work.note(desk, "7KQ4", text=text, acting=acting(NOON + timedelta(minutes=minute)))
        desk.index.close()
    git(shop, "merge", "-q", "theirs", fine=False)
