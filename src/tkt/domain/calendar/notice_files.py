"""A notice of one year's holidays as a file: the desk's own, and the JSON of holiday-cn.

A desk keeps a notice that came after this release, or that changes a shipped one, in
``calendars/china/<year>.yaml``::

    year: 2027
    source: [https://www.gov.cn/…]
    off: {2027-01-01: 元旦}
    work: {2027-02-06: 春节}

``off`` and ``work`` may be plain lists of dates. The public project holiday-cn publishes the same
as JSON, which :func:`from_holiday_cn` understands.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tkt.domain.calendar.dates import DATE, is_date, read_date
from tkt.domain.shape import Fault
from tkt.domain.spec.nested import Either, Key, Keyed, ListOf, Record, taken
from tkt.domain.spec.simple import Number, Text, Texts

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

FIRST, LAST = 1949, 2999
"""Years that there may be a notice of."""


_DAYS = Either(ListOf(DATE), Keyed(Text(), check=is_date, fault="calendar.not_date_key"))
YEAR = Record("china_year", {
    "year": Key(Number(FIRST, LAST), needed=True),
    "source": Texts(),
    "off": Key(_DAYS, needed=True),
    "work": _DAYS,
})  # fmt: skip
"""What a file of calendars/china/ may say."""


def parse(data: Any, *, name: str) -> tuple[dict[str, Any] | None, list[Fault]]:
    """A notice from its YAML, as plain data; None with the faults if anything is wrong with it."""
    found, faults = taken(YEAR, data)
    if not faults:
        faults += _crossed(found)
        if str(found["year"]) != name:
            said = {"year": found["year"], "name": name}
            faults.append(Fault(("year",), "calendar.other_year", said))
        of_year = any(read_date(day).year == found["year"] for day in found["off"])
        if not faults and not of_year:
            faults.append(Fault(("off",), "calendar.no_days", {"year": found["year"]}))
    return (None if faults else found), faults


def _crossed(found: Mapping[str, Any]) -> Iterator[Fault]:
    """Days that are far from their year, or both off and worked."""
    for part in ("off", "work"):
        for place, day in enumerate(found.get(part, ())):
            where = (part, day if isinstance(found[part], dict) else place)
            if abs(read_date(day).year - found["year"]) > 1:
                yield Fault(where, "calendar.far_day", {"value": day, "year": found["year"]})
            if part == "work" and day in found["off"]:
                yield Fault(where, "calendar.both_ways", {"value": day})


def from_holiday_cn(data: Any) -> tuple[dict[str, Any] | None, Fault | None]:
    """A notice from the JSON of holiday-cn as plain data for a file; or what is wrong with it.

    Of a year that is not published yet that project has a file without days.
    """
    if not isinstance(data, dict) or not isinstance(data.get("days"), list):
        return None, Fault((), "calendar.not_holiday_cn")
    days: dict[bool, dict[str, str]] = {True: {}, False: {}}
    for day in data["days"]:
        off = day.get("isOffDay") if isinstance(day, dict) else None
        if not isinstance(off, bool) or not isinstance(day.get("date"), str):
            return None, Fault((), "calendar.not_holiday_cn")
        days[off][day["date"]] = str(day.get("name") or day["date"])
    if not days[True]:
        return None, Fault((), "calendar.no_days", {"year": data.get("year")})
    papers = data.get("papers")
    found = {
        "year": data.get("year"), "source": papers if isinstance(papers, list) else [],
        "off": days[True], "work": days[False],
    }  # fmt: skip
    found = {key: value for key, value in found.items() if value}
    _, faults = parse(found, name=str(data.get("year")))
    return (None, faults[0]) if faults else (found, None)
