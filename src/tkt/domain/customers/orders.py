"""What a customer ordered: an order as a value, the file it stands in, and what its state means.

Orders stand in ``orders/YYYY/MM/DD.csv`` by the day on which they were placed, one a line, sorted
by number. Who the receiver is and where they live stands in the customer's file only.
"""

from __future__ import annotations

import re
from datetime import datetime
from unicodedata import normalize

from tkt.named import NamedTuple

FOLDER = "orders"
COLUMNS = (
    "order", "customer", "ordered_at", "paid_at", "amount", "refunded", "status", "items", "sku",
    "quantity", "rating", "channel",
)  # fmt: skip
"""The columns of a day's file; a person may add others, which stay."""

_PATH = re.compile(rf"{FOLDER}/[0-9]{{4}}/[0-9]{{2}}/[0-9]{{2}}\.csv")
_MONEY = re.compile(r"([0-9]{1,12})(?:\.([0-9]{1,4}))?")
_DRESS = re.compile(r"[￥¥$,，\s]|CNY|RMB|元", re.IGNORECASE)
_NOT_PAID = re.compile(
    r"(?:等待|待|未|没|尚未)\s*(?:买家|客户|用户)?\s*(?:付款|支付|完成)|付款失败|支付失败"
    r"|unpaid|not (?:yet )?(?:paid|completed)|(?:pending|awaiting) payment|incomplete",
    re.IGNORECASE,
)
_MEANS_PAID = re.compile(
    r"交易成功|交易完成|已付款|已支付|付款成功|支付成功|已发货|待发货|等待(?:卖家|商家)?(?:发货|出库)|已出库"
    r"|待收货|等待买家确认|等待确认收货|已签收|已收货|确认收货|已完成|待评价|已评价"
    r"|\b(?:paid|shipped|dispatched|delivered|received|completed?|fulfilled|processing)\b",
    re.IGNORECASE,
)
_CLOSED = re.compile(r"关闭|取消|作废|closed|cancel", re.IGNORECASE)
_REFUNDED = re.compile(r"退款成功|已退款|退货退款|全额退款|refunded|returned", re.IGNORECASE)
_STARS = {"一": 1, "二": 2, "两": 2, "三": 3, "四": 4, "五": 5, "好评": 5, "中评": 3, "差评": 1,
          "good": 5, "neutral": 3, "bad": 1}  # fmt: skip

PAID, UNPAID, CLOSED, REFUNDED = "paid", "unpaid", "closed", "refunded"
"""What the state of an order comes to, whatever a platform calls it."""


class Order(NamedTuple):
    """One order; money is in fen (a hundredth), times are seconds since 1970."""

    number: str
    customer: str
    ordered: int | None
    paid: int | None
    amount: int
    refunded: int
    status: str
    items: str
    sku: str
    quantity: int | None
    rating: int | None
    channel: str

    @property
    def standing(self) -> str:
        """What has come of it: one of paid, unpaid, closed, refunded."""
        return standing_of(self.status, is_paid=self.paid is not None, refunded=self.refunded)


def standing_of(status: str, *, is_paid: bool, refunded: int) -> str:
    """What has come of an order with this state."""
    if _REFUNDED.search(status) or (_CLOSED.search(status) and refunded):
        return REFUNDED
    if _CLOSED.search(status):
        return CLOSED
    if _NOT_PAID.search(status):
        return UNPAID
    # Many exports have no time of payment, and say by the state alone that money came.
    return PAID if is_paid or _MEANS_PAID.search(status) else UNPAID


def is_day_path(path: str) -> bool:
    """Whether a day's orders may stand at ``path``."""
    return _PATH.fullmatch(path) is not None


def day_path(day: str) -> str:
    """The file of a day ``2026-11-21``."""
    return f"{FOLDER}/{day.replace('-', '/')}.csv"


def money(text: str) -> int:
    """An amount in fen: ``￥1,299.00``, ``1299元``, ``1299.5``; ValueError for anything else."""
    found = _MONEY.fullmatch(_DRESS.sub("", normalize("NFKC", text)))
    if not found:
        raise ValueError(text)
    part = (found[2] or "").ljust(2, "0")
    if part[2:].strip("0"):
        raise ValueError(text)  # a thousandth that says something is no money
    return int(found[1]) * 100 + int(part[:2])


def money_text(fen: int) -> str:
    """The same as a file has it: ``1299.00``."""
    return f"{fen // 100}.{fen % 100:02d}"


def rating(text: str) -> int:
    """Stars from 1 to 5: ``5``, ``5星``, ``五星``, ``好评``; ValueError for anything else."""
    said = normalize("NFKC", text).strip().casefold()
    known = _STARS.get(said) or _STARS.get(said.rstrip("星分").strip())
    if known:
        return known
    found = re.fullmatch(r"([1-5])(?:\.0+)?\s*(?:星|分|stars?|/\s*5)?", said)
    if not found:
        raise ValueError(text)
    return int(found[1])


def order_in(row: dict[str, str]) -> Order:
    """The order that a line of a day's file says, by column; ValueError names the wrong column."""
    said = {name: row.get(name) or "" for name in COLUMNS}
    for name in ("order", "customer"):
        if not said[name]:
            raise ValueError(name)
    try:
        at = "ordered_at"
        ordered = _seconds(said[at])
        at = "paid_at"
        paid = _seconds(said[at])
        at = "amount"
        amount = money(said[at])
        at = "refunded"
        refunded = money(said[at]) if said[at] else 0
        at = "quantity"
        quantity = int(said[at]) if said[at] else None
        at = "rating"
        stars = rating(said[at]) if said[at] else None
    except ValueError as error:
        raise ValueError(at) from error
    return Order(
        said["order"], said["customer"], ordered, paid, amount, refunded, said["status"],
        said["items"], said["sku"], quantity, stars, said["channel"],
    )  # fmt: skip


def _seconds(text: str) -> int | None:
    if not text:
        return None
    moment = datetime.fromisoformat(text)
    if moment.tzinfo is None:
        raise ValueError(text)
    return int(moment.timestamp())
