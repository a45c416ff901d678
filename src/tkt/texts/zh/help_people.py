"""Help for people and rosters, in Chinese."""

from __future__ import annotations

TEXTS: dict[str, str] = {
    "help.option.roster_at": "哪一刻，如 明天 09:00",
    "help.option.week": "哪一周：其中任何一天，或 下周",
    "help.option.roster_agent": "只看这个人",
    "help.option.roster": "写进哪张排班表；没有就新建",
    "help.option.shift_name": "班次的名字，如 早班",
    "help.option.swap_date": "哪一天的班；不写就是今天",
    "help.option.swap_back": "换回来的是哪一天的班",
    "help.option.swap_cover": "只顶班，不用还",
    "help.option.roster_weeks": "看几周，从本周起",
    "help.option.max_hours": "一周超过几小时要提醒",
    "help.option.min_rest": "两天的班之间休息不到几小时要提醒",
    "help.option.ical": "iCalendar 格式（目前唯一的一种）",
    "help.option.export_since": "从哪一天起；不写就是今天",
    "help.option.export_days": "几天",
    "help.option.away_until": "到什么时候：13:30、明天 09:00、1h；到时自动恢复",
    "help.roster": "排班：谁什么时候上班\n\n  $ tkt roster show\n  $ tkt roster now",
    "help.roster.show": "一周的排班表\n\n人竖着排，日子横着排。请假写原因，换来的班写替谁。--week 是那一周里的任何一天。\n\n  $ tkt roster show\n  $ tkt roster show --week 2026-11-11 --agent lin",
    "help.roster.now": "现在谁在岗，到几点；谁不在，为什么\n\n依次看：本人说的暂离、不接单，请假，排班表；没排进任何表的人按团队的日历。\n\n  $ tkt roster now\n  $ tkt roster now --at '明天 09:00'",
    "help.roster.set": "排一班\n\n人、日子、时间随便什么顺序：mon-fri、周一至周五、周末、2026-11-11、2026-11-01..2026-11-30；时间可以几段，可以过零点。有客服的编号就是 sun 这样的词时，指的是那个人；星期日写 周日 或 sun-sun。写进排班表末尾，其余内容和注释不变。和本人别的班重叠、排在请假那天，会被拒绝。\n\n  $ tkt roster set lin mon-fri 09:00-18:00 --name 早班\n  $ tkt roster set lin 2026-12-12 18:00-02:00",
    "help.roster.leave": "请假，整天\n\n不写人就是自己。每周的班自动让开；单独排的班或换来的班要先请人顶。\n\n  $ tkt roster leave 2026-12-24..2026-12-26 --reason 年假\n  $ tkt roster leave lin 2026-12-31",
    "help.roster.swap": "换班\n\n同一天两人互换；--back 是改天还；--cover 是只顶班。要换的班必须有，换后重叠或赶上请假会被拒绝。\n\n  $ tkt roster swap lin zhao --date 2026-12-12 --cover --reason 看病",
    "help.roster.check": "检查排班\n\n错误：一个人的班重叠、排在请假那天、换了不存在的班、没有这个人。提醒：团队营业时没有人、别人都排了班唯独他没有、一周太多小时、休息太少。错误在 tkt check 里也会报。\n\n  $ tkt roster check\n  $ tkt roster check --weeks 2 --max-hours 40",
    "help.roster.export": "导出到手机日历（iCalendar）\n\n每一班是一个日程，请假是全天日程；再导一次还是同一个日程。\n\n  $ tkt roster export --ical -o 排班.ics\n  $ tkt roster export --ical --agent lin --days 30",
    "help.agent.away": "暂时离开：吃饭、开会\n\n不再分到工单；--until 到了自动恢复。不写人就是自己；别人的只有组长能写。\n\n  $ tkt agent away --until 1h --reason 吃饭",
    "help.agent.unavailable": "不接单：培训、借调\n\n  $ tkt agent unavailable --until 2026-12-01 --reason 培训",
    "help.agent.back": "回来了\n\n  $ tkt agent away\n  $ tkt agent back",
    "help.agent.set": "改一个人的技能、容量、级别、团队\n\n可以设：name、email、teams、skills、capacity、level。= 换掉，+= 加上，-= 去掉，= 后面空着就删掉。team.yaml 的其余内容和注释不变。只有本人或组长能改。\n\n  $ tkt agent set lin skills+=refund:3 capacity=8 level=2\n  $ tkt agent set me teams+=presale",
    "help.team.set": "改一个团队的组长、日历、类别、上级\n\n可以设：name、lead、members、calendar、categories、parent。\n\n  $ tkt team set presale parent=aftersales categories+=refund",
}
