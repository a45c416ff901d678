"""Help for calendars, clocks and sweeps, in Chinese."""

from __future__ import annotations

TEXTS: dict[str, str] = {
    "help.option.simulate_at": "看哪个时刻；可以给多个",
    "help.option.recompute_dry_run": "只看按现在磁盘上的设置会有哪些变化",
    "help.option.excuse_clock": "哪个时钟：first_response、next_response、periodic_update、solution",
    "help.option.sweep_dry_run": "只看会发生什么、为什么",
    "help.sla": "承诺和时钟",
    "help.sla.show": "看一张工单的时钟，或工单台的全部承诺\n\n给出单号：每个时钟何时到期、用了多少、是暂停还是超时。不给单号：每个流程的每条政策。\n\n  $ tkt sla show 7KQ4\n  $ tkt sla show\n  $ tkt sla show 7KQ4 --json",
    "help.sla.simulate": "用文件里的时间线试一条政策\n\n文件（YAML 或 JSON）里有日历、一条政策（sla）、事件的时间线（timeline），状态和自带的不同时还有 states。不需要工单台。每个 --at 显示全部时钟。\n\n  $ tkt sla simulate policy.yaml --at '2026-11-21 10:30'\n  $ tkt sla simulate policy.yaml --at '2026-11-21 10:30' --at '2026-11-22 9:00' --json",
    "help.sla.recompute": "重新计算工单的到期时间\n\n改过的政策和日历一提交就对未结的工单生效，什么都不用做。--dry-run 在提交之前按磁盘上的文件看哪些工单的到期时间会变。不带它就按已提交的设置把到期时间全部重算一遍。\n\n  $ tkt sla recompute --dry-run\n  $ tkt sla recompute",
    "help.sla.excuse": "为一次超时免责\n\n超时是事实，不会抹掉；免责的超时在统计里单列。必须说明原因。\n\n  $ tkt sla excuse 7KQ4 --clock first_response --reason '停电'",
    "help.sweep": "处理到期的事\n\n提醒、升级、等待到期、承诺、自动流转、归档：上次以来到期的每一件，只做一次，最急的工单先做，一件一个提交。由 cron 每几分钟运行一次。没有到期的事就没有提交。晚处理的，记的还是应当发生的时间。--dry-run 只看会发生什么、为什么。\n\n  $ tkt sweep --dry-run\n  $ tkt sweep\n  $ tkt sweep --json",
}
