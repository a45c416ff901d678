"""Help on tickets that repeat each other, in Chinese."""

from __future__ import annotations

TEXTS = {
    "help.option.merge_into": "不另开单，作为客户的话记到这张工单上",
    "help.similar": (
        "可能重复的工单\n"
        "\n"
        "同一订单、同一客户同一类别，或文字几乎一样的工单，附相似程度和理由。只看没结束的和最近几天解决的（tkt.yaml 的 duplicates）。这里什么都不会合并：见 tkt merge。\n"
        "\n"
        "  $ tkt similar 7KQ4\n"
        "  $ tkt similar 7KQ4 --json"
    ),
}
