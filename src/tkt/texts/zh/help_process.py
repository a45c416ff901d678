"""Help for workflows, automation and macros, in Chinese."""

from __future__ import annotations

TEXTS = {
    "help.option.rule_on": "哪种事（如 message），或 tkt show 里的号码；不写就是最后一条",
    "help.option.macro_with": "给文字里的变量一个值，可以写几次",
    "help.option.promise_by": "承诺的时间：+48h、明天 18:00",
    "help.option.promise_kept": "已经兑现",
    "help.option.promise_drop": "不再承诺",
    "help.promise": (
        "记下对客户的承诺\n"
        "\n"
        "承诺的时间写在工单上，tkt list 和 tkt today 里能看到，过了会标出来。回复客户、解决或关闭工单就算兑现；也可以用 --kept、--drop 手工结束。再承诺一次就换成新的。\n"
        "\n"
        "  $ tkt promise 7KQ4 --by +48h\n"
        '  $ tkt promise 7KQ4 --by "明天 18:00" -m "答应补发后告知单号"\n'
        "  $ tkt promise 7KQ4 --kept\n"
        "  $ tkt list 'promised<now'"
    ),
    "help.rule": (
        "自动化规则\n"
        "\n"
        "规则写在 tkt.yaml 的 rules 和流程的 automation.rules 里：发生什么（on）、在什么条件下（when）、做什么（do）。记录事情的命令会当场执行，每个动作一个提交。\n"
        "\n"
        "  $ tkt rule list\n"
        "  $ tkt rule test 7KQ4 --on message"
    ),
    "help.rule.list": (
        "所有规则，按执行的先后\n"
        "\n"
        "先是工单台的，再是各流程的。有毛病的规则不在其中，tkt check 会指出来。\n"
        "\n"
        "  $ tkt rule list\n"
        "  $ tkt rule list --json"
    ),
    "help.rule.test": (
        "试规则：哪些会执行，哪些不会、为什么\n"
        "\n"
        "什么都不做。--on 写事情的种类，或 tkt show 里的号码。\n"
        "\n"
        "  $ tkt rule test 7KQ4\n"
        "  $ tkt rule test 7KQ4 --on message\n"
        "  $ tkt rule test 7KQ4 --on 1"
    ),
    "help.macro": (
        "宏：一句话做几件事\n"
        "\n"
        "写在 tkt.yaml 或流程的 macros 里。\n"
        "\n"
        "  $ tkt macro list\n"
        "  $ tkt macro show 催单\n"
        "  $ tkt macro run 催单 7KQ4"
    ),
    "help.macro.list": ("所有宏\n\n  $ tkt macro list"),
    "help.macro.show": ("一个宏会做什么\n\n  $ tkt macro show 催单"),
    "help.macro.run": (
        "对工单执行宏\n"
        "\n"
        "几个动作是一次记录，要么全做，要么一样不做。--dry-run 先看会做什么；--with 给文字里的变量。\n"
        "\n"
        "  $ tkt macro run 催单 7KQ4\n"
        "  $ tkt macro run 催单 7KQ4 M3WX --dry-run\n"
        "  $ tkt macro run 补发 7KQ4 --with 运单号=SF100"
    ),
}
