"""A desk with articles and a rule that has the bot look at what customers say."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from desks import git, without_processes

if TYPE_CHECKING:
    from pathlib import Path

    from conftest import Runner

ARTICLES = {
    "faq/7day": ("七天无理由退货", ["7天无理由吗", "不喜欢可以退吗"],
                 "签收次日起 7 天内可以**无理由退货**。\n\n<script>alert(1)</script>"),
    "faq/dispatch": ("多久发货", ["什么时候发货", "今天拍今天能发吗"], "付款后 48 小时内发货。"),
    "faq/invoice": ("怎么开发票", ["可以开发票吗"], "在订单页申请,见[发货](dispatch.md)。"),
}  # fmt: skip
HIDDEN = {
    "faq/limit": ("赔付上限是多少", "audience: internal"),
    "faq/coupon": ("优惠券怎么用", "status: draft"),
    "faq/old": ("老会员有什么权益", "status: archived"),
    "case/burn": ("烫伤了怎么处理", "audience: public"),
    "reply/hello": ("你们几点上班", "audience: public"),
}
RULE = """\
rules:
  - name: 机器人
    on: [open, message]
    do:
      - bot: {mode}
"""


def article(title: str, body: str, *, questions: list[str] | None = None, more: str = "") -> bytes:
    asked = "".join(f"  - {question}\n" for question in questions or [])
    front = f"title: {title}\nstatus: published\naudience: public\n"
    for line in more.splitlines():
        key = line.partition(":")[0]
        front = "".join(f"{one}\n" for one in front.splitlines() if not one.startswith(key))
        front += f"{line}\n"
    return f"---\n{front}{'questions:' if asked else ''}\n{asked}---\n\n{body}\n".encode()


def write(folder: Path, files: dict[str, bytes]) -> None:
    for path, content in files.items():
        place = folder / path
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(content)
    git(folder, "add", "-A")
    git(folder, "commit", "-qm", "kb")


def stocked(folder: Path, *, mode: str = "first", more: str = "") -> None:
    """Leave a desk these articles alone, and the rule."""
    without_processes(folder)
    git(folder, "rm", "-rq", "kb")
    files = {
        f"kb/{slug}.md": article(title, body, questions=questions)
        for slug, (title, questions, body) in ARTICLES.items()
    }
    for slug, (title, front) in HIDDEN.items():
        files[f"kb/{slug}.md"] = article(title, "只给自己人看", more=front)
    said = (folder / "tkt.yaml").read_text(encoding="utf-8")
    files["tkt.yaml"] = (said + RULE.format(mode=mode) + more).encode()
    write(folder, files)


class Shop:
    """The desk, and what is on its tickets."""

    def __init__(self, tkt: Runner) -> None:
        self.tkt = tkt

    def __call__(self, *args: str, **said: str) -> Any:
        done = self.tkt(*args, "--json", **said)
        assert done.code == 0, done.err
        return done.json

    def new(self, title: str, *args: str) -> str:
        return str(self("new", title, "channel=wechat", "customer=小王", *args)["id"])

    def events(self, ticket_id: str) -> list[dict[str, Any]]:
        timeline: list[dict[str, Any]] = self("show", ticket_id)["timeline"]
        return timeline

    def deeds(self, ticket_id: str) -> list[str]:
        """What happened, what the bot did with its reason."""
        return [event["do"] + (f":{event['reason']}" if "reason" in event else "")
                for event in self.events(ticket_id)]  # fmt: skip
