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
    "help.workflow.schema": (
        "设置文件的 JSON Schema\n"
        "\n"
        "编辑器凭它补全和解释设置项。tkt init 把各种文件的说明放在 schemas/ 里；升级 tkt 后用这条命令更新。KIND 可以是 workflow、desk、team、roster、classify。\n"
        "\n"
        "  $ tkt workflow schema\n"
        "  $ tkt workflow schema roster > schemas/roster.json"
    ),
}
