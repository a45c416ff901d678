"""What --help says, in Chinese."""

from __future__ import annotations

TEXTS = {
    "help.usage": "用法:",
    "help.section.options": "选项",
    "help.section.commands": "命令",
    "help.section.desk": "工单台",
    "help.section.tickets": "工单",
    "help.section.many": "批量与同步",
    "help.section.more": "其他",
    "help.option.version": "显示版本",
    "help.option.help": "显示这份说明",
    "help.option.json": "以 JSON 输出",
    "help.option.jsonl": "每行一个 JSON",
    "help.option.csv": "以 CSV 输出",
    "help.option.markdown": "以 Markdown 表格输出",
    "help.option.at": "事情实际发生的时间(补记用):2026-11-21T14:05、昨天、-2h",
    "help.option.sort": "排序字段,逗号分隔,前面加 - 为倒序",
    "help.option.limit": "最多几行;0 为全部",
    "help.option.page": "第几页",
    "help.option.message": "客户说了什么;- 从标准输入读",
    "help.option.customer": "客户",
    "help.option.order": "订单号",
    "help.option.channel": "渠道,如 wechat、phone",
    "help.option.priority": "优先级:low、normal、high、urgent",
    "help.option.team": "团队",
    "help.option.assignee": "负责人",
    "help.option.tag": "标签,可重复",
    "help.option.where": "对查询到的每张工单执行",
    "help.option.reason": "原因,会记录下来",
    "help.option.dry_run": "只预览,不改动",
    "help.option.lang": "工单台的语言",
    "help.option.desk_name": "工单台的名字",
    "help.tkt": (
        "没有服务器的工单系统:工单、流程和知识库都是 Git 仓库里的文件\n"
        "\n"
        '第一次用:tkt init shop && cd shop && tkt new "收到的杯子碎了"'
    ),
    "help.init": "建立一个工单台",
    "help.new": "开一张工单",
    "help.show": "看一张工单",
    "help.list": "列出工单",
    "help.search": "全文搜索",
    "help.note": "写内部备注",
    "help.set": "修改字段",
    "help.batch": "一次执行许多命令,每行一个 JSON",
    "help.commit": "记录手工改动",
    "help.option.edit_reason": "改动的原因",
    "help.demo": "建立一个示范工单台,演一遍客服的一天",
    "help.sync": "与远程仓库同步",
    "help.resolve": "修复 git pull 留下的工单冲突",
    "help.merge-driver": "供 Git 调用的合并驱动",
    "help.option.no_push": "只取回,不推送",
    "help.import": (
        "导入工单，JSONL 或 CSV\n"
        "\n"
        "每行一个工单。简单的行有 title，以及任何字段（中文或英文名字都可以作列名）、text（客户说的话）、opened（开单时间，各种写法都行）、external（在原系统里的编号）；也可以是 tkt export 或 tkt show --json 输出的整个工单，带着它的时间线。时间线的每一项写 at、by、do（open、message、reply、note、set）、text，可加 set。\n"
        "\n"
        "已有的外部编号、已有的工单都会跳过，所以同一个文件导入两次不会多出工单。有错的行会逐行指出，其余照常导入，退出码为 1；加 --strict 则有一处错就什么都不写。\n"
        "\n"
        "文件可以是 UTF-8（有无 BOM）、GB18030 或 UTF-16；CSV 用逗号、分号或制表符分隔都行。\n"
        "\n"
        "  $ tkt import orders.csv --dry-run\n"
        "  $ tkt import old.csv --map 买家=customer --map 单据号=external\n"
        "  $ tkt import tickets.jsonl --strict\n"
        "  $ tkt export | tkt import - --json"
    ),
    "help.export": (
        "导出工单，JSONL 或 CSV\n"
        "\n"
        "默认导出全部工单，归档的也在内；给出查询就只导出查到的。JSONL 每行是一个完整的工单；CSV 每个字段一列，时间线是一列 JSON。两种都可以用 tkt import 原样导回。\n"
        "\n"
        "  $ tkt export -o backup.jsonl\n"
        "  $ tkt export opened:last-month --format csv -o month.csv --encoding utf-8-sig\n"
        "  $ tkt export team:aftersales"
    ),
    "help.option.import_format": "文件格式；默认看文件名或内容",
    "help.option.export_format": "输出格式；默认 jsonl，文件名以 .csv 结尾则为 csv",
    "help.option.map": "某一列是哪个字段；可重复；“列名=”跳过这一列",
    "help.option.strict": "有一处错就什么都不写",
    "help.option.output": "写到文件；默认写到标准输出",
    "help.option.encoding": "文字编码；Excel 用 utf-8-sig 或 gb18030",
    "help.check": (
        "检查全部工单和设置\n"
        "\n"
        "逐个文件检查写法、单号、位置、顺序,并证明顶部字段与经过一致。改过而未记录的文件按现在的样子检查,所以可以在 tkt commit 之前先查。给出单号或路径就只查那些。每个问题一行:文件:行:列: 说明。有问题时退出码为 1。\n"
        "\n"
        "  $ tkt check\n"
        "  $ tkt check tickets/2026/11\n"
        "  $ tkt check --json"
    ),
    "help.doctor": (
        "查找并修复故障\n"
        "\n"
        "检查 Git、合并驱动、.gitattributes、遗留文件、索引和每一张工单。不加 --fix 只列出。加上 --fix 就修复,显示每个文件的差异,每张工单一个提交。手工改过的文件从不覆盖;修不了的会说明该怎么办。\n"
        "\n"
        "  $ tkt doctor\n"
        "  $ tkt doctor --fix\n"
        "  $ tkt doctor --deep --json"
    ),
    "help.maintain": (
        "让 Git 保持快速\n"
        "\n"
        "整理对象和引用,写提交图。工单超过两万张时,还会缩小 Git 的索引,并且不再检出归档(归档工单照样能看、能改)。适合由 cron 每晚运行。\n"
        "\n"
        "  $ tkt maintain\n"
        "  $ tkt maintain --dry-run\n"
        "  $ tkt maintain --sparse\n"
        "  $ tkt maintain --no-sparse"
    ),
    "help.log": (
        "谁在何时做了什么,为什么\n"
        "\n"
        "只凭 Git 的历史回答,一张工单、一个人或一段时间都可以。时间是事情发生的时间。不用 tkt 做的提交也在内。最新的在前。\n"
        "\n"
        "  $ tkt log 7KQ4\n"
        "  $ tkt log --by lin --since yesterday\n"
        "  $ tkt log --since 2026-11-01 --until 2026-11-11 --action set --csv"
    ),
    "help.index": (
        "索引:状态与重建\n"
        "\n"
        "索引只是缓存,删掉也不丢数据。\n"
        "\n"
        "  $ tkt index status\n"
        "  $ tkt index rebuild"
    ),
    "help.index.status": ("索引的状态\n\n  $ tkt index status\n  $ tkt index status --json"),
    "help.index.rebuild": ("重建索引\n\n平时不需要:索引会自己跟上。\n\n  $ tkt index rebuild"),
    "help.option.fix": "修复能修的",
    "help.option.deep": "还把索引与从头建立的逐条比较",
    "help.option.split_index": "拆分 Git 索引,或恢复",
    "help.option.sparse": "归档不检出,或恢复",
    "help.option.log_by": "谁做的:客服名、姓名或邮箱",
    "help.option.log_since": "从什么时候起:2026-11-01、yesterday、-7d",
    "help.option.log_until": "到什么时候为止(含)",
    "help.option.log_action": "哪种动作:open、note、set……",
}
