"""A desk with a few articles, as a shop would have them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from desks import git

if TYPE_CHECKING:
    from pathlib import Path

SHELF = {
    "faq/refund-time": ("退款多久到账", ("钱怎么还没退回来",), "支付宝原路退回，1 到 3 个工作日。"),
    "faq/freight-who": ("退货运费谁出", ("退回去邮费谁承担",), "质量问题由商家承担。"),
    "faq/freight-insurance": ("运费险怎么理赔", ("运费险没到账",), "72 小时内自动赔付。"),
    "faq/ship": ("什么时候发货", ("下单后多久发货",), "付款后 48 小时内发货。"),
    "faq/broken": ("收到商品破损怎么办", ("杯子碎了",), "请拍照，我们补发或退款。"),
    "faq/invoice": ("怎么开发票", (), "确认收货后在订单里申请。"),
    "faq/human": ("怎么找人工客服", (), "输入人工。"),
    "faq/bluetooth": ("Bluetooth 耳机连不上", ("earphone pairing",), "长按 5 秒。"),
}  # fmt: skip


def put(desk: Path, slug: str, title: str, body: str = "正文", **said: object) -> None:
    """Write an article's file; a value may be any YAML."""
    file = desk / f"kb/{slug}.md"
    file.parent.mkdir(parents=True, exist_ok=True)
    front = {"title": title, "status": "published", **said}
    told = "".join(f"{key}: {value}\n" for key, value in front.items())
    file.write_text(f"---\n{told}---\n\n{body}\n", "utf-8")


def stock(desk: Path) -> None:
    """Put all articles on the shelf, and record them."""
    for slug, (title, questions, body) in SHELF.items():
        put(desk, slug, title, body, questions=f"[{', '.join(questions)}]", category="[refund]")
    record(desk)


def record(desk: Path) -> None:
    """Commit what lies in kb/."""
    git(desk, "add", "-A", "kb")
    git(desk, "commit", "-qm", "articles")
