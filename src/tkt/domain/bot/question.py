"""What kind of thing a customer says: a question at all, a matter of their own, one of goods.

Most of what goes wrong with answers goes wrong here: words that an article has as well, about
something that no article can know.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from tkt.domain.classify.folding import fold

if TYPE_CHECKING:
    from collections.abc import Sequence

_pattern = cache(re.compile)  # compiled on first use

READ = 2000
"""So many characters of a question are read."""
_ASKS = (
    r"[?吗么嘛呢咋啥谁几]|怎样|如何|什么|多久|多少|多[长大高重远]|哪|为何|能不能|可不可以|是不是|有没有|要不要"
    r"|会不会|行不行|好不好|对不对|是否|还是|可以.{0,12}不|能.{0,10}不"
    r"|\b(?:how|what|when|where|who|whom|which|why|can|could|do|does|is|are|will|would|may)\b"
)
"""How a question is put; who only tells something seldom wants an article."""
_OWN = (
    r"我那|我已经|我(?:朋友|老婆|老公|妈|爸)|帮我(?:看|查|催|确认|核实|改|取消|备注|写|把|算)"
    r"|(?:给|替)我(?:看|查|催|问)|刚才|刚刚说|上次|上回|(?:上午|下午|昨天|前天|之前|刚)(?:问|说|聊|联系)"
    r"|(?:买|拍|订|定)的那[件个单双条款台箱]|说好的|答应(?:我|过|了|好)|有?进展|核实|确认一?下|师傅|人呢|尾号"
    r"|你们必须|[a-z]{0,4}[0-9]{8,}"
    r"|\b(?:check|look up|look into|confirm) (?:it|my|on my)\b"
    r"|\border (?:no|number|#)\W*[a-z]*[0-9]{4,}"
    r"|\b(?:has|have|did|is|was) (?:my|the) (?:order|parcel|package|refund|return)\b"
    r"|\bwhere(?: is|'s|s) my\b|\byou (?:promised|said|told me)\b|\b(?:as|like) last time\b"
)
"""How a customer speaks of what is known to both sides, or wants something done."""
_THINGS = (
    r"我的?(?:快递|包裹|订单|单子?|退款|退货|换货|发票|件|货|东西)"
    r"|\bmy (?:order|parcel|package|refund|return)\b"
)
"""What belongs to a customer; how one sees or does something with it is asked in general."""
_GENERALLY = (
    r"怎么(?!还|没|不|又|样)|如何|为什么|为啥|哪[里儿]?(?:可以|能)?(?:看|查|点|找)|一般|是真的"
    r"|\bhow (?:do|can|to)\b|\bcan i\b|\bwhen (?:will|do)\b"
)
_GOODS = (
    "防水", "防滑", "防晒", "续航", "待机", "充一次", "充满", "功率", "瓦", "毫升", "容量",
    "能装", "承重", "多重", "噪音", "噪声", "分贝", "费电", "耗电", "省电", "几度", "内存",
    "像素", "分辨率", "蓝牙", "苹果", "安卓", "兼容", "适配", "微波炉", "烤箱", "洗碗机",
    "洗衣机", "电磁炉", "机洗", "水洗", "手洗", "保温", "缩水", "掉色", "褪色", "起球", "透不透",
    "透气", "厚不厚", "显胖", "显瘦", "甲醛", "甜", "辣", "口感", "味道", "好吃", "好喝", "好闻",
    "好用", "热量", "糖尿病", "高血压", "孕妇", "哺乳", "宝宝", "婴儿", "老人", "宠物", "狗",
    "猫", "敏感肌", "油皮", "干皮", "能治", "治疗", "功效", "副作用", "上飞机", "哪个好", "哪款",
    "哪一款", "哪一个", "哪种", "哪个型号", "更好", "比上一代", "升级了", "区别", "对比", "隔壁",
    "别家", "怎么搭", "搭什么", "配什么", "好看", "推荐", "哪国", "国产", "产地", "waterproof",
    "battery", "charger", "dishwasher", "microwave", "oven", "machine wash", "washable",
    "compatible", "iphone", "android", "recommend", "better", "difference between", "pregnant",
    "baby", "dog", "cat", "noisy", "loud", "watts", "capacity", "taste", "shrink", "fade",
)  # fmt: skip
"""What is asked of one product: what it is, does, suits and stands, and which one to take."""
_OPPOSITES = (
    (r"[没未](?:有)?(?:发|寄|出库)|还没有?(?:发|寄)|\bnot (?:yet )?shipped"
     r"|before (?:it|they) ships?",
     r"发货(?:以?后|了)|已经?(?:发|寄)|[发寄](?:走|出去|出了|出来?[了以])|寄出了?|[在到半]路上|途中"
     r"|\bhas shipped|after (?:it|they) ship"),
    (r"[没未](?:有)?(?:收到|到货|到手|拿到)|还没到|\bnot (?:arrived|received)",
     r"(?<![没未有])收到(?!退|钱)|签收[了后]|到手[了后]|\breceived it"),
    (r"[没未不](?:有)?付|[没未]给钱|\bunpaid", r"付(?:完|过|了)|已经?付|付款[以之]?后|\bpaid for"),
)  # fmt: skip
"""What cannot be at once: before and after dispatch, arrival, payment."""


def asks(text: str) -> bool:
    """Whether a text is put as a question."""
    return bool(_pattern(_ASKS).search(fold(text[:READ])))


def own_matter(text: str) -> str | None:
    """The words by which a customer means a matter of their own, which somebody has to look up."""
    folded = fold(text[:READ])
    match = _pattern(_OWN).search(folded)
    if match is None and not _pattern(_GENERALLY).search(folded):
        match = _pattern(_THINGS).search(folded)
    return match[0] if match else None


def of_goods(text: str, said: str) -> str | None:
    """The word by which a text asks for something of one product; None if ``said`` has it too."""
    folded = fold(text[:READ])
    found = (word for word in _GOODS if word in folded and word not in said)
    return next((word for word in found if not word.isascii() or _is_word(word, folded)), None)


def sides(text: str) -> tuple[int, ...]:
    """Of each of some opposites: -1 where a text speaks of before, 1 of after, 0 of neither."""
    folded = fold(text[:READ])
    return tuple(_side(folded, before, after) for before, after in _OPPOSITES)


def are_contrary(one: Sequence[int], other: str) -> bool:
    """Whether a text speaks of after where one with such :func:`sides` speaks of before."""
    return any(one) and any(
        mine * theirs < 0 for mine, theirs in zip(one, sides(other), strict=True)
    )


def _side(folded: str, before: str, after: str) -> int:
    """-1: before, 1: after, 0: neither or both."""
    return bool(_pattern(after).search(folded)) - bool(_pattern(before).search(folded))


def _is_word(word: str, folded: str) -> bool:
    return bool(_pattern(rf"(?<![a-z]){word}(?:s|d|ed)?(?![a-z])").search(folded))
