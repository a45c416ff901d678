"""What --help says of training, in Chinese."""

from __future__ import annotations

TEXTS: dict[str, str] = {
    "help.option.answers": "按题目顺序写答案：1,3,2；多选用 +：1+3",
    "help.option.have_read": "没有题目的课：文章都读完了",
    "help.option.train_agent": "谁；不写就是自己，别人的只有组长能写",
    "help.option.score": "补记在别处考的分数，要写 --reason；只有组长能写",
    "help.option.train_team": "这个团队的所有人",
    "help.option.within": "几天内学完，如 14d；不写按课程",
    "help.option.train_overdue": "只看过期的",
    "help.option.agent_since": "哪天入职：新人课程和清单从这天算起",
    "help.train": "培训：课程、考核、新人清单\n\n课程写在 training.yaml，题目写在文章开头，成绩记在 trained/ 里，一人一个文件。\n\n  $ tkt train list\n  $ tkt train status",
    "help.train.list": "所有课程：谁要学，多少分算过，多久再学\n\n  $ tkt train list",
    "help.train.show": "一门课的文章和题目，不含答案\n\n  $ tkt train show rules\n  $ tkt train show 平台规则 --json",
    "help.train.take": "学一门课：答题，记下成绩\n\n在终端里一题一题问；不在终端就用 --answers，或从标准输入一行一个答案。最后说对错和为什么。没过可以再考，每次都记下。组长可以替别人记（--agent、--score）。\n\n  $ tkt train take rules --answers 1,2,1 --json\n  $ tkt train take reading --read\n  $ tkt train take rules --agent lin --score 95 --reason 线下考试",
    "help.train.assign": "给人指定课程\n\n到期没过就是过期。再指定一次就改期限；已经通过的人要再学一次。只有组长能写。\n\n  $ tkt train assign rules lin wang\n  $ tkt train assign privacy --team aftersales --within 7d",
    "help.train.status": "谁学了什么：通过、待学、过期、没学过\n\n每人每门课一行，新人清单每项一行。\n\n  $ tkt train status\n  $ tkt train status me\n  $ tkt train status --overdue --team aftersales --json",
    "help.train.tick": "勾选新人清单里的一项\n\n  $ tkt train tick accounts handbook\n  $ tkt train tick 跟班一天 --agent lin",
}
