"""Help for calendars, clocks and sweeps, in Chinese."""

from __future__ import annotations

TEXTS: dict[str, str] = {
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
