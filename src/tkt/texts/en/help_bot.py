"""What --help says of the bot, in English."""

from __future__ import annotations

TEXTS: dict[str, str] = {
    "help.option.bot_ticket": "the ticket on which it is asked: its customer, its channel, what the bot said; without a text what the customer said last",
    "help.option.bot_customer": "who asks: one tagged vip goes to a person at once",
    "help.option.bot_explain": "list the articles most alike, and by which of their questions",
    "help.option.bot_precision": "which part of the answers must be right, such as 0.95",
    "help.option.bot_apply": "write the threshold into tkt.yaml, which keeps its layout",
    "help.bot": "The bot: answers when it is sure, else hands over",
    "help.bot.ask": (
        "What the bot would say to a text, and how sure it is\n"
        "\n"
        "It answers from published faq articles for customers alone. Where it is not sure, or the customer asks for a person, complains or is a VIP, it says that it hands over, and why. Nothing is recorded; the exit code is 0 either way. - is standard input.\n"
        "\n"
        "  $ tkt bot ask 7天无理由吗\n"
        "  $ tkt bot ask 我要投诉\n"
        "  $ tkt bot ask --ticket 7KQ4 --explain\n"
        "  $ tkt bot ask 什么时候发货 --json"
    ),
    "help.bot.calibrate": (
        "Find the threshold with labelled questions\n"
        "\n"
        "FILE is CSV or JSON lines with question, article and part: the article that answers, empty where none does; part is tune or test. The lowest threshold is looked for on tune at which the precision is that high at the least: few answers prove little (20, all right: 92 %). It is measured once on test; with the curve, and the wrong answers it was most sure of. Where none reaches it the exit code is 1 and nothing is written.\n"
        "\n"
        "  $ tkt bot calibrate questions.csv\n"
        "  $ tkt bot calibrate questions.csv --precision 0.98 --json\n"
        "  $ tkt bot calibrate questions.csv --apply"
    ),
    "help.bot.helped": (
        "Note whether an answer of the bot helped\n"
        "\n"
        "Thanks, or that it was of no use, said on the ticket are noted by themselves; this is for what is said elsewhere. Articles that do not help show in tkt bot report.\n"
        "\n"
        "  $ tkt bot helped 7KQ4 yes\n"
        "  $ tkt bot helped 7KQ4 no"
    ),
    "help.bot.report": (
        "What the bot answered, and what no article answers\n"
        "\n"
        "Questions heard, answers, why it handed over, whether it helped, article by article; and questions without an answer, those alike together, the most frequent first: the articles to be written.\n"
        "\n"
        "  $ tkt bot report\n"
        "  $ tkt bot report --since 2026-11-01 --json"
    ),
}
