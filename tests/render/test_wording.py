"""Times as people say them."""

from __future__ import annotations

from datetime import date, datetime, timedelta, timezone

import pytest

from tkt import texts
from tkt.render.wording import clock_text, day_text, due_text, exact_text, moment_text, span_text

CST = timezone(timedelta(hours=8))
NOW = datetime(2026, 11, 21, 14, 3, tzinfo=CST)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


@pytest.fixture(params=texts.LANGUAGES)
def language(request: pytest.FixtureRequest) -> str:
    texts.use(request.param)
    return str(request.param)


@pytest.mark.parametrize(
    ("length", "zh", "en"),
    [
        (timedelta(seconds=40), "40 秒", "40 s"),
        (timedelta(minutes=3), "3 分钟", "3 min"),
        (timedelta(hours=2, minutes=5), "2 小时 5 分", "2 h 5 min"),
        (timedelta(hours=2, seconds=5), "2 小时", "2 h"),
        (timedelta(hours=30), "30 小时", "30 h"),
        (timedelta(days=3, hours=5), "3 天", "3 d"),
    ],
)
def test_lengths(language: str, length: timedelta, zh: str, en: str) -> None:
    assert span_text(length) == span_text(-length) == (zh if language == "zh" else en)


@pytest.mark.parametrize(
    ("ahead", "zh", "en"),
    [
        (timedelta(), "刚刚", "just now"),
        (-3 * timedelta(minutes=1), "3 分钟前", "3 min ago"),
        (-timedelta(hours=2, minutes=5), "2 小时前", "2 h ago"),
        (2 * HOUR, "2 小时后", "in 2 h"),
        (-3 * DAY, "3 天前", "3 d ago"),
        (-40 * DAY, "2026-10-12", "2026-10-12"),
    ],
)
def test_moments(language: str, ahead: timedelta, zh: str, en: str) -> None:
    assert moment_text(NOW + ahead, now=NOW, tz=CST) == (zh if language == "zh" else en)


@pytest.mark.parametrize(
    ("ahead", "zh", "en"),
    [
        (2 * HOUR, "2 小时后", "in 2 h"),
        (timedelta(seconds=-30), "刚刚", "just now"),
        (-3 * HOUR, "逾期 3 小时", "3 h overdue"),
        (-45 * DAY, "逾期 45 天", "45 d overdue"),
    ],
)
def test_what_is_due(language: str, ahead: timedelta, zh: str, en: str) -> None:
    assert due_text(NOW + ahead, now=NOW, tz=CST) == (zh if language == "zh" else en)


@pytest.mark.parametrize(
    ("at", "zh", "en"),
    [
        (NOW - 5 * HOUR, "今天 09:03（5 小时前）", "today 09:03 (5 h ago)"),
        (NOW - 17 * HOUR, "昨天 21:03（17 小时前）", "yesterday 21:03 (17 h ago)"),
        (NOW + 10 * HOUR, "明天 00:03（10 小时后）", "tomorrow 00:03 (in 10 h)"),
        (NOW - 3 * DAY, "11-18 14:03（3 天前）", "11-18 14:03 (3 d ago)"),
        (NOW - 40 * DAY, "10-12 14:03", "10-12 14:03"),
        (NOW.replace(year=2025), "2025-11-21 14:03", "2025-11-21 14:03"),
    ],
)
def test_when_it_was_exactly(language: str, at: datetime, zh: str, en: str) -> None:
    said = exact_text(at, now=NOW, tz=CST)
    assert said == (zh if language == "zh" else en)
    assert said.startswith(clock_text(at, now=NOW, tz=CST))
    late = exact_text(NOW - HOUR, now=NOW, tz=CST, due=True)
    assert late == (
        "今天 13:03（逾期 1 小时）" if language == "zh" else "today 13:03 (1 h overdue)"
    )


@pytest.mark.parametrize(
    ("day", "zh", "en"),
    [
        (date(2026, 11, 21), "今天 11月21日 周六", "today Sat 21 Nov"),
        (date(2026, 11, 20), "昨天 11月20日 周五", "yesterday Fri 20 Nov"),
        (date(2026, 1, 5), "1月5日 周一", "Mon 5 Jan"),
        (date(2025, 12, 31), "2025年12月31日 周三", "Wed 31 Dec 2025"),
    ],
)
def test_days(language: str, day: date, zh: str, en: str) -> None:
    assert day_text(day, today=NOW.date()) == (zh if language == "zh" else en)
