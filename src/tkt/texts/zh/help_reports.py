"""Help for reports and summaries, in Chinese."""

from __future__ import annotations

TEXTS: dict[str, str] = {
    "help.option.html": "输出一个网页文件：单独可看，适合打印",
    "help.option.summary_since": "从什么时候起：2026-11-01、昨天、-7d",
    "help.option.summary_until": "到什么时候为止（含），与 --since 一起用",
    "help.option.summary_team": "只看这个团队现在的工单",
    "help.option.summary_agent": "只看这位客服做的和现在负责的",
    "help.option.explain": "同时说明每个数字怎么算",
    "help.report": (
        "一张工单的处理报告\n"
        "\n"
        "从开单到结束（或到现在）的时间怎么用掉的：在每个状态、每个人、每个团队各多久，加起来正好是全程；客户等了几次、多久，谁答复的；谁做了什么；重开、转手、升级几次；以及完整经过。时间按自然时间算到秒。HTML 是单独一个文件，不联网，适合打印和发给别人；-o 按文件名结尾决定格式。\n"
        "\n"
        "  $ tkt report 7KQ4\n"
        "  $ tkt report 7KQ4 -o 报告.html\n"
        "  $ tkt report 7KQ4 --json\n"
        "  $ tkt report 7KQ4 --markdown"
    ),
    "help.summary": (
        "一天或一段时间的小结\n"
        "\n"
        "开单、回复、解决、重开、升级、转手各多少，开始和结束时积压多少，按类别、客服、团队分列，以及现在需要人处理的工单。默认今天；可以写 昨天、本周、2026-11、7d（最近七天，含今天）。回复算写的人的，解决算做的人的。--explain 说明每个数字怎么算。\n"
        "\n"
        "  $ tkt summary\n"
        "  $ tkt summary 昨天 --team 售后组\n"
        "  $ tkt summary 2026-11 --json\n"
        "  $ tkt summary 7d --agent lin --explain\n"
        "  $ tkt summary --since 2026-11-01 --until 2026-11-11 --markdown"
    ),
}
