"""Personal data in what people write: found, and masked so that it can still be spoken of.

``13800138000`` becomes ``138****8000``, an identity card ``310***********123X``, a bank card
``6222********0123``, an e-mail address ``l***@163.com``, a home ``杭州市西湖区***``.
What a shop works with every day stays: order numbers, parcels, prices, dates, versions, and the
numbers of services (400, 800).

A number is judged by its shape and its check digits, and by the word before it: what stands behind
``订单号`` or ``tracking no.`` is none of a person's. Masking twice is masking once.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from tkt.domain import places
from tkt.domain.places import HAN, NUMERAL
from tkt.named import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

STAR = "*"
_PRIVATE = 7
"""Shorter numbers are services and extensions."""
_FULL_WIDTH = {ord("０") + i: str(i) for i in range(10)}
_ROUNDS = 4
"""So often a text is looked through again: taking out one number can lay bare another."""


class Found(NamedTuple):
    """One piece of personal data: ``kind`` is mobile, phone, card, bank, mail or address."""

    kind: str
    value: str


class Masked(NamedTuple):
    """A text without personal data, and what was found in it, in full."""

    text: str
    found: tuple[Found, ...] = ()


def mask(text: str, public: Sequence[str] = ()) -> Masked:
    """``text`` with all personal data masked; ``public`` texts in it (the shop's own) stay."""
    if not _maybe()(text) and (text.isascii() or not _maybe()(_seen(text))):
        return Masked(text)
    found: list[Found] = []
    said, text = text, _seen(text)
    for _ in range(_ROUNDS):
        before = text
        for needed, kind, pattern, judge in _rules():
            if needed(text):
                text = _replaced(text, kind, pattern, judge, found, public)
        if text == before:
            break
    return Masked(text, tuple(dict.fromkeys(found))) if found else Masked(said)


def _seen(text: str) -> str:
    """A text as it is read: digits of half width, and no signs in numbers that nobody sees."""
    text = text.translate(_FULL_WIDTH)
    return text if text.isascii() else _unseen().sub("", text)


@cache
def _unseen() -> re.Pattern[str]:
    signs = "[\u00ad\u034f\u061c\u180e\u200b-\u200f\u2060-\u2064\ufe0e\ufe0f\u20e3\ufeff]+"
    number = r"[\w@.+＋\-－*]"
    return re.compile(rf"(?<={number}){signs}(?={number})")


def masked_phone(text: str) -> Masked:
    """A telephone number of whatever shape, where it is known to be one; a short one stays."""
    masked = mask(text)
    if masked.found or STAR in text or len(_plain(text)) < _PRIVATE:
        return masked
    return Masked(_starred(text, 0, 2), (Found("phone", text),))


def _replaced(
    text: str,
    kind: str,
    pattern: re.Pattern[str],
    judge: Callable[[re.Match[str]], str | None],
    found: list[Found],
    public: Sequence[str],
) -> str:
    """``text`` with what one rule finds masked."""

    def masked(match: re.Match[str]) -> str:
        whole = match[0]
        shown = judge(match)
        if shown is None or shown == whole or _is_public(match, public):
            return whole
        value = (
            places.whole(match) if kind == "address" else match.groupdict().get("number") or whole
        )
        found.append(Found(kind, value.strip()))
        return shown

    return pattern.sub(masked, text)


def _is_public(match: re.Match[str], public: Sequence[str]) -> bool:
    """Whether what was found lies within something that the shop has published, or around it."""
    for own in public:
        at = match.string.find(own, max(0, match.start() - len(own)))
        if own and at != -1 and at < match.end() and match.start() < at + len(own):
            return True
    return False


# -- what a text must have at all ---------------------------------------------------------------

_SIGNS = r" \t\u00a0\u2000-\u200a\u202f\u3000\-－‐-―−·.．"
"""Spaces and dashes of all kinds: pages and word processors put in their own."""
_GAP = rf"(?:[{_SIGNS}]{{1,3}})"
_SLASH = rf"(?:[{_SIGNS}/／_]{{1,3}})"
"""What stands between the digits of a number; the second is for mobile numbers only."""
_LABEL_AT = 14
"""So many characters before a number are looked at for the word that says what it is."""


@cache
def _maybe() -> Callable[[str], object]:
    """A cheap look that settles nearly every text: too few digits, and nothing like an address."""
    return re.compile(
        rf"\d(?:[{_SIGNS}()（）/／_]{{0,3}}[\d*]){{6}}|\w[@＠]\w"
        rf"|[\d{NUMERAL}](?:{_GAP}?[\d{NUMERAL}]){{10}}"
        rf"|[路街道巷弄同村园苑区寓城湾府段]\s?[\d{NUMERAL}]|[\d{NUMERAL}十]\s?(?:号楼|[栋幢弄室]|单元)"
        r"|[A-Za-z]\s?[座栋幢]|\d\w?,?\s+[A-Za-z]|[Bb][Oo][Xx]\s*\d"
    ).search


@cache
def _seven_digits() -> Callable[[str], object]:
    return re.compile(rf"\d(?:[{_SIGNS}()（）/／_]*\d){{6}}").search


@cache
def _rules() -> tuple[
    tuple[Callable[[str], object], str, re.Pattern[str], Callable[[re.Match[str]], str | None]],
    ...,
]:
    """(what a text needs to have, kind, pattern, what it becomes or None), the surest first."""
    digits = _seven_digits()
    han = re.compile(rf"[\d{NUMERAL}](?:{_GAP}?[\d{NUMERAL}]){{10}}").search
    at = re.compile("[@＠]").search
    place = re.compile(rf"[\d{NUMERAL}十][{HAN}\s\-－#]|[A-Za-z]\s?[座栋幢]|[\-－]\d{{3}}").search
    latin = re.compile(r"\d\w?,?\s+[A-Za-z]|(?i:box)\s*\d").search
    return (
        (at, "mail", re.compile(_MAIL), _mail),
        (digits, "card", re.compile(_CARD), _card),
        (digits, "bank", re.compile(_BANK), _bank),
        (digits, "mobile", re.compile(_MOBILE), _mobile),
        (digits, "phone", re.compile(_ABROAD), _abroad),
        (digits, "phone", re.compile(_LANDLINE), _landline),
        (digits, "phone", re.compile(_LABELLED), _labelled),
        (han, "mobile", re.compile(_SPELT), _spelt),
        (place, "address", re.compile(places.HOME), places.masked_home),
        (latin, "address", re.compile(places.STREET), places.masked_street),
    )


# -- numbers ------------------------------------------------------------------------------------

_OPEN = r"(?<![\d*])(?<!\d[.,])"
"""A number begins here: no digit before it, nor a masked one."""
_SHUT = r"(?![\-－—‐·]?[\d*]|[.．,]\d)"
_MOBILE = (
    rf"(?<![\d*])(?<!\d[.])(?P<code>(?:[+＋]|00?)?86{_GAP}?|[(（][+＋]?86[)）]{_GAP}?)?"
    rf"(?P<number>1[3-9]\d{_SLASH}?(?:\d{{4}}{_SLASH}?\d{{4}}|\d{{3}}{_GAP}?\d{{5}})"
    rf"|1[3-9]\d\d{_GAP}\d{{3}}{_GAP}\d{{4}}|1[3-9]\d{{3}}{_GAP}\d{{6}}"
    rf"|1{_GAP}[3-9](?:{_GAP}\d){{9}})(?![\d*]|[.．]\d)"
)
"""A comma may stand before and a dash behind: ``订单2511002233,13800138000-1234``."""
_SPELT = (
    rf"(?<![\d{NUMERAL}*])(?P<number>[1一幺]{_GAP}?[3-9三四五六七八九](?:{_GAP}?[\d{NUMERAL}]){{9}})"
    rf"(?![\d{NUMERAL}*十百千万亿])"
)
_ABROAD = (
    rf"{_OPEN}(?:[+＋](?!86)\d{{1,3}}(?:[ \-]?[(（]?\d{{1,4}}[)）]?){{2,5}}"
    rf"|[(（](?![48]00)[2-9]\d\d[)）] ?\d{{3}}[ \-]\d{{4}}"
    rf"|(?![48]00)[2-9]\d\d([\-.])\d{{3}}\1\d{{4}}|07\d{{3}} \d{{3}} ?\d{{3}}){_SHUT}"
)
_AREA = r"(?:010|02\d|0[3-9]\d\d)"
_LANDLINE = (
    rf"{_OPEN}(?:[(（]{_AREA}[)）]|(?:[+＋]86{_GAP}?)?{_AREA}){_GAP}{{0,2}}"
    rf"(?:\d{{7,8}}|\d{{3,4}}{_GAP}\d{{4}})(?:[ ]?(?:转|分机|ext\.?|x)[ ]?\d{{1,6}})?{_SHUT}"
)
_LABELLED = (
    r"(?i)(?P<label>(?:电话|座机|固话|手机|联系方式|tel|phone|mobile)(?:号码|号)?(?:是|为)?"
    r"[ \t:：.]{0,3})"
    rf"(?P<number>[2-9]\d{{2,3}}{_GAP}?\d{{4}}){_SHUT}"
)
_CARD = (
    rf"{_OPEN}(?P<number>[1-9]\d{{5}}{_GAP}?(?:18|19|20)\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])"
    rf"{_GAP}?\d{{3}}[\dXxＸｘ]|[1-9]\d{{7}}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{{3}}"
    rf"|[1-9](?:{_GAP}?\d){{16}}{_GAP}?[\dXxＸｘ])(?:(?<=[XxＸｘ])|{_SHUT})"
)
_BANK = (
    rf"{_OPEN}(?P<number>\d{{4}}(?:{_GAP}?\d{{4}}){{3}}(?:{_GAP}?\d{{1,3}})?"
    rf"|\d{{6}}{_GAP}\d{{13}}){_SHUT}"
)
_MAIL = (
    r"(?<![A-Za-z0-9_.%+\-*])(?P<who>[A-Za-z0-9_][A-Za-z0-9._%+\-]{0,63})(?P<at>[@＠])"
    r"(?P<where>[A-Za-z0-9](?:[A-Za-z0-9\-]{0,62}\.){1,4}[A-Za-z]{2,24})(?![A-Za-z0-9\-])"
)
_NOT_A_PERSON = (
    r"(?i)(?:订单|单号|运单|快递|物流|流水|编号|编码|货号|款号|型号|规格|条码|批号|发票|交易|imei|序列|工单|"
    r"order|tracking|parcel|waybill|invoice|serial|sku|item|no|nr|ref)"
    r"(?:号码|编号|单号|号)?(?:\s?(?:no|id|number|#)\.?)?[ \t\u3000:：#.是为]{0,3}\Z"
)
"""The word before a number that is none of a person's."""
_WORD = r"(?:\A|[^A-Za-z0-9_])(?!(?i:yt|sf|zto|sto|yd|jd|jt|db|ems|id|sn)\Z)[A-Za-z]*[a-z]\Z"
"""Letters before a number that are no parcel's: those are capitals or known."""
_PARAMETER = r"(?i)[?&](?!(?:tel|phone|mobile|mob)=)[\w\-]{1,12}=\Z"
_UNIT = r"(?i)[ \t]?(?:元(?!旦|宵)|块钱|[mck]m(?![a-z])|ml(?![a-z])|[mk]?g(?![a-z])|px(?![a-z]))"
"""Behind a number: it measures something."""
_ITS_WORD = r"(?i)(?:tel|phone|mobile|mob|call|wx|vx|v|weixin|wechat|qq|zfb|alipay)\W?\Z|\*\d{3}X\Z"
_SPELT_OUT = 2
"""So many digits in words make a number of digits and words: ``1380013800一共`` is none."""
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_PROVINCES = frozenset(
    {*range(11, 16), *range(21, 24), *range(31, 38), *range(41, 47), *range(50, 55),
     *range(61, 66), 71, 81, 82, 83}
)  # fmt: skip


def _plain(text: str) -> str:
    """The digits of a number, full-width ones as plain ones; an ``X`` at its end stays."""
    kept = "".join(str(int(c)) for c in text if c.isdecimal())
    return kept + "X" if text[-1:] in "XxＸｘ" else kept


def _before(match: re.Match[str]) -> str:
    return match.string[max(0, match.start() - _LABEL_AT) : match.start()]


def _is_other(match: re.Match[str]) -> bool:
    """Whether a number belongs to an order, a parcel or the like: by its letters or its label."""
    before = _before(match)
    if re.match(_UNIT, match.string[match.end() : match.end() + 4]):
        return True
    if re.search(_NOT_A_PERSON, before) or re.search(_PARAMETER, before):
        return True
    if re.search(r"[A-Za-z_#]\Z", before):
        return not (re.search(_ITS_WORD, before) or re.search(_WORD, before))
    return False


def _starred(text: str, first: int, last: int) -> str:
    """A number with its ``first`` and ``last`` characters, and a star for each between."""
    kept = re.sub(rf"{_SLASH}|[()（）]", "", text)
    return kept[:first] + STAR * (len(kept) - first - last) + kept[len(kept) - last :]


def _mobile(match: re.Match[str]) -> str | None:
    if match["code"] is None and _is_other(match):
        return None
    return (match["code"] or "") + _starred(match["number"], 3, 4)


def _spelt(match: re.Match[str]) -> str | None:
    if len(re.findall(f"[{NUMERAL}]", match[0])) < _SPELT_OUT or _is_other(match):
        return None
    return _starred(match["number"], 3, 4)


def _abroad(match: re.Match[str]) -> str | None:
    number = match[0]
    digits = _plain(number)
    if not 9 <= len(digits) <= 15 or _is_other(match):
        return None
    return number[: 3 if number[0] in "+＋" else 0] + STAR * 4 + digits[-2:]


def _landline(match: re.Match[str]) -> str | None:
    if _is_other(match):
        return None
    number = match[0]
    digits = _plain(number)
    area = 2 if digits.startswith("86") else 0
    area += 3 if digits[area : area + 2] in ("01", "02") else 4
    return f"{digits[:area]}-{STAR * 6}{digits[-2:]}"


def _labelled(match: re.Match[str]) -> str | None:
    return match["label"] + _starred(match["number"], 0, 2)


def _card(match: re.Match[str]) -> str | None:
    number = _plain(match["number"])
    if int(number[:2]) not in _PROVINCES:
        return None
    labelled = re.search("身份证|证件", _before(match)) and not _is_other(match)
    if not labelled and not (_has_birthday(number) and _is_card(number, match)):
        return None
    return number[:3] + STAR * (len(number) - 7) + number[-4:]


def _has_birthday(number: str) -> bool:
    if len(number) == 15:
        return True  # its pattern asks for one
    return re.match(r"\d{6}(?:18|19|20)\d\d(?:0[1-9]|1[0-2])[0-3]\d", number) is not None


def _is_card(number: str, match: re.Match[str]) -> bool:
    if _is_other(match):
        return False
    if len(number) == 15:
        return not _luhn(number)  # the number of a telephone set is made like that
    total = sum(int(d) * w for d, w in zip(number, _WEIGHTS, strict=False))
    return "10X98765432"[total % 11] == number[-1]


def _bank(match: re.Match[str]) -> str | None:
    number = _plain(match["number"])
    if not _luhn(number) or _is_other(match):
        return None
    if not number.startswith("62") and (
        len(number) != 16 or not re.match(r"4|5[1-5]|2[2-7]|35|60|9", number)
    ):
        return None
    return _starred(number, 4, 4)


def _luhn(number: str) -> bool:
    odd = [int(d) for d in number[-1::-2]]
    even = [sum(divmod(2 * int(d), 10)) for d in number[-2::-2]]
    return (sum(odd) + sum(even)) % 10 == 0


def _mail(match: re.Match[str]) -> str | None:
    return f"{match['who'][0]}{places.HIDDEN}{match['at']}{match['where']}"
