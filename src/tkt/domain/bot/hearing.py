"""What a customer asks for beside an answer: a person, to complain, or to say if it helped."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from tkt.domain.classify.folding import fold

if TYPE_CHECKING:
    from collections.abc import Iterable

_pattern = cache(re.compile)  # compiled on first use

HEARD = 2000
"""So many characters are listened to; who writes more than that wants to be read by a person."""

HUMAN = (
    "人工", "真人", "活人", "转客服", "找客服", "接客服", "要客服", "叫客服", "换客服",
    "客服人员", "换个人", "找个人", "叫个人", "机器人走", "找你们经理", "找经理", "叫经理",
    "找店长", "找主管", "找你们领导", "找你们老板", "别用机器", "不要机器", "不想跟机器",
    "不要自动回复", "别自动回复", "是不是机器人", "你是机器人", "human agent", "human being",
    "real human", "a human", "real person", "actual person", "live agent", "live chat",
    "an agent", "talk to someone", "speak to someone", "talk to a person", "speak to a person",
    "customer service representative", "operator", "your manager", "a manager", "real agent",
    "not a bot", "are you a bot",
)  # fmt: skip
"""Words by which a customer asks for a person."""
NO_HUMAN = (
    "人工智能", "人工皮", "人工草", "人工合成", "人工费", "人工降", "人工呼吸", "人工养殖",
    "人工湖", "人工石", "人工授粉", "纯人工", "人工编织", "人工缝", "真人秀", "真人头发",
    "真人发", "真人试穿", "真人模特", "真人兽",
)  # fmt: skip
"""Words of goods in which those stand."""
COMPLAINT = (
    "投诉", "举报", "12315", "12345", "12300", "工商", "消协", "消费者协会", "市场监管",
    "市监局", "工信部", "差评", "曝光", "起诉", "法院", "律师", "报警", "维权", "黑猫", "骗子",
    "骗人", "欺诈", "诈骗", "黑店", "奸商", "假一赔", "退一赔", "平台介入", "小二介入",
    "赔偿损失", "精神损失", "垃圾店", "太差劲", "忍无可忍", "给个说法", "给我个说法",
    "要个说法", "complain", "complaint", "lawyer", "solicitor", "legal action", "small claims",
    "trading standards", "chargeback", "ombudsman", "bad review", "negative review", "one star",
    "scam", "scammers", "fraud", "rip-off", "unacceptable", "disgusting", "police", "court",
    "sue you",
)  # fmt: skip
"""Words by which a customer complains."""
_NO = (
    r"没有?(?:什么)?(?:用|帮助)|没解决|没有解决|没帮到|还?是?不(?:行|懂|明白|清楚|会|能用)"
    r"|不是(?:这个|我(?:要|想)?问的)|不对|答非所问|文不对题|看不懂|听不懂|无效|not helpful"
    r"|didn'?t help|did not help|doesn'?t help|no help|useless|wrong answer|not what i asked"
    r"|that'?s not|still (?:not|doesn'?t|isn'?t)|not solved|unhelpful"
)
_YES = (
    r"谢谢|多谢|感谢|谢啦|谢了|3q|thx|解决了|有用|有帮助|帮到|明白了?|知道了|清楚了|懂了|好的|收到|可以了|没问题了"
    r"|thanks?|thank you|that helped|helpful|solved|got it|perfect|great|cheers|works now"
)
_AROUND = (
    r"[\s\W]|亲|啊|呀|哦|噢|呢|吧|啦|哈|嗯+|的|了|您?你|这个?|那个?|太|很|非常|好|ok|okay|so"
    r"|much|very|it|this|that"
)
_SHORTEST = 4


def asked_for_human(text: str, own: Iterable[str] = ()) -> str | None:
    """The word by which a text asks for a person; None if it does not."""
    folded = fold(text[:HEARD])
    for word in NO_HUMAN:
        folded = folded.replace(word, " ")
    return _first(folded, HUMAN, own)


def complained(text: str, own: Iterable[str] = ()) -> str | None:
    """The word by which a text complains; None if there is none."""
    return _first(fold(text[:HEARD]), COMPLAINT, own)


def helped(text: str) -> tuple[bool | None, str]:
    """(whether an answer helped, if a text says so; what else the text says).

    That it did not help is heard before thanks: ``谢谢,没解决``.
    """
    folded = fold(text[:HEARD])
    no, yes = _pattern(_NO).search(folded), _pattern(_YES).search(folded)
    if no is None and yes is None:
        return None, text
    rest = _pattern(f"{_NO}|{_YES}|{_AROUND}").sub("", folded)
    if len(rest) < _SHORTEST:
        return no is None, ""
    # With more than that a text goes on. Thanks that open or end a question say nothing, nor does
    # what is wrong with goods; but a question may begin with what was wrong with an answer.
    opens = _pattern(rf"(?:{_YES}|{_AROUND})*(?:{_NO})").match(folded)
    return (None, text) if opens is None else (False, folded[opens.end() :])


def _first(folded: str, words: Iterable[str], own: Iterable[str]) -> str | None:
    """The first word that is in a text; our own words are written as they are compared."""
    for word, wanted in (*((word, word) for word in words), *((word, fold(word)) for word in own)):
        if wanted.isascii() and wanted and wanted[0].isalpha():
            if wanted in folded and _pattern(rf"(?<![a-z]){re.escape(wanted)}(?![a-z])").search(
                folded
            ):
                return word
        elif wanted and wanted in folded:
            return word
    return None
