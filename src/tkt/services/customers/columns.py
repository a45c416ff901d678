"""Which field of an order a column of a platform's export means."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tkt.errors import Refused, UsageProblem

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

_NAMES = {
    "order": ("订单编号", "订单号", "主订单编号", "order_id", "order number", "order no"),
    "nick": ("买家会员名", "买家昵称", "会员名", "买家旺旺", "旺旺", "buyer", "buyer nick", "user"),
    "amount": ("买家实际支付金额", "实付金额", "实际支付金额", "实收款", "paid amount", "total"),
    "refunded": ("退款金额", "已退款金额", "refund", "refund amount"),
    "status": ("订单状态", "交易状态", "order status"),
    "name": ("收货人姓名", "收货人", "receiver", "receiver name"),
    "address": ("收货地址", "收货人地址", "详细地址", "receiver address"),
    "phone": ("联系手机", "手机", "手机号", "收货人手机", "mobile", "联系电话"),
    "mail": ("买家邮箱", "邮箱", "email", "e-mail"),
    "ordered_at": ("订单创建时间", "下单时间", "创建时间", "created", "created_at", "order time"),
    "paid_at": ("订单付款时间", "付款时间", "支付时间", "paid", "payment time"),
    "items": ("宝贝标题", "商品标题", "商品名称", "宝贝名称", "item", "title", "product"),
    "sku": ("商家编码", "货号", "外部系统编号"),
    "quantity": ("宝贝总数量", "宝贝数量", "商品数量", "数量", "qty", "count"),
    "rating": ("评价", "评分", "买家评价", "stars", "score"),
}
_NEEDED = (("order",), ("amount",), ("nick", "phone"), ("ordered_at", "paid_at"))
FIELDS = tuple(_NAMES)


class Columns:
    """What the columns of one file mean; ``said`` are ``COLUMN=FIELD`` as typed.

    Refused if a column is lacking without which no order can be told.
    """

    def __init__(self, headings: Iterable[str], said: Sequence[str]) -> None:
        known = {_folded(name): field for field, names in _NAMES.items() for name in names}
        known |= {_folded(field): field for field in FIELDS}
        for word in said:
            column, equals, field = word.replace("＝", "=", 1).partition("=")
            if not equals or not column.strip():
                raise UsageProblem("import.not_map", word=word)
            if field.strip() and _folded(field) not in known:
                raise UsageProblem("orders.no_field", field=field, known=", ".join(FIELDS))
            known[_folded(column)] = known.get(_folded(field), "") if field.strip() else ""
        self.by_field: dict[str, str] = {}
        for heading in headings:
            if field := known.get(_folded(heading), ""):
                self.by_field.setdefault(field, heading)
        lacking = ["/".join(some) for some in _NEEDED if not self.by_field.keys() & set(some)]
        if lacking:
            said_of = {"lacking": ", ".join(lacking), "known": ", ".join(FIELDS)}
            raise Refused("orders.no_column", **said_of)


def _folded(text: str) -> str:
    return " ".join(text.replace("_", " ").replace("(元)", "").casefold().split())
