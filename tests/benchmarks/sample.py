"""Desks of any size to measure on: real-looking tickets, made in seconds through fast-import."""

from __future__ import annotations

import random
import subprocess
from datetime import datetime, timedelta, timezone
from typing import TYPE_CHECKING, Any

from tkt.domain import ids
from tkt.domain.ticket import Event, Ticket
from tkt.storage.dump import dump

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

ZONE = timezone(timedelta(hours=8))
FIRST_DAY = datetime(2024, 1, 1, 9, tzinfo=ZONE)
GOODS = (
    "玻璃杯",
    "保温杯",
    "连衣裙",
    "运动鞋",
    "手机壳",
    "充电宝",
    "台灯",
    "电饭煲",
    "书包",
    "面膜",
)
TROUBLES = (
    "碎了",
    "漏发",
    "发错颜色",
    "有划痕",
    "尺码不对",
    "没收到",
    "充不进电",
    "少配件",
    "有异味",
)
WISHES = ("要求退款", "要换货", "请尽快补发", "问什么时候发货", "要开发票", "要求赔偿运费")
ANSWERS = ("已联系仓库,明天补发", "已登记退款,48 小时内到账", "请顾客拍照", "物流显示在途,已催件")
AGENTS = ("lin", "wang", "zhao", "chen", "liu")


def tickets(
    count: int, *, per_day: int = 150, seed: int = 1111, waiting: bool = False
) -> Iterator[Ticket]:
    """``count`` open tickets of five events each, some 1.1 KB in a file, ``per_day`` a day.

    Those that are ``waiting`` were only opened: nobody has them.
    """
    rng = random.Random(seed)
    taken: set[str] = set()
    for number in range(count):
        opened = FIRST_DAY + timedelta(days=number // per_day, seconds=rng.randrange(43200))
        ticket_id = ids.new_id(
            opened.date(), known=number % per_day, taken=taken.__contains__, draw=rng.randrange
        )
        taken.add(ticket_id)
        events = _events(rng, opened, number)
        yield Ticket.folded(ticket_id, events[:1] if waiting else events)


def _events(rng: random.Random, opened: datetime, number: int) -> list[Event]:
    goods, trouble, wish = rng.choice(GOODS), rng.choice(TROUBLES), rng.choice(WISHES)
    agent = rng.choice(AGENTS)
    fields = {
        "title": f"{goods}{trouble},{wish}", "status": "new", "workflow": "simple",
        "category": rng.choice(("quality", "logistics", "refund", "invoice")),
        "priority": rng.choice(("low", "normal", "normal", "normal", "high", "urgent")),
        "channel": "wechat", "customer": f"c-{rng.randrange(20_000)}",
        "order": f"25110{number:08d}", "team": rng.choice(("presale", "aftersales", "complaint")),
    }  # fmt: skip
    said = f"你好,我买的{goods}{trouble}了,订单号 25110{number:08d}。{wish},谢谢!" * 2
    steps: list[tuple[str, str, dict[str, Any]]] = [
        ("customer", "open", {"via": "wechat", "set": fields, "text": said}),
        (agent, "set", {"set": {"status": "open", "assignee": agent}}),
        (agent, "note", {"text": rng.choice(ANSWERS)}),
        ("customer", "message", {"text": f"好的,{wish},等你们消息。"}),
        (agent, "note", {"text": rng.choice(ANSWERS)}),
    ]
    events: list[Event] = []
    for minutes, (by, do, payload) in enumerate(steps):
        at = opened + timedelta(minutes=7 * minutes)
        event_id = ids.event_id((), draw=rng.randrange)
        text = payload.pop("text", None)
        data = {"id": event_id, "at": at.isoformat(), "by": by, "do": do, **payload}
        events.append(Event({**data, "text": text} if text else data, at))
    return events


def make_desk(folder: Path, count: int, *, per_day: int = 150, waiting: bool = False) -> Path:
    """A desk with ``count`` open tickets, committed in one go and checked out; its folder."""
    from tkt.cli.main import run

    folder.parent.mkdir(parents=True, exist_ok=True)
    assert run(["init", str(folder), "--lang", "zh", "--json"]) == 0
    process = subprocess.Popen(
        ["git", "fast-import", "--quiet", "--done", "--date-format=raw"],
        cwd=folder,
        stdin=subprocess.PIPE,
    )
    assert process.stdin
    head = git(folder, "rev-parse", "HEAD")
    who = "tkt bench <bench@localhost> 1700000000 +0800"
    process.stdin.write(
        f"commit refs/heads/main\nauthor {who}\ncommitter {who}\ndata 6\nsample\n"
        f"from {head}\n".encode()
    )
    for ticket in tickets(count, per_day=per_day, waiting=waiting):
        text = dump(ticket.doc()).encode()
        process.stdin.write(
            b"M 100644 inline %b\ndata %d\n%b\n"
            % (ids.path_of(ticket.id).encode(), len(text), text)
        )
    process.communicate(b"done\n")
    assert process.returncode == 0
    git(folder, "read-tree", "-m", "-u", head, "HEAD")
    return folder


_EXPORT = (
    "订单编号,买家会员名,买家实际支付金额,订单状态,收货人姓名,"
    "收货地址,联系手机,订单创建时间,订单付款时间,宝贝标题,评价"
)
_ON_THE_DAY = 0.2
"""So much of a year is ordered on 11.11."""


def make_export(path: Path, count: int) -> None:
    """A shop's year of orders: encodings mixed by line, rows broken, orders twice."""
    rng = random.Random(5)
    with path.open("wb") as stream:
        stream.write(f"{_EXPORT}\r\n".encode("gb18030"))
        for number in range(count):
            buyer = rng.randrange(count * 6 // 10)
            day = 354 if rng.random() < _ON_THE_DAY else rng.randrange(365)
            at = datetime(2025, 11, 22) + timedelta(days=day, seconds=rng.randrange(86400))
            cells = [
                f'="{2511000000000000 + number - 7 * (number % 1000 == 7)}"',
                "" if number % 1000 == 23 else f"tb_买家{buyer}",
                "许多" if number % 500 == 3 else f'"￥{rng.randrange(1, 2000):,}.00"',
                "交易成功" if number % 20 else "交易关闭", "王小明",
                f"浙江省杭州市西湖区文三路{buyer % 900}号",
                "" if number % 1000 == 23 else f"'1{3000000000 + buyer}",
                f"{at:%Y-%m-%d %H:%M:%S}", f"{at:%Y-%m-%d %H:%M:%S}" if number % 20 else "",
                f"陶瓷杯{number % 97}", str(number % 5 + 1) if number % 3 == 0 else "",
            ]  # fmt: skip
            line = ",".join(cells[:4] if number % 500 == 13 else cells)
            stream.write(f"{line}\r\n".encode("utf-8" if number % 2 else "gb18030"))


def git(folder: Path, *args: str) -> str:
    """What ``git args`` prints in ``folder``."""
    done = subprocess.run(["git", *args], cwd=folder, capture_output=True, text=True, check=True)
    return done.stdout.strip()
