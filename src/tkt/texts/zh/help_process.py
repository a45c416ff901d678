"""Help for workflows, automation and macros, in Chinese."""

from __future__ import annotations

TEXTS: dict[str, str] = {
    "help.tick": (
        "勾选清单里的项\n"
        "\n"
        "清单写在流程文件的 checklist 里，tkt show 用 ☑ 和 ☐ 列出。有些状态要勾完才能进入。ITEM 是项的名字或名称，可以一次几项、几张工单。\n"
        "\n"
        "  $ tkt tick 7KQ4 photo\n"
        '  $ tkt tick 7KQ4 已收到照片 --reason "千牛里发来的"\n'
        "  $ tkt tick 7KQ4 photo --dry-run"
    ),
    "help.approve": (
        "批准金额：第二个人来看\n"
        "\n"
        "流程文件的 approval 写明哪个字段超过多少要批准、谁能批。填金额的人不能批，批准的人不能再去经办；批准以后金额改了就要重新批。\n"
        "\n"
        '  $ tkt approve 7KQ4 -m "凭证已看，同意退款"\n'
        "  $ tkt approve 7KQ4 --dry-run"
    ),
    "help.workflow": (
        "流程：工单走的路\n"
        "\n"
        "每个流程是 workflows/ 里的一个 YAML 文件：状态、谁能从哪里转到哪里、要填什么、清单和审批。\n"
        "\n"
        "  $ tkt workflow list\n"
        "  $ tkt workflow show returns\n"
        "  $ tkt workflow check"
    ),
    "help.workflow.list": (
        "列出流程\n"
        "\n"
        "名称、归它的类别、还没结束的工单数。\n"
        "\n"
        "  $ tkt workflow list\n"
        "  $ tkt workflow list --json"
    ),
    "help.workflow.show": (
        "看一个流程：状态、转换、要求、清单\n"
        "\n"
        "NAME 是流程的名字或名称，也可以直接给一个文件。\n"
        "\n"
        "  $ tkt workflow show returns\n"
        "  $ tkt workflow show 投诉\n"
        "  $ tkt workflow show workflows/order.yaml --json"
    ),
    "help.workflow.check": (
        "检查流程文件\n"
        "\n"
        "走不到的状态、没有出路的状态、写错的名字、重复的转换、抢同一类别的流程，每个都指出文件、行、列和可能想写的词。不给文件就检查工单台里全部流程；文件也可以在工单台之外。有问题时退出码为 1。\n"
        "\n"
        "  $ tkt workflow check\n"
        "  $ tkt workflow check workflows/returns.yaml --json"
    ),
    "help.workflow.graph": (
        "画出流程图\n"
        "\n"
        "Mermaid 可以直接放进 Markdown；DOT 给 Graphviz；SVG 需要装有 Graphviz，或 pip install 'tkt[graph]'。颜色按状态的类别，‖ 表示暂停计时，虚线是重开。\n"
        "\n"
        "  $ tkt workflow graph returns\n"
        "  $ tkt workflow graph returns --format dot -o returns.dot"
    ),
    "help.option.graph_format": "图的格式；默认看文件名，否则 mermaid",
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
    "help.workflow.schema": (
        "设置文件的 JSON Schema\n"
        "\n"
        "编辑器凭它补全和解释设置项。tkt init 把各种文件的说明放在 schemas/ 里；升级 tkt 后用这条命令更新。KIND 可以是 workflow、desk、team、roster、classify、tone。\n"
        "\n"
        "  $ tkt workflow schema\n"
        "  $ tkt workflow schema roster > schemas/roster.json"
    ),
}
