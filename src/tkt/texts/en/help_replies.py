"""What --help says of replies and tone, in English."""

from __future__ import annotations

TEXTS: dict[str, str] = {
    "help.option.canned": "Say a canned reply, by its shortcut or name",
    "help.option.canned_lang": "In this language, such as en",
    "help.option.canned_set": "Give a variable in it a value; may be given several times",
    "help.option.canned_all": "Drafts as well",
    "help.option.canned_for": "With its variables put in for this ticket",
    "help.option.canned_since": "Since when: -7d, 2026-11-01",
    "help.option.tone_anyway": "Send what should not be sent, and why; for leads only",
    "help.option.tone_ticket": "As a reply on this ticket; without a text, what was said on it",
    "help.option.tone_category": "As on a ticket of this category",
    "help.option.tone_channel": "As on a ticket of this channel",
    "help.canned": (
        "Canned replies: find, show, count them\n"
        "\n"
        "They are the articles in kb/reply/, for everybody, for a team or for oneself (scope); tkt reply ID --canned NAME sends one. How to write them: kb/training/replies.md.\n"
        "\n"
        "  $ tkt canned find 7天\n"
        "  $ tkt canned list\n"
        "  $ tkt canned stats"
    ),
    "help.canned.find": (
        "Find canned replies\n"
        "\n"
        "First those whose shortcut or name begins so, then those with the words in their title or text. Only published ones that you may use.\n"
        "\n"
        "  $ tkt canned find 7天\n"
        "  $ tkt canned find 退货 运费 --json"
    ),
    "help.canned.list": (
        "The canned replies for you\n\n  $ tkt canned list\n  $ tkt canned list --all --json"
    ),
    "help.canned.show": (
        "Show a canned reply\n"
        "\n"
        "Variables stand as they are; with --for they are put in for that ticket, as it would be sent.\n"
        "\n"
        "  $ tkt canned show 稍等\n"
        "  $ tkt canned show 稍等 --for 7KQ4"
    ),
    "help.canned.stats": (
        "How canned replies do\n"
        "\n"
        "How often each was used and by whom; and how often afterwards the customer wrote again within three days, the ticket was resolved, came back, was rated.\n"
        "\n"
        "  $ tkt canned stats\n"
        "  $ tkt canned stats --since -30d --json"
    ),
    "help.tone": (
        "Tone: how a text speaks to customers\n"
        "\n"
        "The rules stand in tone.yaml, and every reply is held against them before it is sent. How to write them: kb/training/tone.md.\n"
        "\n"
        '  $ tkt tone check "亲，抱歉让您久等了，马上为您查～"'
    ),
    "help.tone.check": (
        "Check a text, or what was said on a ticket\n"
        "\n"
        "Each finding has its words, why, and what to say instead. The exit code is 1 where something would not be sent, 0 where there are only warnings. - is standard input.\n"
        "\n"
        '  $ tkt tone check "不知道"\n'
        '  $ tkt tone check "已为您登记" --ticket 7KQ4\n'
        "  $ tkt tone check --ticket 7KQ4\n"
        "  $ echo 亲，马上为您查 | tkt tone check - --json"
    ),
}
