"""What is said of personal data, and of tickets that repeat each other, in Chinese."""

from __future__ import annotations

TEXTS = {
    "masking.done": "{id} 里已遮住：{kinds}；完整的只该记在客户档案里，不进工单",
    "masking.unmasked": "工单 {id} 里有没遮住的个人信息：{kinds}",
    "masking.unmasked.hint": "这是遮盖之前或绕过它记下的，Git 里会一直有；以后再写的都会遮住",
}
