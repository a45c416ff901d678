from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tkt.domain.settings import Zone
from tkt.domain.telling.timing import digest_at, parse_digest, parse_quiet, quiet_until

SHANGHAI, BERLIN = Zone("Asia/Shanghai"), Zone("Europe/Berlin")
moments = st.datetimes(datetime(2020, 1, 1), datetime(2030, 1, 1)).map(
    lambda moment: moment.replace(tzinfo=UTC, microsecond=0)
)
clocks = st.tuples(st.integers(0, 23), st.integers(0, 59)).map(lambda hm: f"{hm[0]:02}:{hm[1]:02}")


def at(clock: str, day: int = 21) -> datetime:
    return datetime.fromisoformat(f"2026-11-{day}T{clock}:00+08:00")


@pytest.mark.parametrize(
    ("quiet", "now", "until"),
    [
        ("22:00-08:00", at("21:59"), None),
        ("22:00-08:00", at("22:00"), at("08:00", 22)),
        ("22:00-08:00", at("23:30"), at("08:00", 22)),
        ("22:00-08:00", at("00:10"), at("08:00")),
        ("22:00-08:00", at("07:59"), at("08:00")),
        ("22:00-08:00", at("08:00"), None),
        ("12:00-13:30", at("12:30"), at("13:30")),
        ("12:00-13:30", at("11:59"), None),
        ("0:00 - 8:00", at("03:00"), at("08:00")),
    ],
)
def test_quiet_lasts_until_its_end(quiet: str, now: datetime, until: datetime | None) -> None:
    assert quiet_until(parse_quiet(quiet), now, SHANGHAI) == until


@given(moments, clocks, clocks, st.sampled_from([SHANGHAI, BERLIN]))
def test_after_quiet_there_is_none(now: datetime, start: str, end: str, tz: Zone) -> None:
    if start == end:
        return
    quiet = parse_quiet(f"{start}-{end}")
    until = quiet_until(quiet, now, tz)
    if until is not None:
        assert now < until <= now + timedelta(hours=25)
        assert quiet_until(quiet, until, tz) is None or until.astimezone(tz).fold


@pytest.mark.parametrize(
    ("digest", "now", "goes"),
    [
        ("30m", at("14:03"), at("14:30")),
        ("30m", at("14:30"), at("15:00")),
        ("7h", at("22:00"), at("00:00", 22)),
        ("daily 09:00", at("08:59"), at("09:00")),
        ("daily 09:00", at("09:00"), at("09:00", 22)),
        ("每天 9:00", at("20:00"), at("09:00", 22)),
    ],
)
def test_a_digest_goes_out_at_its_time(digest: str, now: datetime, goes: datetime) -> None:
    assert digest_at(parse_digest(digest), now, SHANGHAI) == goes


@given(moments, st.integers(1, 1440), st.sampled_from([SHANGHAI, BERLIN]))
def test_a_digest_is_always_still_to_come(now: datetime, minutes: int, tz: Zone) -> None:
    goes = digest_at(parse_digest(f"{minutes}m"), now, tz)
    assert now < goes <= now + timedelta(minutes=minutes)
