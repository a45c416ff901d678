"""The desk on which the examples of ``--help`` and of the README run: tickets with fixed ids."""

from __future__ import annotations

import json
import subprocess
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from conftest import run_here
from desks import git
from pages import blocks
from tkt.domain.actions import talking
from tkt.domain.actions.event import Doing
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
  zhao: {name: 赵敏, email: [zhao@shop.example], teams: [aftersales]}
teams:
  aftersales: {name: 售后组, lead: zhao}
  presale: {name: 售前组, lead: wang}
"""
TICKETS: dict[str, dict[str, object]] = {
    "261121-7KQ4": {
        "title": "收到的杯子碎了 the cup is broken",
        "customer": "小王",
        "assignee": "wang",
        "team": "aftersales",
        "category": "refund",
    },
    "261121-M3WX": {"title": "快递三天没动", "priority": "urgent", "tags": ["新客"]},
    "261121-P2QX": {"title": "想退货", "category": "refund"},
    "261120-HP5R": {
        "title": "发票抬头开错",
        "assignee": "lin",
        "status": "resolved",
        "team": "aftersales",
    },
}
LETTER = "打开就是碎的,要求退款\nI want a refund\n"
OLD = {"zh": "title,买家,单据号\n杯子,小王,A1\n", "en": "title,buyer,number\nCup,Wang,A1\n"}
POLICY = """\
calendar: {timezone: Asia/Shanghai, hours: {mon-sun: [08:00-24:00]}}
sla:
  name: default
  default: true
  targets: {"*": {first_response: 3m, solution: 2d}}
timeline:
  - {at: 2026-11-21 10:00, do: open, by: customer}
  - {at: 2026-11-21 10:02, do: reply}
"""
ARTICLE = """\
---
title: 退款多久到账
status: published
questions: [钱什么时候退回来]
---

原路退回，1 到 3 个工作日。
"""
ARTICLE_EN = """\
---
title: When is my refund paid?
status: published
---

Within 3 working days.
"""
QUESTIONS = "question,article\n退款几天,faq/refund-arrival\n"
FILES = {
    "policy.yaml": POLICY,
    "通话记录.txt": LETTER,
    "call.txt": LETTER,
    "来信.txt": LETTER,
    "letter.txt": LETTER,
    "动作.jsonl": '["note", "7KQ4", "已补发"]\n["show", "7KQ4"]\n',
    "actions.jsonl": '["note", "7KQ4", "Sent again"]\n["list"]\n',
    "2027.json": '{"year": 2027, "papers": ["https://www.gov.cn/x"], "days": [{"name": "元旦", '
    '"date": "2027-01-01", "isOffDay": true}]}\n',
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
    return talking.opened(ticket_id, Doing("lin", day, _number), fields=whole, text=LETTER)


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


def tkt(shop: Path, *words: str) -> None:
    """Run a command that must succeed, as 林小满."""
    done = run_here(shop, *words)
    assert done.code == 0, done.err


def close(shop: Path) -> None:
    """A ticket that is over."""
    tkt(shop, "close", "7KQ4")


def relate(shop: Path) -> None:
    """A link to take away, or to add another to."""
    tkt(shop, "link", "7KQ4", "relates", "M3WX")


def draft(shop: Path) -> None:
    """A reply that somebody has begun."""
    tkt(shop, "reply", "7KQ4", "亲", "--draft")


def talk(shop: Path) -> None:
    """A conversation of three."""
    tkt(shop, "reply", "7KQ4", "亲,请稍等")
    tkt(shop, "message", "7KQ4", "还有发票")


def listen(shop: Path) -> None:
    """Somebody who watches one ticket and hears nothing of another."""
    tkt(shop, "watch", "7KQ4")


def hush(shop: Path) -> None:
    """A ticket that is muted."""
    tkt(shop, "mute", "7KQ4")


def inspect(shop: Path) -> None:
    """A ticket with a checklist."""
    tkt(shop, "set", "7KQ4", "workflow=returns")
    run_here(shop, "move", "7KQ4", "working")  # where it may be already


def ask_for_money(shop: Path) -> None:
    """An amount that the lead, who is at the keyboard, has to approve of."""
    inspect(shop)
    done = run_here(shop, "set", "7KQ4", "refund=299", TKT_ACTOR="wang")
    assert done.code == 0, done.err
    team = shop / "team.yaml"
    team.write_text(team.read_text(encoding="utf-8").replace("lead: zhao", "lead: lin"))
    tkt(shop, "commit", "team.yaml")


TAGS = "tags:\n  vip: {label: VIP, spent: 10, within: 365d}\n"
EXPORT = (
    "订单编号,买家会员名,买家实际支付金额,订单创建时间,订单付款时间,备注\n"
    "2511002233,tb_小明,99.00,2026-11-01 10:00:00,2026-11-01 10:01:00,急\n"
)


def know_customers(shop: Path) -> None:
    """Two customers, a ticket of one of them, an export of orders, and a rule for a tag."""
    tkt(shop, "customer", "add", "王小明", "phone=13800138000", "tag=vip")
    tkt(shop, "customer", "add", "小明", "qianniu=tb_小明")
    tkt(shop, "set", "M3WX", "customer=13800138000")
    for name in ("订单.csv", "export.csv"):
        (shop / name).write_text(EXPORT, encoding="utf-8")
    (shop / "classify.yaml").write_text(TAGS, encoding="utf-8")
    tkt(shop, "commit", "classify.yaml")


def write_articles(shop: Path) -> None:
    """An article on refunds in both languages, labelled questions, and a ticket that it served."""
    folder = shop / "kb/faq"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "refund-arrival.md").write_text(ARTICLE, encoding="utf-8")
    (folder / "refund-arrival.en.md").write_text(ARTICLE_EN, encoding="utf-8")
    (shop / "questions.csv").write_text(QUESTIONS, encoding="utf-8")
    tkt(shop, "commit", "kb")


def view(shop: Path) -> None:
    """Views to delete."""
    tkt(shop, "view", "save", "急件", "priority>=high")
    tkt(shop, "view", "save", "hot", "priority>=high")


AUTOMATION = """\
rules:
  - name: 投诉升级
    on: [open, set]
    when: {category: complaint}
    do:
      - set: {priority: high}
      - tell: lead
macros:
  催单:
    label: {zh: 催仓库, en: ask the warehouse}
    do:
      - note: 已催仓库
      - tags: {add: [催单]}
  补发:
    with: [运单号]
    do:
      - note: 补发运单号 {{运单号}}
"""


def categorise(shop: Path) -> None:
    """Categories, and texts with the ones that people gave them."""
    (shop / "classify.yaml").write_text(blocks("classification", "yaml")[0], encoding="utf-8")
    tkt(shop, "commit")
    texts = {"杯子碎了": "quality", "快递三天没动": "late"}
    rows = [{"text": text, "label": label} for text, label in texts.items()]
    lines = "".join(f"{text},{label}\n" for text, label in texts.items())
    (shop / "labelled.csv").write_text(f"text,label\n{lines}", encoding="utf-8")
    (shop / "labelled.jsonl").write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")


def automate(shop: Path) -> None:
    """A rule and two macros."""
    with open(shop / "tkt.yaml", "a", encoding="utf-8") as stream:
        stream.write(AUTOMATION)
    tkt(shop, "commit", "tkt.yaml")


REPLY = """\
---
title: 请稍等 One moment
shortcut: [稍等, 7天]
status: published
category: refund
---

亲，您的 {{ticket}} 已经在查了，{{agent}} 马上回复您；退货的运费也会说明。
"""


def shelve(shop: Path) -> None:
    """A canned reply."""
    if (shop / "kb/reply/wait.md").exists():
        return
    (shop / "kb/reply").mkdir(exist_ok=True)
    (shop / "kb/reply/wait.md").write_text(REPLY, encoding="utf-8")
    tkt(shop, "commit")


def promise(shop: Path) -> None:
    """Something that a customer was promised."""
    tkt(shop, "promise", "7KQ4", "--by", "+48h")


def miss(shop: Path) -> None:
    """A first response that comes too late, as every one does here."""
    path = shop / "workflows/simple.yaml"
    text = path.read_text(encoding="utf-8").partition("\nsla:")[0]
    sla = '\nsla: [{name: all, default: true, targets: {"*": {first_response: 1s}}}]\n'
    path.write_text(text + sla, encoding="utf-8")
    tkt(shop, "commit", "workflows/simple.yaml")


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


def post(shop: Path) -> None:
    """A notice in the outbox that could not be delivered, for want of a secret."""
    with open(shop / "team.yaml", "a", encoding="utf-8") as stream:
        stream.write("deliveries: {robot: {kind: dingtalk, url: $TKT_NO_SUCH}}\n")
    team = (shop / "team.yaml").read_text(encoding="utf-8")
    team = team.replace("teams: [presale]}", "teams: [presale], notify: {via: robot}}")
    (shop / "team.yaml").write_text(team, encoding="utf-8")
    tkt(shop, "commit")
    tkt(shop, "assign", "wang", "M3WX")
    assert run_here(shop, "notify").code == 5


def stop_in_conflict(shop: Path) -> None:
    """What ``tkt resolve`` finds to mend: a pull that stopped, for want of the merge driver."""
    from tkt.services import bulk
    from tkt.services.actions.talking import note

    git(shop, "config", "--remove-section", "merge.tkt")
    git(shop, "switch", "-q", "-c", "theirs")
    for branch, minute in (("theirs", 1), ("main", 2)):
        git(shop, "switch", "-q", branch)
        desk = Desk(str(shop))
        chosen, action = bulk.Selection(("7KQ4",)), note(f"note of {branch}")
        later = acting(NOON + timedelta(minutes=minute))
        (done,) = bulk.do(desk, chosen, action, what="note", acting=later)
        assert done.saved, done.error
        desk.index.close()
    git(shop, "merge", "-q", "theirs", fine=False)


def plan(folder: Path) -> None:
    """Lin is to work on a Saturday."""
    assert run_here(folder, "roster", "set", "lin", "2026-12-12", "09:00-13:00").code == 0


def ask_the_bot(shop: Path) -> None:
    """Questions with the article that answers; and a ticket on which the bot has answered."""
    asked = "7天无理由吗,faq/seven-day-return,tune\n" * 100  # fewer prove no 98 %
    said = f"question,article,part\n{asked}月亮多远,,test\n"
    (shop / "questions.csv").write_text(said, encoding="utf-8")
    rule = "rules: [{name: 机器人, on: message, do: [{bot: first}]}]\n"
    path = shop / "tkt.yaml"
    path.write_text(path.read_text(encoding="utf-8") + rule, encoding="utf-8")
    for words in (("commit",), ("message", "7KQ4", "7天无理由吗", "--at", "2026-11-21T13:59")):
        done = run_here(shop, *words)
        assert done.code == 0, done.err


COURSES = """\
courses:
  rules: {label: {zh: 平台规则, en: platform rules}, articles: lesson-rules, for: everybody}
  reading: {label: {zh: 隐私须知, en: privacy}, articles: privacy, for: everybody}
  privacy: {articles: [lesson-rules, privacy], for: [aftersales]}
checklist:
  accounts: {label: {zh: 开通账号, en: accounts}}
  handbook: {label: {zh: 读完手册, en: handbook}}
  shadowing: {label: {zh: 跟班一天, en: shadowing}}
"""
LESSON = """\
---
title: 平台规则
status: published
quiz:
  - {ask: 七天从哪天算起?, options: [签收的第二天, 签收当天], answer: 签收的第二天}
  - {ask: 现货几小时内发货?, options: [72 小时, 48 小时], answer: 48 小时}
  - {ask: 能加客户微信吗?, options: [不能, 能], answer: "1"}
---

规则以平台公示为准。
"""


def learn(shop: Path) -> None:
    """Courses with three questions and with none; who is at the keyboard leads a team."""
    (shop / "training.yaml").write_text(COURSES, encoding="utf-8")
    (shop / "kb/training/lesson-rules.md").write_text(LESSON, encoding="utf-8")
    team = shop / "team.yaml"
    team.write_text(team.read_text(encoding="utf-8").replace("lead: zhao", "lead: lin"))
    tkt(shop, "commit")
