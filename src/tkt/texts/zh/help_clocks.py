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
    "help.option.stats_by": "按什么分列：客服、团队、策略、优先级或类别",
    "help.option.stats_cap": "一轮对话最多计多久，未回复的也按此计",
    "help.option.stats_window": "只统计一天中这段时间的提问",
    "help.option.stats_quick": "多久之内回复算秒回",
    "help.option.stats_prompt": "多久之内回复算及时",
    "help.sla.stats": "时限达标率和响应速度\n\n一段时间里每种时限达标多少、超时多少、用了多久（平均、中位数、90 分位、最长），以及电商平台口径的对话响应：30 秒内、3 分钟内回复的比例和平均响应。默认今天；时间段的写法同 tkt summary。每一轮都计；进行中和已免责的单列；没有可除的数时显示 n/a。--explain 给出每个数字的公式。\n\n  $ tkt sla stats\n  $ tkt sla stats 本月 --by agent\n  $ tkt sla stats 7d --by policy --csv\n  $ tkt sla stats 2026-11 --cap 300s --window 09:00-22:00 --json\n  $ tkt sla stats --since 2026-11-01 --until 2026-11-11 --explain --markdown",
    "help.sweep": "处理到期的事\n\n提醒、升级、等待到期、承诺、自动流转、归档：上次以来到期的每一件，只做一次，最急的工单先做，一件一个提交。由 cron 每几分钟运行一次。没有到期的事就没有提交。晚处理的，记的还是应当发生的时间。--dry-run 只看会发生什么、为什么。\n\n  $ tkt sweep --dry-run\n  $ tkt sweep\n  $ tkt sweep --json",
    "help.option.calendar_year": "看哪一年，如 2026",
    "help.option.calendar_month": "看哪个月，如 2026-02",
    "help.option.end_of_day": "到那一天营业结束为止",
    "help.calendar": (
        "营业日历：工作时间、放假和调休\n"
        "\n"
        "日历是 calendars/ 里的 YAML 文件，时限按它计算。workdays: china 的日历按国务院公布的放假和调休；\n"
        "某一年还没有公布时，按普通周末算，并且每次都会说出来。\n"
        "\n"
        "  $ tkt calendar list\n"
        "  $ tkt calendar show office --month 2026-02"
    ),
    "help.calendar.list": "所有日历，现在是否营业\n\n  $ tkt calendar list\n  $ tkt calendar list --json",
    "help.calendar.show": (
        "看一个日历：营业时间、节假日、调休\n"
        "\n"
        "不写名称就看 main；也可以写日历文件的路径，那就不需要工单台。不写 --year 和 --month 就看今年。\n"
        "\n"
        "  $ tkt calendar show\n"
        "  $ tkt calendar show office --year 2026\n"
        "  $ tkt calendar show office --month 2026-02\n"
        "  $ tkt calendar show calendars/office.yaml --json"
    ),
    "help.calendar.add": (
        "从某一刻起，一段工作时间到何时为止\n"
        "\n"
        "CALENDAR 是日历的名称或文件。START 不带时区就按日历的时区。DURATION：30s、15m、1h30m 是工作时间；2d 是工作日，\n"
        "钟点不变（在营业时间之外开始的，从下一次营业算起）；加 ! 如 24h! 按钟表走。正好在打烊时用完的，就是打烊那一刻。\n"
        "\n"
        '  $ tkt calendar add office "2026-09-19 10:00" 2h\n'
        '  $ tkt calendar add office "2026-09-30 16:00" 2d\n'
        "  $ tkt calendar add main now 1d --end-of-day\n"
        "  $ tkt calendar add calendars/office.yaml 2026-10-01T09:00 24h! --json"
    ),
    "help.calendar.between": (
        "两个时刻之间有多少工作时间\n"
        "\n"
        "CALENDAR 是日历的名称或文件。时刻不带时区就按日历的时区；后一个更早时是 0。\n"
        "\n"
        '  $ tkt calendar between office "2026-09-30 16:00" "2026-10-09 10:00"\n'
        "  $ tkt calendar between main yesterday now --json"
    ),
    "help.calendar.import": (
        "导入一年的放假安排\n"
        "\n"
        "读 holiday-cn（github.com/NateScarlet/holiday-cn）的 JSON，写成 calendars/china/ 里的一个文件，一次提交。\n"
        "从此这一年在本工单台就算已公布；随软件带的年份也以它为准，年中有变动时再导入一次。写 - 就从标准输入读。\n"
        "\n"
        "  $ tkt calendar import 2027.json\n"
        "  $ cat 2027.json | tkt calendar import -"
    ),
}
