"""Shifts for phones, read back by a library that knows iCalendar."""

from __future__ import annotations

import unicodedata
from datetime import UTC, date, datetime
from typing import Any

import icalendar
from hypothesis import given
from hypothesis import strategies as st

from tkt.domain.settings import Agent, Settings
from tkt.render import ical
from tkt.services.roster.looking import stints_and_leave

NOW = datetime(2026, 11, 1, tzinfo=UTC)
FIRST, LAST = date(2026, 11, 9), date(2026, 11, 15)


def a_desk(name: str = "早班", reason: str = "年假", zone: str = "Asia/Shanghai") -> Settings:
    agents = (Agent("lin", "林小美"), Agent("wang", "王强"))
    roster = {
        "shifts": [{"agents": ["lin"], "name": name, "dates": ["2026-11-11"],
                    "hours": ["22:00-06:00"]}],
        "leave": [{"agent": "wang", "since": "2026-11-12", "until": "2026-11-14",
                   "reason": reason}],
    }  # fmt: skip
    return Settings(timezone=zone, agents=agents, rosters={"r": roster})


def text_of(desk: Settings, agent: str | None = None) -> str:
    found = stints_and_leave(desk, FIRST, LAST, agent=agent)
    return "".join(ical.document(found, desk, agent=agent, now=NOW))


def events(text: str) -> list[Any]:
    return list(icalendar.Calendar.from_ical(text).walk("VEVENT"))


def test_a_shift_is_an_event_in_utc_and_leave_is_whole_days() -> None:
    shift, leave = events(text_of(a_desk()))
    assert shift["DTSTART"].dt == datetime(2026, 11, 11, 14, tzinfo=UTC)
    assert shift["DTEND"].dt == datetime(2026, 11, 11, 22, tzinfo=UTC)
    assert str(shift["SUMMARY"]) == "林小美 早班"
    assert (leave["DTSTART"].dt, leave["DTEND"].dt) == (date(2026, 11, 12), date(2026, 11, 15))


def test_an_event_is_the_same_one_whenever_it_is_given_out() -> None:
    first, second = (events(text_of(a_desk(name))) for name in ("早班", "夜班"))
    assert [str(one["UID"]) for one in first] == [str(one["UID"]) for one in second]
    assert len({str(one["UID"]) for one in first}) == 2


def test_one_persons_events_are_theirs() -> None:
    (only,) = events(text_of(a_desk(), "wang"))
    assert str(only["SUMMARY"]) == "王强 年假"


@given(name=st.text(min_size=1, max_size=200).filter(lambda text: text.strip()))
def test_any_name_is_read_back_as_it_was(name: str) -> None:
    plain = "".join(c for c in name if c == "\n" or unicodedata.category(c)[0] not in "CZ")
    text = text_of(a_desk(plain or "早班", plain or "年假"))
    assert all(len(line.encode()) <= 75 for line in text.split("\r\n"))
    assert "\n" not in text.replace("\r\n", "")
    shift, leave = events(text)
    assert str(shift["SUMMARY"]) == f"林小美 {plain or '早班'}"
    assert str(leave["SUMMARY"]) == f"王强 {plain or '年假'}"
