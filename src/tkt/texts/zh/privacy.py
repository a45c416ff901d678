"""What is said of personal data, and of tickets that repeat each other, in Chinese."""

from __future__ import annotations

TEXTS = {
    "masking.done": "{id} 里已遮住：{kinds}；完整的记在客户档案里",
    "masking.unmasked": "工单 {id} 里有没遮住的个人信息：{kinds}",
    "masking.unmasked.hint": "这是遮盖之前或绕过它记下的，Git 里会一直有；以后再写的都会遮住",
    "similar.found": "{id} 可能和 {other} {title} 是一回事（{why}）；是的话：tkt merge {id} --into {other}",
    "similar.not_here": "用 --merge-into 时只能再给 --customer、--order、--channel 和 -m，不能给 {field}",
    "similar.not_here.hint": "要改那张工单，用 tkt set",
    "similar.other_customer": "工单 {id} 是 {held} 的，不是 {said} 的",
    "similar.other_customer.hint": "另开一张：去掉 --merge-into",
    "similar.other_order": "工单 {id} 说的是订单 {held}，不是 {said}",
    "similar.other_order.hint": "另开一张：去掉 --merge-into",
}
