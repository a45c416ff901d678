"""Help on routing, in Chinese."""

from __future__ import annotations

TEXTS: dict[str, str] = {
    "help.option.assign_auto": "按流程的 routing 给没人的工单找人；后面可以跟查询",
    "help.option.assign_explain": "和 --auto 一起：列出每个人的工作量和为什么不行",
}
