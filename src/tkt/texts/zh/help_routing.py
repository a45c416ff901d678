"""Help on routing, in Chinese."""

from __future__ import annotations

TEXTS: dict[str, str] = {
    "help.option.assign_auto": "按流程的 routing 给没人的工单找人；后面可以跟查询",
    "help.option.assign_explain": "和 --auto 一起：列出每个人的工作量和为什么不行",
    "help.option.route_since": "从什么时候的新单开始，默认最近七天",
    "help.option.route_until": "到什么时候为止，默认现在",
    "help.option.route_workflow": "用这个流程文件里的 routing 重演",
    "help.option.route_strategy": "所有流程都用这种分法：least_loaded、round_robin、most_skilled、weighted",
    "help.route": "怎样分给合适的人",
    "help.route.show": "谁能接这张单，谁不行、为什么\n\n列出团队里每个人手上有多少、什么原因不能接。已经分了的，先写当时为什么给了他。\n\n  $ tkt route show 7KQ4\n  $ tkt route show 7KQ4 --json",
    "help.route.simulate": "用另一种分法重演过去，什么也不写\n\n新单按当时的时间再来一遍，处理多久还是当时那么久；比较等待、各人多少、先给错团队的和回头客。\n\n  $ tkt route simulate --strategy round_robin\n  $ tkt route simulate --since 2026-11-01 --until 2026-11-12 --workflow workflows/returns.yaml --json",
}
