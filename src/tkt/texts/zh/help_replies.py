"""What --help says of replies and tone, in Chinese."""

from __future__ import annotations

TEXTS: dict[str, str] = {
    "help.option.canned": "用一条快捷回复，写快捷词或名字",
    "help.option.canned_lang": "用这种语言的，如 en",
    "help.option.canned_set": "给里面的变量一个值，可以写几次",
    "help.option.canned_all": "草稿也列出来",
    "help.option.canned_for": "按这张工单填好变量",
    "help.option.canned_since": "从什么时候起：-7d、2026-11-01",
    "help.option.tone_anyway": "不该发的话也发，写明原因；只有组长可以",
    "help.option.tone_ticket": "当作这张工单上的回复；不写内容就查它上面说过的",
    "help.option.tone_category": "当作这个类别的工单",
    "help.option.tone_channel": "当作这个渠道的工单",
    "help.canned": (
        "快捷回复：找、看、用得怎样\n"
        "\n"
        "快捷回复是 kb/reply/ 里的文章，给大家、给一个组或只给自己（scope）；发出去用 tkt reply ID --canned 名字。写法见 kb/training/replies.md。\n"
        "\n"
        "  $ tkt canned find 7天\n"
        "  $ tkt canned list\n"
        "  $ tkt canned stats"
    ),
    "help.canned.find": (
        "找快捷回复\n"
        "\n"
        "先列快捷词或名字这样开头的，再列标题、正文里有这些字词的。只找您能用的、已发布的。\n"
        "\n"
        "  $ tkt canned find 7天\n"
        "  $ tkt canned find 退货 运费 --json"
    ),
    "help.canned.list": (
        "您能用的快捷回复\n\n  $ tkt canned list\n  $ tkt canned list --all --json"
    ),
    "help.canned.show": (
        "看一条快捷回复\n"
        "\n"
        "变量照原样显示；加 --for 就按那张工单填好，和发出去的一样。\n"
        "\n"
        "  $ tkt canned show 稍等\n"
        "  $ tkt canned show 稍等 --for 7KQ4"
    ),
    "help.canned.stats": (
        "快捷回复用得怎样\n"
        "\n"
        "每条用了几次、谁在用；用了以后客户三天内又来问的、解决了的、又重开的、评价，各有几次。\n"
        "\n"
        "  $ tkt canned stats\n"
        "  $ tkt canned stats --since -30d --json"
    ),
    "help.tone": (
        "说话的规矩：检查一段话\n"
        "\n"
        "规矩写在 tone.yaml 里，回复发出之前自动检查。写法见 kb/training/tone.md。\n"
        "\n"
        '  $ tkt tone check "亲，抱歉让您久等了，马上为您查～"'
    ),
    "help.tone.check": (
        "检查一段话，或工单上说过的话\n"
        "\n"
        "每一处都说是哪些词、为什么、可以怎么说。有不能发的，退出码是 1；只有提醒是 0。- 从标准输入读。\n"
        "\n"
        '  $ tkt tone check "不知道"\n'
        '  $ tkt tone check "已为您登记" --ticket 7KQ4\n'
        "  $ tkt tone check --ticket 7KQ4\n"
        "  $ echo 亲，马上为您查 | tkt tone check - --json"
    ),
}
