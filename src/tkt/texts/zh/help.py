"""What --help says, in Chinese."""

from __future__ import annotations

TEXTS = {
    "help.usage": "用法：",
    "help.section.options": "选项",
    "help.section.commands": "命令",
    "help.section.desk": "工单台",
    "help.section.process": "流程与时间",
    "help.section.tickets": "工单",
    "help.section.day": "处理",
    "help.section.order": "归并与整理",
    "help.section.people": "同事",
    "help.section.knowledge": "知识和话术",
    "help.section.figures": "小结与报告",
    "help.section.many": "批量与同步",
    "help.section.running": "定时运行",
    "help.section.more": "其他",
    "help.option.version": "显示版本",
    "help.option.help": "显示这份说明",
    "help.option.json": "以 JSON 输出",
    "help.option.jsonl": "每行一个 JSON",
    "help.option.csv": "以 CSV 输出",
    "help.option.markdown": "以 Markdown 表格输出",
    "help.option.at": "事情实际发生的时间（补记用）:2026-11-21T14:05、昨天、-2h",
    "help.option.sort": "排序字段，逗号分隔，前面加 - 为倒序",
    "help.option.limit": "最多几行；0 为全部",
    "help.option.page": "第几页",
    "help.option.message": "客户说了什么；- 从标准输入读",
    "help.option.customer": "客户",
    "help.option.order": "订单号",
    "help.option.channel": "渠道，如 wechat、phone",
    "help.option.category": "类别；有专门流程的类别会走那个流程",
    "help.option.workflow": "流程",
    "help.option.untick": "取消勾选",
    "help.option.priority": "优先级：low、normal、high、urgent",
    "help.option.team": "团队",
    "help.option.assignee": "负责人",
    "help.option.tag": "标签，可重复",
    "help.option.where": "对查询到的每张工单执行",
    "help.option.reason": "原因，会记录下来",
    "help.option.dry_run": "只预览，不改动",
    "help.option.lang": "工单台的语言",
    "help.option.desk_name": "工单台的名字",
    "help.tkt": (
        "没有服务器的工单系统：工单、流程和知识库都是 Git 仓库里的文件\n"
        "\n"
        "每个动作是一次提交，谁做了什么、为什么，git log 就能回答。单号写末几位即可，如 7KQ4。\n"
        "每条命令的说明和例子：tkt 命令 --help。\n"
        "\n"
        "  $ tkt init shop\n"
        '  $ tkt new "收到的杯子碎了" -m "打开就是碎的,要求退款" --customer 小王\n'
        "  $ tkt list"
    ),
    "help.init": (
        "建立一个工单台\n"
        "\n"
        "在目录 DIR（默认为当前目录）里写好设置、流程和知识库，放进 Git 仓库并提交，马上可以用。\n"
        "已在某个 Git 仓库里就加入那个仓库，否则新建一个。已有的文件从不覆盖。\n"
        "还会告诉 Git 怎样合并工单，这样 git pull 也不会丢记录。\n"
        "\n"
        "  $ tkt init shop\n"
        '  $ tkt init 客服/天猫店 --name "天猫旗舰店"\n'
        "  $ tkt init desk --lang en   # 英文工单台"
    ),
    "help.new": (
        "开一张工单\n"
        "\n"
        "TITLE 是一行标题；后面可以跟任意个“字段=值”，常用字段也有自己的选项。-m 写客户说的话。\n"
        "写了客户或渠道，就记为客户开单、由您录入。字段和值都可以用中文名。\n"
        "类别有专门流程的（见 tkt workflow list），工单就走那个流程，带上它的默认值；--workflow 另外指定。\n"
        "事后补录用 --at 写明实际发生的时间。\n"
        "可能重复的工单会列出来（见 tkt similar）；--merge-into 就记到其中一张上，不另开单。\n"
        "\n"
        '  $ tkt new "收到的杯子碎了"\n'
        '  $ tkt new "收到的杯子碎了" -m "要求退款" --customer 小王 --channel wechat\n'
        '  $ tkt new "想换大一号" 类别=exchange 优先级=高 --tag vip --order 2511002233\n'
        '  $ tkt new "来电询问发货时间" --channel phone --assignee 林小满 --at -2h\n'
        '  $ tkt new "杯子的事：退款还没到" --merge-into 7KQ4\n'
        '  $ cat 来信.txt | tkt new "客户来信" -m -'
    ),
    "help.show": (
        "看一张工单\n"
        "\n"
        "ID 是单号，或它的任意一段，只要不会认错，通常写末四位。上面是现在的样子，下面是经过。\n"
        "文件有未记录的改动、或两台机器改了同一个字段，都会标出来。\n"
        "每一条前面的编号可以用在 tkt split --from 和 tkt undo --event 里，#3 就写 3。\n"
        "\n"
        "  $ tkt show 7KQ4\n"
        "  $ tkt show 261121-7KQ4\n"
        "  $ tkt show 7KQ4 --json   # 给程序用:文件里的全部内容"
    ),
    "help.list": (
        "列出工单\n"
        "\n"
        "不写 QUERY 就列出未完成的。条件之间用空格隔开，都要满足：字段：值、比较、范围、日期、或、非、括号，其余的词在全文里找。\n"
        "查询里有 > | ! ( 时请用单引号括起来。全部写法见 kb/training/query-language.md。\n"
        "在终端里一次显示 50 张，--limit 和 --page 可改；给程序用时全部输出。终端越宽，列越多。\n"
        "▸ 是谁正在处理，✎ 是文件有未记录的改动，⚡ 是两台机器同时改了一个字段。\n"
        "\n"
        "  $ tkt list\n"
        "  $ tkt list 负责人:我 优先级:高,紧急\n"
        "  $ tkt list 'status:open priority>=high -标签:vip' --sort -priority,opened\n"
        '  $ tkt list opened:本周 "退款 或 换货"\n'
        "  $ tkt list all --csv --limit 100"
    ),
    "help.search": (
        "全文搜索\n"
        "\n"
        "在标题、字段和经过里找 WORD，几个词都要出现，最相关的排在前面；归档的也在内。两个字的词也能找到。\n"
        "加引号表示一字不差。其中的符号只是文字：要按字段筛选用 tkt list。\n"
        "\n"
        "  $ tkt search 退款\n"
        "  $ tkt search 杯子 碎\n"
        "  $ tkt search '\"要求退款\"' --limit 5\n"
        "  $ tkt search 退款 --json"
    ),
    "help.note": (
        "写内部备注\n"
        "\n"
        "ID 是单号或它的一段，TEXT 是内容；不写 TEXT 或写 - 就从标准输入读，换行和空格都照原样保存。\n"
        "备注只给同事看。已归档的工单会因此移出归档。\n"
        "\n"
        '  $ tkt note 7KQ4 "已联系仓库,明天补发"\n'
        '  $ tkt note 7KQ4 "昨晚电话已回复" --at 2026-11-20T21:30\n'
        "  $ tkt note 7KQ4 - < 通话记录.txt"
    ),
    "help.set": (
        "修改字段\n"
        "\n"
        "先写单号（可以几个），再写“字段=值”；字段和值用中文名、英文名都行。值留空或写“无”表示去掉。\n"
        "标签这样的列表用 += 加上、-= 去掉几项。已有字段之外的名字就是您自己的字段；在 tkt.yaml 的 fields 里声明过的会按类型检查。\n"
        "--where 对查询到的每张工单执行；先加 --dry-run 看看会改什么。每张工单一次提交，有做不成的不影响其他。\n"
        "\n"
        "  $ tkt set 7KQ4 状态=处理中 优先级=高\n"
        "  $ tkt set M3WX P2QX 负责人=我 标签+=vip,催单 标签-=新客\n"
        '  $ tkt set 7KQ4 assignee=无 --reason "林小满今天休息"\n'
        "  $ tkt set --where 'status:new priority:urgent' team=aftersales --dry-run\n"
        "  $ tkt set --where 'status:new priority:urgent' team=aftersales"
    ),
    "help.batch": (
        "一次执行许多命令，每行一个 JSON\n"
        "\n"
        '从 FILE 或标准输入读；每行一条命令，是一个 JSON 数组，或 {"run": [...], "actor": 谁， "at": 何时}。\n'
        "每行答复一行 JSON:line、ok、result，失败则有 error 和 message。一行失败不影响其他，最后的退出码不为 0。\n"
        "每个动作仍是一次提交，归在一个合并提交之下。送一行、等一行答复也可以。\n"
        "\n"
        "  $ tkt batch 动作.jsonl\n"
        '  $ echo \'["note", "7KQ4", "已补发"]\' | tkt batch\n'
        '  $ echo \'{"run": ["note", "7KQ4", "已补发"], "at": "-1h"}\' | tkt batch -'
    ),
    "help.commit": (
        "记录手工改动\n"
        "\n"
        "工单、设置、知识库都可以直接在编辑器里改。这条命令检查改动，把改了的字段变成经过里的一条，然后提交；每张工单一次。\n"
        "经过里随手写一条“- text: 已联系仓库”，会补上编号、时间和姓名。已记录的条目不能改也不能删。\n"
        "不写参数就记录全部改动；ID 或 PATH只记录那些。有问题的文件会指出哪行哪列，留着不动。\n"
        "\n"
        "  $ tkt commit\n"
        '  $ tkt commit M3WX -m "按电话里说的改"\n'
        "  $ tkt commit tkt.yaml team.yaml"
    ),
    "help.option.edit_reason": "改动的原因",
    "help.demo": (
        "建立一个示范工单台，演一遍客服的一天\n"
        "\n"
        "在新目录 DIR 里建一个工单台，三个组、七位客服从九点演到六点：四十来张工单从千牛、微信、电话、微博等渠道进来，走 tkt init 给的九个流程：有人接、有人回，勾清单、填字段，退款超额要组长批准（被拒绝的几步也照样演出来），到点提醒和升级，还有并单、拆单、重开和撤回，最后关单归档。每一步显示谁在几点敲了什么命令、得到什么答复，末尾是这一天的统计，只要统计就用 --json。每条命令都是真的提交，几秒钟演完。\n"
        "演完之后这个工单台归您：照着改，或删掉目录。\n"
        "\n"
        "  $ tkt demo shop\n"
        "  $ tkt demo 试用 --lang zh --json"
    ),
    "help.sync": (
        "与远程仓库同步\n"
        "\n"
        "取回别人的动作、合并、检查、推送；有人抢先就再来一次。REMOTE 默认为当前分支跟踪的远程仓库。\n"
        "工单的经过按条目合并，不会冲突，也不会丢；两边都改了同一个字段时，后改的生效并标出来请人看。\n"
        "撞了的单号，后开的那张会改号，原来的号仍能找到它。\n"
        "\n"
        "  $ tkt sync\n"
        "  $ tkt sync origin\n"
        "  $ tkt sync --no-push --json"
    ),
    "help.merge-driver": "供 Git 调用的合并驱动",
    "help.option.no_push": "只取回，不推送",
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
        "逐个文件检查写法、单号、位置、顺序，并证明顶部字段与经过一致。改过而未记录的文件按现在的样子检查，所以可以在 tkt commit 之前先查。给出单号或路径就只查那些。每个问题一行：文件：行：列： 说明。有问题时退出码为 1。\n"
        "\n"
        "  $ tkt check\n"
        "  $ tkt check tickets/2026/11\n"
        "  $ tkt check --json"
    ),
    "help.doctor": (
        "查找并修复故障\n"
        "\n"
        "检查 Git、合并驱动、.gitattributes、遗留文件、索引和每一张工单。不加 --fix 只列出。加上 --fix 就修复，显示每个文件的差异，每张工单一个提交。手工改过的文件从不覆盖；修不了的会说明该怎么办。\n"
        "\n"
        "  $ tkt doctor\n"
        "  $ tkt doctor --fix\n"
        "  $ tkt doctor --deep --json"
    ),
    "help.maintain": (
        "让 Git 保持快速\n"
        "\n"
        "整理对象和引用，写提交图。工单超过两万张时，还会缩小 Git 的索引，并且不再检出归档（归档工单照样能看、能改）。适合由 cron 每晚运行。\n"
        "\n"
        "  $ tkt maintain\n"
        "  $ tkt maintain --dry-run\n"
        "  $ tkt maintain --sparse\n"
        "  $ tkt maintain --no-sparse"
    ),
    "help.log": (
        "谁在何时做了什么，为什么\n"
        "\n"
        "只凭 Git 的历史回答，一张工单、一个人或一段时间都可以。时间是事情发生的时间。不用 tkt 做的提交也在内。最新的在前。\n"
        "\n"
        "  $ tkt log 7KQ4\n"
        "  $ tkt log --by lin --since yesterday\n"
        "  $ tkt log --since 2026-11-01 --until 2026-11-11 --action set --csv"
    ),
    "help.index": (
        "索引：状态与重建\n"
        "\n"
        "索引只是缓存，删掉也不丢数据。\n"
        "\n"
        "  $ tkt index status\n"
        "  $ tkt index rebuild"
    ),
    "help.index.status": ("索引的状态\n\n  $ tkt index status\n  $ tkt index status --json"),
    "help.index.rebuild": ("重建索引\n\n平时不需要：索引会自己跟上。\n\n  $ tkt index rebuild"),
    "help.option.fix": "修复能修的",
    "help.option.deep": "还把索引与从头建立的逐条比较",
    "help.option.split_index": "拆分 Git 索引，或恢复",
    "help.option.sparse": "归档不检出，或恢复",
    "help.option.log_by": "谁做的：客服名、姓名或邮箱",
    "help.option.log_since": "从什么时候起：2026-11-01、yesterday、-7d",
    "help.option.log_until": "到什么时候为止（含）",
    "help.option.log_action": "哪种动作：open、note、set……",
}
