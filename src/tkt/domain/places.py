"""Addresses in texts: what names a home, and what of it is hidden.

Of a Chinese address the city and its district stay, of one without them the street or the estate:
``杭州市西湖区文三路478号`` is ``杭州市西湖区***``, ``科技园3号楼1204`` is ``科技园***``.
Numbers that only count something (``3号仓库``, ``2号楼2000件``) are none.
A line is looked at by itself.
"""

from __future__ import annotations

import re

HIDDEN = "***"
HAN = "一-鿿"
NUMERAL = "一二三四五六七八九零〇幺"
"""The digits as they are read out."""

_GAP = r"[ \t\u3000]"
_N = rf"[\d{NUMERAL}十]{{1,5}}{_GAP}?"
_ROAD = rf"(?:路|街|大道|巷|弄|胡同|村|段){_GAP}?"
_HOUSE = r"(?:号楼|号院|栋|幢|座|单元)"
_TOWER = rf"[A-Za-z]{_GAP}?[座栋幢]{_GAP}?"
_WING = rf"(?:\d{{1,3}}[\-－])?{_TOWER}|[A-Za-z][\-－]?\d{{1,3}}{_GAP}?[座栋幢室]"
_GROUP = rf"{_N}[组队社](?:{_N}号|(?![合装成建件套]))"
"""In a village, houses are counted by groups."""
_BUILT = rf"(?:小区|花园|公寓|家园|新村|[苑城园湾府庭墅寓邸座里]){_GAP}?"
_DASHED = r"\d{1,3}(?:[\-－]\d{1,3})?[\-－]\d{3,4}(?![\d\-－])"
_AMOUNT = rf"(?![\d*]|{_GAP}?(?:(?!1\d\d\*)\d|[.元块件个套年月天份箱斤米毫升ml%％]))"
"""Behind a bare number: it is a room's, and counts nothing; a masked telephone may follow."""
_ROOM = rf"(?:\d{{3,4}}(?:{_GAP}?[室房]|{_AMOUNT})|[{NUMERAL}]{{3,4}}{_GAP}?[室房])"
_BEHIND = (
    rf"(?:[ ,，]?{_N}(?:号楼|号院|号|弄|[栋幢座层楼室房]|单元|#)"
    rf"|[ ,，]?[{HAN}A-Za-z]{{0,12}}?{_GAP}?(?:{_N}(?:号楼|[栋幢室]|单元)|{_WING})"
    rf"|[ \-－]?\d{{3,4}}{_AMOUNT}|[ ,，]?1\d\d\*{{4}}\d{{4}}[ ,，]{{1,2}}{_ROOM})*"
)
"""What an address goes on with: buildings, units, floors, rooms, also behind a telephone."""
_CITY = rf"(?:省|(?<![超城门菜夜上])市|(?<![小园社校厂片景禁战地])区|(?<!知)县|旗){_GAP}?"
"""The end of a province, a city or a district, and not of a 小区 or a 超市."""
_WITHIN = r"(?:(?<=[小园社校厂片景])区|(?<=[超城])市|[^省市区县旗\W_]|[ ·()（）])"
_PART = r"(?:[东西南北中一二三四五六七]{1,2}段)?"
_STREETS = rf"(?<![的在到这那条一走上半公铁马线])(?:路|街|大道|巷|胡同|村){_PART}"
HOME = (
    rf"(?P<city>{_CITY})(?!的|客服|仓库){_WITHIN}{{0,24}}?"
    rf"(?:{_ROAD}{_N}[号弄]|[村屯寨]{_GROUP}|{_N}{_HOUSE}|{_TOWER}\d|\d{{3,5}}室|{_BUILT}{_DASHED}){_BEHIND}"
    rf"|(?P<road>[{HAN}]{_STREETS}{_GAP}?)\d{{1,5}}{_GAP}?[号弄](?!线|出口){_BEHIND}"
    rf"|(?<![\d第]){_N}(?:号楼|[栋幢座]){_GAP}?(?:{_N}单元{_GAP}?)?(?:{_N}[楼层]{_GAP}?)?{_ROOM}"
    rf"|(?<![A-Za-z]){_TOWER}{_ROOM}|{_N}单元{_GAP}?{_ROOM}"
    rf"|(?P<built>{_BUILT}){_DASHED}|(?P<village>[{HAN}](?<![的在到这那])[村屯寨]){_GROUP}"
)
"""A Chinese address, from its last district on, or the part of it that names the home."""

_SUFFIX = (
    r"(?:(?:Street|St|Avenue|Ave|Road|Rd|Boulevard|Blvd|Lane|Ln|Terrace|Crescent|Mews|Parkway|Pkwy)\b"
    r"|(?:Drive|Dr|Close|Gardens|Grove|Court|Ct|Square|Sq|Way|Place|Pl)\b"
    r"(?=\.?(?:,|$| (?:Apt|Unit|Flat|Suite))))\.?"
)
_FLAT = rf"(?i:apt|apartment|unit|suite|ste|flat|room|rm)\.?{_GAP}*#?{_GAP}?\w{{1,6}}"
_NAMED = rf"(?:[NSEW]\.?{_GAP}+)?(?:[A-Z][\w'’.]*{_GAP}+){{1,4}}{_SUFFIX}"
STREET = (
    rf"(?<![\w*])(?:{_FLAT},?{_GAP}+)?\d{{1,5}}[A-Za-z]?{_GAP}+"
    rf"(?:{_NAMED}|[a-z]{{2,}}{_GAP}+(?:street|avenue|boulevard)\b)"
    rf"(?:,?{_GAP}+(?:{_FLAT}|#{_GAP}?\w{{1,6}}))?"
    rf"|(?<![\w*])(?=\w+\.?{_GAP}*#?{_GAP}?[A-Za-z]?\d){_FLAT},{_GAP}+{_NAMED}"
    rf"|(?i:P\.?{_GAP}?O\.?{_GAP}?Box{_GAP}+\d{{1,6}})"
)
"""An English address: house and street, with a flat before or behind."""

_WORDS_BEFORE = rf"[{HAN}]+$"
_CUE = r"^.*(?:地址|收货|改成|就是|[是为到在住寄送往])"
"""What leads up to an address in a sentence, and is none of it."""


def masked_home(match: re.Match[str]) -> str | None:
    """A Chinese address with the city, the street or the estate that it began with."""
    return (
        match["city"] or match["road"] or match["built"] or match["village"] or ""
    ).rstrip() + HIDDEN


def masked_street(_: re.Match[str]) -> str | None:
    """Nothing of an English one: the city stands behind it."""
    return HIDDEN


def whole(match: re.Match[str]) -> str:
    """The whole address as it was written, with the city before it."""
    words = re.search(_WORDS_BEFORE, match.string[max(0, match.start() - 30) : match.start()])
    before = re.sub(_CUE, "", words[0]) if words else ""
    return before + match[0]
