"""What --help says of the commands of an agent's day, in Chinese."""

from __future__ import annotations

TEXTS = {
    "help.option.text": "要说的话；写 - 就从标准输入读",
    "help.option.edit": "在编辑器里写",
    "help.option.yes": "不再询问",
    "help.option.via": "从哪个渠道来的，如 phone",
    "help.option.reply_to": "回复的同时转到这个状态",
    "help.option.draft": "只存成草稿，同事看得到",
    "help.option.send": "把工单上的草稿发出",
    "help.option.steal": "从正在处理的人手里接过来，要写原因",
    "help.option.escalate_to": "交给谁：人或团队；不写就交给团队的组长",
    "help.option.escalate_priority": "同时改优先级",
    "help.option.until": "等到什么时候：明天 9:00、+2d",
    "help.option.with_note": "附一条备注；写 - 就从标准输入读",
    "help.option.unlink": "解除关联",
    "help.option.into": "并入哪一张",
    "help.option.anyway": "两个客户的工单也合并",
    "help.option.split_at": "从哪一条起，tkt show 里的号码",
    "help.option.title": "新工单的标题",
    "help.option.event": "撤回哪一条，tkt show 里的号码",
    "help.option.watch_who": "替谁关注；不写就是自己",
    "help.option.watch_stop": "不再关注",
    "help.option.mute_stop": "取消免打扰",
    "help.option.itself": "已并入别的工单的，也看它本身",
    "help.take": (
        "接手工单\n"
        "\n"
        "工单归到您名下，新建的变为处理中。别人正在处理的（半小时内有动作）要加 --steal 并写原因；\n"
        "过了这段时间就算放下了，谁都可以接。两台机器上同时接手，先接的算数，另一位会收到通知。\n"
        "\n"
        "  $ tkt take 7KQ4\n"
        "  $ tkt take 7KQ4 M3WX\n"
        '  $ tkt take 7KQ4 --steal --reason "林小满下班了"'
    ),
    "help.next": (
        "领下一张最急的工单\n"
        "\n"
        "从还没有人负责的工单里领最急的一张：自己团队的，或没有团队的。多少人同时领都不会领到同一张。\n"
        "可以再加查询缩小范围。没有了就说没有，退出码 3。\n"
        "\n"
        "  $ tkt next\n"
        "  $ tkt next category:refund"
    ),
    "help.assign": (
        "分配工单\n"
        "\n"
        "WHO 是人、团队、“我”或“无”。分给团队时，负责人清空，等人来领。用 --auto 时不写 WHO：按流程的 routing 找人，急的先分。\n"
        "别人手上的单转出去要用 --reason 说明原因；第三次转手会通知组长。\n"
        "\n"
        "  $ tkt assign lin M3WX\n"
        '  $ tkt assign 售后组 7KQ4 M3WX --reason "归售后"\n'
        "  $ tkt assign lin --where 'team:b status:new'\n"
        '  $ tkt assign 无 7KQ4 --reason "林小满休假"\n'
        "  $ tkt assign --auto\n"
        "  $ tkt assign --auto priority:urgent --explain --dry-run"
    ),
    "help.reply": (
        "回复客户\n"
        "\n"
        "内容写在最后，或从管道来，或（在终端上什么都不写）在编辑器里写，下面附着工单的经过。没发成的内容会留着。\n"
        "回复新建的工单，它就变为处理中；--to 在同一个动作里转到别的状态。别人也在处理时会提醒，但不会拦。\n"
        "--draft 存成同事看得到的草稿，--send 发出草稿。\n"
        "--canned 用快捷回复，-m 的话接在后面；变量没有值就不发，用 --set 给。发出之前按 tone.yaml 检查说得妥不妥。\n"
        "\n"
        '  $ tkt reply 7KQ4 "亲,已为您登记补发,48小时内寄出"\n'
        '  $ tkt reply 7KQ4 "已退款,请查收" --to 已解决\n'
        '  $ tkt reply 7KQ4 "亲,这款可以" --draft\n'
        "  $ tkt reply 7KQ4 --send\n"
        '  $ tkt reply 7KQ4 --canned 稍等 -m "请留意消息哦"'
    ),
    "help.message": (
        "记下客户说的话\n"
        "\n"
        "客户打来电话、当面说的话，由您记下。等待中和已结束的工单会因此回到处理中，已归档的会移出归档。\n"
        "\n"
        '  $ tkt message 7KQ4 "客户来电催单" --via phone'
    ),
    "help.move": (
        "转到别的状态\n"
        "\n"
        "状态写中文名、英文名都行。不能去的状态会列出可以去的。已结束的工单用 tkt reopen 重开。\n"
        "\n"
        "  $ tkt move 7KQ4 处理中\n"
        '  $ tkt move 7KQ4 等待中 --until 明天 -m "等仓库回复"\n'
        "  $ tkt move --where 'status:new team:aftersales' 处理中"
    ),
    "help.wait": (
        "等待：等客户、等仓库、等物流\n"
        "\n"
        "写明等到何时（--until），或等什么（--reason）。到时间会出现在 tkt today 里。\n"
        "\n"
        '  $ tkt wait 7KQ4 --until 明天 --reason "等客户寄回"\n'
        "  $ tkt wait 7KQ4 --until +2d"
    ),
    "help.resolve": (
        "解决工单；不写单号则修复合并冲突\n"
        "\n"
        "写单号：工单转到已解决，-m 附一条备注。\n"
        "不写单号：修复 git pull 留下的工单冲突。在没有装合并驱动的克隆里，git pull 遇到同一张工单会停下，\n"
        "这条命令从 Git 保留的三个版本合并两边的经过，一条不丢；别的文件没有冲突，就替您完成合并。\n"
        "\n"
        '  $ tkt resolve 7KQ4 -m "已全额退款"\n'
        "  $ tkt resolve\n"
        "  $ tkt resolve --json"
    ),
    "help.close": (
        "关闭工单\n"
        "\n"
        "子单还没有结束的父单不能关闭。\n"
        "\n"
        "  $ tkt close 7KQ4\n"
        '  $ tkt close 7KQ4 M3WX --reason "重复下单"'
    ),
    "help.reopen": (
        "重开已解决或已关闭的工单\n"
        "\n"
        "已归档的会移出归档。\n"
        "\n"
        '  $ tkt reopen 7KQ4 --reason "客户说又坏了"'
    ),
    "help.escalate": (
        "升级：交给上一级\n"
        "\n"
        "级别加一，交给 --to 的人或团队；不写就交给工单所在团队的组长。要写原因。\n"
        "\n"
        '  $ tkt escalate 7KQ4 --reason "客户要求赔偿 500 元"\n'
        '  $ tkt escalate 7KQ4 --to zhao --priority 紧急 --reason "扬言投诉平台"'
    ),
    "help.archive": (
        "归档已结束的工单\n"
        "\n"
        "文件移到 archive/，照样能看、能找、计入统计。之后有人说话，它会自己回来。\n"
        "\n"
        "  $ tkt archive 7KQ4\n"
        "  $ tkt archive --where 'status:closed closed<-30d'"
    ),
    "help.link": (
        "关联工单\n"
        "\n"
        "种类 KIND：相关 relates，重复 duplicates，阻塞 blocks，子单 child-of，父单 parent-of。不能绕成一圈。\n"
        "\n"
        "  $ tkt link 7KQ4 相关 M3WX\n"
        "  $ tkt link 7KQ4 child-of M3WX\n"
        "  $ tkt link 7KQ4 relates M3WX --remove"
    ),
    "help.merge": (
        "合并工单\n"
        "\n"
        "每句话带着说话的人和时间并到 --into 那张；旧单号照样能用，之后的回复都到新的那张。合并错了用 tkt undo 拆开。\n"
        "\n"
        "  $ tkt merge M3WX --into 7KQ4\n"
        '  $ tkt merge M3WX --into 7KQ4 --reason "同一个包裹"'
    ),
    "help.split": (
        "把一部分对话拆成新工单\n"
        "\n"
        "从 --from 那一条起的话移到新工单，两张互相链接。新工单沿用客户、渠道、订单和团队，也可以另写“字段=值”。\n"
        "\n"
        '  $ tkt split 7KQ4 --from 3 --title "发票没收到"\n'
        "  $ tkt split 7KQ4 --from 3 category=invoice"
    ),
    "help.undo": (
        "撤回\n"
        "\n"
        "不写单号：撤回您的上一条命令，哪怕它改了许多工单。写单号：撤回您在那张工单上做的最后一件事；\n"
        "--event 指定某一条。撤回也是一次记录，历史从不改写。客户说过的、对客户说过的，不能撤回。\n"
        "\n"
        "  $ tkt undo\n"
        "  $ tkt undo 7KQ4\n"
        "  $ tkt undo 7KQ4 --event 2 --dry-run"
    ),
    "help.watch": (
        "关注工单\n"
        "\n"
        "工单上有新的话、转了状态，您的 tkt inbox 里会有。备注里写 @名字 也会让那人关注。\n"
        "\n"
        "  $ tkt watch 7KQ4\n"
        "  $ tkt watch 7KQ4 --who zhao\n"
        "  $ tkt watch 7KQ4 --stop"
    ),
    "help.mute": (
        "免打扰\n"
        "\n"
        "这张工单的动静不再进您的 tkt inbox，点名找您的除外。\n"
        "\n"
        "  $ tkt mute 7KQ4\n"
        "  $ tkt mute --where 'watchers:me state:closed'\n"
        "  $ tkt mute 7KQ4 --stop"
    ),
    "help.option.ack": "把列出的都标为看过",
    "help.option.inbox_all": "看过的也列出",
    "help.option.inbox_as": "看谁的",
    "help.option.today_as": "看谁的",
    "help.option.person_name": "姓名",
    "help.option.email": "git config user.email 里的邮箱，可以写几次",
    "help.option.agent_team": "所在团队，可以写几次",
    "help.option.team_name": "团队的名字",
    "help.option.lead": "组长",
    "help.option.columns": "显示哪些列，用逗号隔开",
    "help.option.view_label": "显示的名字",
    "help.option.shared": "存到工单台，同事也能用",
    "help.option.view": "用这个视图",
    "help.inbox": "要知道的事：点名、分配、关注的工单有动静\n\n每件事只出现一次，--ack 标为看过；自己做的不算。保留 30 天。是否看过只记在本机。\n\n  $ tkt inbox\n  $ tkt inbox --ack\n  $ tkt inbox --as lin",
    "help.today": "今天要做什么\n\n新消息、逾期、等到今天的、客户在等回复的、手上的全部，以及还没有人负责的。在工单台里只写 tkt 也一样。\n\n  $ tkt today\n  $ tkt today --as lin --json",
    "help.agent": "客服人员\n\n  $ tkt agent list\n  $ tkt agent show lin",
    "help.agent.list": "所有人员和手上的工单\n\n  $ tkt agent list",
    "help.agent.show": "一个人；不写就是自己\n\n  $ tkt agent show lin",
    "help.agent.add": "加一个人\n\n写进 team.yaml，其余内容和注释不变。要改、要删就编辑 team.yaml 再 tkt commit。\n\n  $ tkt agent add qian --name 钱多 --email qian@shop.example --team aftersales",
    "help.team": "团队\n\n  $ tkt team list\n  $ tkt team show aftersales",
    "help.team.list": "所有团队和等着处理的工单\n\n  $ tkt team list",
    "help.team.show": "一个团队\n\n  $ tkt team show 售后组",
    "help.team.add": "加一个团队\n\n写进 team.yaml，其余内容和注释不变。\n\n  $ tkt team add complaint --name C组客诉 --lead zhao",
    "help.view": "视图：存下来的查询\n\n个人的只在本机，--shared 的存在工单台里。自带：mine 我的、waiting 等我回复、unassigned 未分配、overdue 逾期、today 今天开的、escalated 已升级。\n\n  $ tkt view list\n  $ tkt view show mine",
    "help.view.list": "所有视图和各有多少张\n\n  $ tkt view list",
    "help.view.show": "看一个视图里的工单\n\n后面可以再加查询缩小范围。\n\n  $ tkt view show 我的\n  $ tkt view show unassigned priority:urgent",
    "help.view.save": "存一个视图\n\n  $ tkt view save 急件 'priority>=high state:new,open' --columns id,customer,title --sort opened\n  $ tkt view save 退款 category:refund --shared",
    "help.view.delete": "删除自己存的视图，或共用的\n\n  $ tkt view delete 急件",
}
