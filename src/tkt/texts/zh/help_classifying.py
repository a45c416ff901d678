"""Help for classifying, in Chinese."""

from __future__ import annotations

TEXTS: dict[str, str] = {
    "help.option.explain_words": "列出每条起作用的规则和词，以及被否定的词",
    "help.option.apply": "把这个查询找到的工单重新归类；人定过的不动",
    "help.option.impact": "影响多大：classify.yaml 里矩阵的一档；和 --urgency 一起定出优先级",
    "help.option.urgency": "有多急：classify.yaml 里矩阵的一档",
    "help.option.least": "正确的比例不到这个数就以 1 退出，如 0.9",
    "help.option.suggest_for": "只看这一类",
    "help.option.accept": "把这个词收进 classify.yaml 的指定类别；可以写多次",
    "help.classify": (
        "一段文字或一张工单是什么事，为什么\n"
        "\n"
        "按 classify.yaml 里的词给出类别，连同其他符合的类别按分数排列，以及随之而来的流程、团队、严重程度和优先级；不做任何记录。单独一个词如果是单号的一部分就指那张工单，其他都当文字，- 表示标准输入。--apply 把查询找到的工单重新归类，每张一次提交：只动没有人手工设过的字段，流程只动还没开始处理的工单。文字恰好以下面的命令开头时，前面加 --。\n"
        "\n"
        "  $ tkt classify 收到的杯子碎了,要求退款\n"
        "  $ tkt classify 7KQ4 --explain\n"
        "  $ tkt classify 快递三天没动 --json\n"
        "  $ tkt classify --apply 'status:open category:other' --dry-run\n"
        "  $ echo 'Where is my parcel?' | tkt classify -"
    ),
    "help.classify.check": (
        "classify.yaml 归得准不准\n"
        "\n"
        "FILE 是 CSV 或 JSON 行，编码不限，有 text 和 label 两列，label 写类别的名字或名称。给出正确的比例，各类别的精确率（归进来的有多少对）和召回率（该归的归到多少），错归到哪里，以及错得最有把握的。有行不能用、或正确的不到 --least 时以 1 退出。\n"
        "\n"
        "  $ tkt classify check labelled.csv\n"
        "  $ tkt classify check labelled.jsonl --least 0.9 --json"
    ),
    "help.classify.suggest": (
        "客服自己的判断说明该加哪些词\n"
        "\n"
        "从由人定过类别的工单里学，提出关键词：在留出的五分之一工单上，每个词能改对几张、改错几张。需要 pip install 'tkt[learn]'。没有人接受就什么都不变；接受的词写进 classify.yaml，一次提交，文件的排版不变。\n"
        "\n"
        "  $ tkt classify suggest\n"
        "  $ tkt classify suggest --category quality --json\n"
        "  $ tkt classify suggest --category quality --accept 掉色 --accept 起球"
    ),
}
