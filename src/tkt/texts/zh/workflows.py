"""What is said of workflows and what they ask for, in Chinese."""

from __future__ import annotations

TEXTS: dict[str, str] = {
    "workflow.no_states": "流程没有状态（states）",
    "workflow.bad_category": "状态类别“{found}”不对",
    "workflow.bad_category.hint": "可用：{known}",
}
