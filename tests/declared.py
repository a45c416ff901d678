"""Declared fields, for the tests of what can be done with them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tkt.domain.declaring import read_desk
from tkt.domain.settings import Settings

if TYPE_CHECKING:
    from tkt.domain.custom.field import CustomField, CustomFields

SHOP: dict[str, Any] = {
    "refund": {
        "label": {"zh": "退款金额", "en": "refund"},
        "type": "money",
        "categories": ["refund", "quality"],
        "required": "state:resolved,closed",
        "staff_only": True,
        "formerly": ["refund_amount", "money_back"],
    },
    "size": {
        "label": {"zh": "尺码", "en": "size"},
        "type": "choice",
        "choices": {"s": "小号", "m": {"zh": "中号", "en": "medium"}, "l": None},
        "default": "中号",
    },
    "pieces": {"type": "number", "label": "件数"},
    "bought": {"type": "date", "label": {"zh": "购买日期", "en": "bought on"}},
    "taobao": {"type": "order", "label": {"zh": "淘宝订单号", "en": "Taobao order"}},
    "contact": {"type": "phone", "label": {"zh": "联系电话", "en": "contact phone"}},
    "colour": {"label": {"zh": "颜色"}},
}
"""A field of every type, as tkt.yaml declares them."""


def a_desk(fields: dict[str, Any] = SHOP, **more: Any) -> Settings:
    """Settings that declare these fields, without a fault."""
    said, faults = read_desk({"fields": fields, **more})
    assert not faults, faults
    return Settings(**said)


def fields(**declared: Any) -> CustomFields:
    """The fields of the shop, or these."""
    return a_desk(declared or SHOP).fields


def a_field(type: str, **more: Any) -> CustomField:
    """One field of a type."""
    if type == "choice":
        more.setdefault("choices", {"s": "小号", "m": {"zh": "中号", "en": "medium"}, "36": None})
    return fields(x={"type": type, **more})[0]
