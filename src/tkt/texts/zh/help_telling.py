"""Help for notices and their delivery, in Chinese."""

from __future__ import annotations

TEXTS = {
    "help.option.notify_limit": "这次最多发几条",
    "help.option.outbox_state": "只看这种状态，可重复：failed、waiting、sent、dropped",
    "help.option.outbox_all": "所有失败的",
    "help.option.cron_install": "写进 crontab（只动自己的几行）",
    "help.option.cron_uninstall": "从 crontab 里去掉",
    "help.option.cron_systemd": "打印 systemd 的 service 和 timer",
    "help.option.cron_every": "多久一次",
    "help.option.cron_run": "现在就运行一遍，cron 就是这样调用的",
    "help.notify": (
        "把通知送到人\n"
        "\n"
        "把上次以来新的提醒、升级、点名和分配放进发件箱，再把到时间的发出去：邮件、钉钉、企业微信、飞书、webhook。发给谁、走哪条途径、什么时候免打扰、要不要汇总，写在 team.yaml 里。\n"
        "每条在这台机器上只发一次；没送到的按 1 分钟、5 分钟、15 分钟、1 小时……再试，最多一天多，之后算失败，退出码 5。别人正在跑就什么都不做。\n"
        "新克隆的仓库第一次只发最近 24 小时的。发生在 7 天以前的事不再通知。\n"
        "\n"
        "  $ tkt notify\n"
        "  $ tkt notify --dry-run\n"
        "  $ tkt notify --limit 20 --json"
    ),
    "help.outbox": (
        "发件箱：要送的通知和结果\n"
        "\n"
        "失败的排在前面。发件箱只在这台机器上，不进仓库。\n"
        "\n"
        "  $ tkt outbox list\n"
        "  $ tkt outbox list --state failed"
    ),
    "help.outbox.list": (
        "列出发件箱\n"
        "\n"
        "每条有号码、状态、发给谁、走哪条途径、为哪张工单、为什么。\n"
        "\n"
        "  $ tkt outbox list\n"
        "  $ tkt outbox list --state failed --state waiting --json"
    ),
    "help.outbox.show": ("看一条通知的全文\n\n  $ tkt outbox show 1\n  $ tkt outbox show 1 --json"),
    "help.outbox.retry": (
        "再发一次\n"
        "\n"
        "失败的下次运行时重新开始；已经送到的不会再发。\n"
        "\n"
        "  $ tkt outbox retry 1\n"
        "  $ tkt outbox retry --all"
    ),
    "help.outbox.drop": ("不再发送\n\n  $ tkt outbox drop 1"),
    "help.cron": (
        "让 cron 定时运行\n"
        "\n"
        "打印 crontab 的行：每隔一段时间运行 tkt sweep 和 tkt notify。路径都是绝对的；上一次没结束就跳过；每次运行在 .git/tkt/cron.log 里记一行，满 1 MiB 换新。\n"
        "--install 写进您的 crontab，只动自己标记之间的几行，重复运行不会多出一份。\n"
        "\n"
        "  $ tkt cron\n"
        "  $ tkt cron --every 10m\n"
        "  $ tkt cron --systemd"
    ),
}
