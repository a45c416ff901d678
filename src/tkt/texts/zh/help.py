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
    "help.sync": "与远程仓库同步",
    "help.resolve": "修复 git pull 留下的工单冲突",
    "help.merge-driver": "供 Git 调用的合并驱动",
    "help.option.no_push": "只取回,不推送",
}
