"""What --help says of the bot, in Chinese."""

from __future__ import annotations

TEXTS: dict[str, str] = {
    "help.option.bot_ticket": "在哪张工单上问：看它的客户、渠道和机器人说过的话；不给文字就是客户最后那句",
    "help.option.bot_customer": "谁在问：标签是 vip 的直接交给人",
    "help.option.bot_explain": "列出最像的文章、像它的哪一问，和第二像的",
    "help.option.bot_precision": "回答里至少有多少是对的，如 0.95",
    "help.option.bot_apply": "把找到的门槛写进 tkt.yaml，文件的排版不变",
    "help.bot": "机器人：有把握才回答，没有就交给人",
    "help.bot.ask": (
        "机器人会怎么答一句话，有多大把握\n"
        "\n"
        "只从已发布、给客户看的 faq 文章里答；没有把握、客户要找人工、投诉、是重要客户，就说交给人，和为什么。只是问问，不做任何记录；怎样都以 0 退出。- 表示标准输入。\n"
        "\n"
        "  $ tkt bot ask 7天无理由吗\n"
        "  $ tkt bot ask 我要投诉\n"
        "  $ tkt bot ask --ticket 7KQ4 --explain\n"
        "  $ tkt bot ask 什么时候发货 --json"
    ),
    "help.bot.calibrate": (
        "用标好的问题定门槛\n"
        "\n"
        "FILE 是 CSV 或 JSON 行，有 question、article、part 三列：article 是该用的文章，空着就是没有文章能答；part 是 tune 或 test。在 tune 上找最低的门槛，让精确率“至少”有那么高：答的少就算得严，20 个全对也只保得住 92%。再在 test 上量一次；列出各个门槛和错得最有把握的回答。达不到就以 1 退出，什么也不写。\n"
        "\n"
        "  $ tkt bot calibrate questions.csv\n"
        "  $ tkt bot calibrate questions.csv --precision 0.98 --json\n"
        "  $ tkt bot calibrate questions.csv --apply"
    ),
    "help.bot.helped": (
        "记下机器人的回答有没有帮到客户\n"
        "\n"
        "客户在工单上说了谢谢、没用的，已自动记下；在别处说的（电话里、店里）用它来记。没帮到的文章在 tkt bot report 里看得到。\n"
        "\n"
        "  $ tkt bot helped 7KQ4 yes\n"
        "  $ tkt bot helped 7KQ4 no"
    ),
    "help.bot.report": (
        "机器人答了多少、帮到没有、哪些没有文章\n"
        "\n"
        "听到的问题、回答、转人工和为什么、有没有帮到，一篇一篇；没有答上的问题按意思归到一起，最多的在前，就是要写的文章。\n"
        "\n"
        "  $ tkt bot report\n"
        "  $ tkt bot report --since 2026-11-01 --json"
    ),
}
