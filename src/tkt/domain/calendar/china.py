"""Public holidays and make-up days of China, as the State Council has published them.

From 2007 on they are as the public project holiday-cn (github.com/NateScarlet/holiday-cn, MIT)
has taken them from the notices, among them those that changed a year in its course: 2015 (the
victory's 70th anniversary), 2019 (1 May) and 2020 (the Spring Festival, on 27 January). 2004 to
2006 are what the packages chinesecalendar and holidays agree on; of 2005-12-31, where they do not,
the notice of 2006 says that it is worked. All three have been compared day by day. In November 2026
there is no notice of 2027: ``tkt calendar import`` takes it in when it comes.

A holiday says its days off and, behind a ``+``, the days worked for them; month and day, with the
year in front where it is another.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator

_TABLE: Final = {
    2004: (
        "元旦 0101; 春节 0122-0128 +0117 +0118; 劳动节 0501-0507 +0508 +0509; "
        "国庆节 1001-1007 +1009 +1010"
    ),
    2005: (
        "元旦 0101-0103; 春节 0209-0215 +0205 +0206; 劳动节 0501-0507 +0430 +0508; "
        "国庆节 1001-1007 +1008 +1009"
    ),
    2006: (
        "元旦 0101-0103 +20051231; 春节 0129-0204 +0128 +0205; "
        "劳动节 0501-0507 +0429 +0430; 国庆节 1001-1007 +0930 +1008"
    ),
    2007: (
        "元旦 0101-0103 +20061230 +20061231; 春节 0218-0224 +0217 +0225; "
        "劳动节 0501-0507 +0428 +0429; 国庆节 1001-1007 +0929 +0930"
    ),
    2008: (
        "元旦 20071230-0101 +20071229; 春节 0206-0212 +0202 +0203; 清明节 0404-0406; "
        "劳动节 0501-0503 +0504; 端午节 0607-0609; 中秋节 0913-0915; "
        "国庆节 0929-1005 +0927 +0928"
    ),
    2009: (
        "元旦 0101-0103 +0104; 春节 0125-0131 +0124 +0201; 清明节 0404-0406; "
        "劳动节 0501-0503; 端午节 0528-0530 +0531; 国庆节、中秋节 1001-1008 +0927 +1010"
    ),
    2010: (
        "元旦 0101-0103; 春节 0213-0219 +0220 +0221; 清明节 0403-0405; 劳动节 0501-0503; "
        "端午节 0614-0616 +0612 +0613; 中秋节 0922-0924 +0919 +0925; "
        "国庆节 1001-1007 +0926 +1009"
    ),
    2011: (
        "元旦 0101-0103; 春节 0202-0208 +0130 +0212; 清明节 0403-0405 +0402; "
        "劳动节 0430-0502; 端午节 0604-0606; 中秋节 0910-0912; 国庆节 1001-1007 +1008 +1009"
    ),
    2012: (
        "元旦 0101-0103 +20111231; 春节 0122-0128 +0121 +0129; "
        "清明节 0402-0404 +0331 +0401; 劳动节 0429-0501 +0428; 端午节 0622-0624; "
        "中秋节、国庆节 0930-1007 +0929"
    ),
    2013: (
        "元旦 0101-0103 +0105 +0106; 春节 0209-0215 +0216 +0217; "
        "清明节 0404-0406 +0407; 劳动节 0429-0501 +0427 +0428; "
        "端午节 0610-0612 +0608 +0609; 中秋节 0919-0921 +0922; "
        "国庆节 1001-1007 +0929 +1012"
    ),
    2014: (
        "元旦 0101; 春节 0131-0206 +0126 +0208; 清明节 0405 0407; 劳动节 0501-0503 +0504; "
        "端午节 0602; 中秋节 0908; 国庆节 1001-1007 +0928 +1011"
    ),
    2015: (
        "元旦 0101-0103 +0104; 春节 0218-0224 +0215 +0228; 清明节 0405-0406; 劳动节 0501; "
        "端午节 0620 0622; 抗战胜利纪念日 0903-0905 +0906; 中秋节 0927; 国庆节 1001-1007 +1010"
    ),
    2016: (
        "元旦 0101; 春节 0207-0213 +0206 +0214; 清明节 0404; 劳动节 0501-0502; "
        "端午节 0609-0611 +0612; 中秋节 0915-0917 +0918; 国庆节 1001-1007 +1008 +1009"
    ),
    2017: (
        "元旦 0101-0102; 春节 0127-0202 +0122 +0204; 清明节 0402-0404 +0401; 劳动节 0501; "
        "端午节 0528-0530 +0527; 中秋节、国庆节 1001-1008 +0930"
    ),
    2018: (
        "元旦 0101; 春节 0215-0221 +0211 +0224; 清明节 0405-0407 +0408; "
        "劳动节 0429-0501 +0428; 端午节 0618; 中秋节 0924; 国庆节 1001-1007 +0929 +0930"
    ),
    2019: (
        "元旦 20181230-0101 +20181229; 春节 0204-0210 +0202 +0203; 清明节 0405; "
        "劳动节 0501-0504 +0428 +0505; 端午节 0607; 中秋节 0913; 国庆节 1001-1007 +0929 +1012"
    ),
    2020: (
        "元旦 0101; 春节 0124-0202 +0119; 清明节 0404-0406; "
        "劳动节 0501-0505 +0426 +0509; 端午节 0625-0627 +0628; "
        "国庆节、中秋节 1001-1008 +0927 +1010"
    ),
    2021: (
        "元旦 0101-0103; 春节 0211-0217 +0207 +0220; 清明节 0403-0405; "
        "劳动节 0501-0505 +0425 +0508; 端午节 0612-0614; 中秋节 0919-0921 +0918; "
        "国庆节 1001-1007 +0926 +1009"
    ),
    2022: (
        "元旦 0101-0103; 春节 0131-0206 +0129 +0130; 清明节 0403-0405 +0402; "
        "劳动节 0430-0504 +0424 +0507; 端午节 0603-0605; 中秋节 0910-0912; "
        "国庆节 1001-1007 +1008 +1009"
    ),
    2023: (
        "元旦 20221231-0102; 春节 0121-0127 +0128 +0129; 清明节 0405; "
        "劳动节 0429-0503 +0423 +0506; 端午节 0622-0624 +0625; "
        "中秋节、国庆节 0929-1006 +1007 +1008"
    ),
    2024: (
        "元旦 0101; 春节 0210-0217 +0204 +0218; 清明节 0404-0406 +0407; "
        "劳动节 0501-0505 +0428 +0511; 端午节 0610; 中秋节 0915-0917 +0914; "
        "国庆节 1001-1007 +0929 +1012"
    ),
    2025: (
        "元旦 0101; 春节 0128-0204 +0126 +0208; 清明节 0404-0406; 劳动节 0501-0505 +0427; "
        "端午节 0531-0602; 国庆节、中秋节 1001-1008 +0928 +1011"
    ),
    2026: (
        "元旦 0101-0103 +0104; 春节 0215-0223 +0214 +0228; 清明节 0404-0406; "
        "劳动节 0501-0505 +0509; 端午节 0619-0621; 中秋节 0925-0927; "
        "国庆节 1001-1007 +0920 +1010"
    ),
}  # fmt: skip
_PAPERS: Final = {
    2007: "2008-03/28/content_1761",
    2008: "2008-03/28/content_1645",
    2009: "2008-12/10/content_1572",
    2010: "2009-12/08/content_1476",
    2011: "2010-12/10/content_1423",
    2012: "2011-12/06/content_1411",
    2013: "2012-12/10/content_1353",
    2014: "2014-01/02/content_1194",
    2015: "2014-12/16/content_9302 2015-05/13/content_9742",
    2016: "2015-12/10/content_10394",
    2017: "2016-12/01/content_5141603",
    2018: "2017-11/30/content_5243579",
    2019: "2018-12/06/content_5346276 2019-03/22/content_5375877",
    2020: "2019-11/21/content_5454164 2020-01/27/content_5472352",
    2021: "2020-11/25/content_5564127",
    2022: "2021-10/25/content_5644835",
    2023: "2022-12/08/content_5730844",
    2024: "202310/content_6911528",
    2025: "202411/content_6986383",
    2026: "202511/content_7047091",
}
_SITE = "https://www.gov.cn/zhengce/zhengceku"
YEARS = tuple(_TABLE)
"""The years that ship."""

ENGLISH: Final = {
    "元旦": "New Year",
    "春节": "Spring Festival",
    "清明节": "Qingming",
    "劳动节": "Labour Day",
    "端午节": "Dragon Boat",
    "中秋节": "Mid-Autumn",
    "国庆节": "National Day",
    "抗战胜利纪念日": "Victory Day",
}
"""What the holidays are called in English; two at once are joined by ``、``."""


def english(name: str) -> str:
    """The English name of a holiday, where there is one."""
    return ", ".join(ENGLISH.get(part, part) for part in name.split("、"))


def source_of(year: int) -> tuple[str, ...]:
    """Where the notices of a year stand."""
    return tuple(f"{_SITE}/{paper}.htm" for paper in _PAPERS.get(year, "").split())


def days_of(year: int) -> tuple[dict[date, str], dict[date, str]]:
    """(days off, days to work) by the notice of a year, each with the name of its holiday."""
    off: dict[date, str] = {}
    work: dict[date, str] = {}
    for part in _TABLE[year].split("; "):
        name, *words = part.split(" ")
        for word in words:
            days = dict.fromkeys(_days(word.removeprefix("+"), year), name)
            (work if word.startswith("+") else off).update(days)
    return off, work


def _days(word: str, year: int) -> Iterator[date]:
    first, _, last = word.partition("-")
    day, end = _day(first, year), _day(last or first, year)
    while day <= end:
        yield day
        day += timedelta(days=1)


def _day(text: str, year: int) -> date:
    of_year = int(text[:-4]) if len(text) > 4 else year
    return date(of_year, int(text[-4:-2]), int(text[-2:]))
