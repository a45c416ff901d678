"""``tkt calendar``, in a desk and without one."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from conftest import run_here
from desks import commit_by_hand, log, status

if TYPE_CHECKING:
    from pathlib import Path

    from conftest import Runner

OFFICE = "hours: {mon-fri: [09:00-18:00]}\nworkdays: china\n"
CHINA_2027 = {
    "year": 2027,
    "papers": ["https://www.gov.cn/zhengce/x.htm"],
    "days": [
        {"name": "元旦", "date": "2027-01-01", "isOffDay": True},
        {"name": "春节", "date": "2027-02-08", "isOffDay": True},
        {"name": "春节", "date": "2027-02-14", "isOffDay": False},
    ],
}


@pytest.fixture
def notice(tmp_path: Path) -> str:
    path = tmp_path / "2027.json"
    path.write_text(json.dumps(CHINA_2027), encoding="utf-8")
    return str(path)


# -- without a desk ---------------------------------------------------------------------------


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder that is no desk, with a calendar of an office in it."""
    (tmp_path / "office.yaml").write_text(OFFICE)
    (tmp_path / "plain").write_text("timezone: Europe/Berlin\nhours: {mon-fri: 08:00-18:00}\n")
    return tmp_path


def test_a_file_needs_no_desk(folder: Path) -> None:
    done = run_here(
        folder, "calendar", "add", "office.yaml", "2025-01-25T10:00", "2h", "--json", TKT_NOW=None
    )
    assert done.code == 0, done.err
    assert done.json == {
        "at": "2025-01-26T11:00:00+08:00",
        "calendar": "office",
        "start": "2025-01-25T10:00:00+08:00",
        "duration": "2h",
        "seconds": 7200,
        "unpublished": [],
    }
    between = run_here(
        folder, "calendar", "between", "office.yaml", "2025-01-25", "2025-01-26T11:00", "--json"
    )
    assert between.json["seconds"] == 7200
    shown = run_here(folder, "calendar", "show", str(folder / "office.yaml"), "--json")
    assert shown.json["open_days"] == 248


def test_a_time_without_a_zone_is_in_the_calendars_own(folder: Path) -> None:
    args = ("calendar", "add", "plain")
    here = run_here(folder, *args, "2013-03-22 17:30", "60m", "--json")
    assert here.json["at"] == "2013-03-25T08:30:00+01:00"
    there = run_here(folder, *args, "2013-03-22T16:30:00Z", "60m", "--json")
    assert there.json["at"] == here.json["at"]


def test_without_a_desk_a_name_leads_nowhere(folder: Path) -> None:
    done = run_here(folder, "calendar", "add", "main", "now", "2h", "--json")
    assert (done.code, done.out) == (3, "")
    assert "path" in json.loads(done.err)["hint"] or "file" in json.loads(done.err)["hint"]
    assert run_here(folder, "calendar", "show", "none.yaml").code == 3


def test_a_faulty_file_is_refused_with_its_place(folder: Path) -> None:
    (folder / "odd.yaml").write_text("hours:\n  mon: [18:00-09:00]\n")
    done = run_here(folder, "calendar", "show", "odd.yaml")
    assert done.code == 1
    assert done.err.startswith("tkt: odd.yaml:2:9: ")


def test_a_minute_to_midnight_is_said_and_serves(folder: Path) -> None:
    (folder / "late.yaml").write_text("hours: {mon-sun: [08:00-23:59]}\n")
    done = run_here(
        folder, "calendar", "between", "late.yaml", "2026-11-21", "2026-11-22", "--json"
    )
    assert done.json["seconds"] == 16 * 3600
    assert "late.yaml:1:" in done.err


@pytest.mark.parametrize(
    ("args", "code"),
    [
        (("add", "office.yaml", "soon", "2h"), 2),
        (("add", "office.yaml", "now", "2"), 2),
        (("add", "office.yaml", "now", "2h", "--end-of-day"), 2),
        (("add", "office.yaml", "now", "99999h"), 0),
        (("add", "office.yaml", "now", "800000h"), 1),
        (("add", "office.yaml", "now", "99999999h"), 2),
        (("between", "office.yaml", "now", "soon"), 2),
        (("show", "office.yaml", "--year", "2026-02"), 2),
        (("show", "office.yaml", "--month", "2026"), 2),
        (("show", "office.yaml", "--year", "2026", "--month", "2026-02"), 2),
    ],
)
def test_what_cannot_be_reckoned(folder: Path, args: tuple[str, ...], code: int) -> None:
    done = run_here(folder, "calendar", *args)
    assert done.code == code, done.err
    assert done.err


def test_years_not_published_are_said_aloud(folder: Path) -> None:
    add = run_here(folder, "calendar", "add", "office.yaml", "2026-12-31T17:00", "2h", "--json")
    assert add.json["unpublished"] == [2027]
    assert "2027" in add.err
    calm = run_here(folder, "calendar", "add", "office.yaml", "2026-12-31T15:00", "3h", "--json")
    assert (calm.json["unpublished"], calm.err) == ([], "")
    wall = run_here(folder, "calendar", "add", "office.yaml", "2026-12-31T17:00", "24h!", "--json")
    assert (wall.json["at"], wall.err) == ("2027-01-01T17:00:00+08:00", "")
    span = run_here(folder, "calendar", "between", "office.yaml", "2026-12-31", "2028-02-01")
    assert "2027" in span.err
    assert "2028" in span.err
    shown = run_here(folder, "calendar", "show", "office.yaml", "--year", "2027", "--json")
    assert shown.json["unpublished"] == [2027]
    assert "2027" in shown.err


# -- in a desk --------------------------------------------------------------------------------


def test_a_new_desk_has_two_calendars_that_say_all_is_well(tkt: Runner) -> None:
    rows = {row["name"]: row for row in tkt("calendar", "list", "--json").json}
    assert set(rows) == {"main", "office"}
    assert rows["main"]["hours"]["sun"] == ["08:00-24:00"]
    assert rows["main"]["open_now"] is True
    assert rows["office"]["workdays"] == "china"
    # 2026-11-21 is a Saturday.
    assert rows["office"]["next_opening"] == "2026-11-23T09:00:00+08:00"
    assert tkt("check").code == 0


def test_a_desk_without_any_is_always_open_by_its_own_clock(desk: Path, tkt: Runner) -> None:
    commit_by_hand(desk, {
        "calendars/main.yaml": None, "calendars/office.yaml": None,
        "tkt.yaml": b"timezone: Europe/Berlin\n",
    })  # fmt: skip
    (row,) = tkt("calendar", "list", "--json").json
    assert (row["name"], row["timezone"]) == ("main", "Europe/Berlin")
    args = ("calendar", "between", "main", "2026-10-25", "2026-10-26", "--json")
    assert tkt(*args).json["seconds"] == 25 * 3600


def test_calendars_are_found_by_label_and_by_a_near_miss(tkt: Runner) -> None:
    assert tkt("calendar", "show", "办公时间", "--json").json["name"] == "office"
    assert tkt("calendar", "show", "--json").json["name"] == "main"
    missed = tkt("calendar", "show", "ofice")
    assert missed.code == 3
    assert "office" in missed.err


def test_nobody_reckons_with_half_a_calendar(desk: Path, tkt: Runner) -> None:
    commit_by_hand(desk, {"calendars/office.yaml": b"hours: {mon: [09:00-18:00], foo: []}\n"})
    done = tkt("calendar", "add", "office", "now", "2h")
    assert done.code == 1
    assert "calendars/office.yaml:1:" in done.err
    assert [row["name"] for row in tkt("calendar", "list", "--json").json] == ["main"]
    commit_by_hand(desk, {"calendars/main.yaml": b"hours: {}\n"})
    assert tkt("calendar", "show").code == 1


def test_a_year_is_told_by_its_special_days(tkt: Runner) -> None:
    told = tkt("calendar", "show", "office", "--year", "2026", "--json").json
    assert told["period"] == "2026"
    assert told["open_days"] == 248
    assert told["source"] == ["https://www.gov.cn/zhengce/zhengceku/202511/content_7047091.htm"]
    by_date = {day["date"]: day for day in told["days"]}
    assert by_date["2026-02-14"] == {
        "date": "2026-02-14", "weekday": "sat", "kind": "makeup", "name": "春节",
        "hours": ["09:00-18:00"],
    }  # fmt: skip
    assert by_date["2026-02-15"]["kind"] == "holiday"
    assert "2026-02-13" not in by_date


def test_a_month_is_told_day_by_day(tkt: Runner) -> None:
    told = tkt("calendar", "show", "office", "--month", "2026-02", "--json").json
    assert [day["date"] for day in told["days"]] == [f"2026-02-{n:02}" for n in range(1, 29)]
    assert told["seconds"] == told["open_days"] * 9 * 3600
    plain = tkt("calendar", "show", "office", "--month", "2026-02").out
    assert "2026-02-14\tsat\tmakeup\t春节\t09:00-18:00\n" in plain


@pytest.mark.parametrize(("language", "row"), [
    ("zh", " 9     10     11     12     13     14 班  15 休"),
    ("en", " 9      10      11      12      13      14 work  15 off"),
])  # fmt: skip
def test_a_month_hangs_on_the_wall(desk: Path, language: str, row: str) -> None:
    from terminals import Terminal

    said = {"TKT_LANG": language, "NO_COLOR": "1"}
    screen = Terminal(desk, ("calendar", "show", "office", "--month", "2026-02"), said, lines=200)
    code, shown = screen.end()
    assert code == 0
    assert row in [line.rstrip() for line in shown.splitlines()]


# -- holidays ---------------------------------------------------------------------------------


def test_importing_a_year_makes_it_known_in_one_commit(
    desk: Path, tkt: Runner, notice: str
) -> None:
    before = len(log(desk, "%H"))
    done = tkt("calendar", "import", notice, "--json")
    assert done.code == 0, done.err
    assert done.json["path"] == "calendars/china/2027.yaml"
    assert (done.json["off"], done.json["work"]) == (2, 1)
    assert len(log(desk, "%H")) == before + 1
    assert log(desk, "%s")[0] == "import China's holidays of 2027"
    assert log(desk, "%(trailers:key=Action,valueonly)")[0] == "import-holidays"
    assert status(desk) == ""
    add = tkt("calendar", "add", "office", "2026-12-31T17:00", "2h", "--json")
    assert (add.json["at"], add.err) == ("2027-01-04T10:00:00+08:00", "")
    sunday = tkt("calendar", "add", "office", "2027-02-13", "1h", "--json")
    assert sunday.json["at"] == "2027-02-14T10:00:00+08:00"
    assert tkt("check").code == 0


def test_importing_the_same_again_changes_nothing(desk: Path, tkt: Runner, notice: str) -> None:
    tkt("calendar", "import", notice)
    before = log(desk, "%H")
    again = tkt("calendar", "import", "-", "--json", stdin=json.dumps(CHINA_2027))
    assert (again.code, again.json["commit"]) == (0, None)
    assert log(desk, "%H") == before


def test_an_import_replaces_a_shipped_year(desk: Path, tkt: Runner, tmp_path: Path) -> None:
    changed = {"year": 2026, "days": [{"name": "国庆节", "date": "2026-10-09", "isOffDay": True}]}
    (tmp_path / "n.json").write_text(json.dumps(changed))
    assert tkt("calendar", "import", str(tmp_path / "n.json")).code == 0
    told = tkt("calendar", "show", "office", "--year", "2026", "--json").json
    assert [day["date"] for day in told["days"]] == ["2026-10-09"]
    # A file outside the folder of calendars knows what the desk knows.
    (tmp_path / "other.yaml").write_text(OFFICE)
    path = str(tmp_path / "other.yaml")
    told = tkt("calendar", "show", path, "--year", "2026", "--json").json
    assert [day["date"] for day in told["days"]] == ["2026-10-09"]


def test_a_year_without_days_is_not_published(tkt: Runner, tmp_path: Path) -> None:
    (tmp_path / "n.json").write_text('{"year": 2027, "papers": [], "days": []}')
    done = tkt("calendar", "import", str(tmp_path / "n.json"))
    assert done.code == 1
    assert "2027" in done.err


@pytest.mark.parametrize("text", ["", "[]", "{", '{"year": 2027, "days": [{"date": "x"}]}'])
def test_what_is_no_such_file_is_refused(tkt: Runner, tmp_path: Path, text: str) -> None:
    (tmp_path / "n.json").write_text(text)
    done = tkt("calendar", "import", str(tmp_path / "n.json"))
    assert done.code == 1
    assert "n.json:1:" in done.err


def test_edits_that_are_not_recorded_are_not_overwritten(
    desk: Path, tkt: Runner, notice: str
) -> None:
    (desk / "calendars/china").mkdir()
    (desk / "calendars/china/2027.yaml").write_text("year: 2027\noff: []\n")
    done = tkt("calendar", "import", notice)
    assert done.code == 1
    assert "calendars/china/2027.yaml" in done.err


# -- checking ---------------------------------------------------------------------------------


def test_check_names_the_place_of_a_mistake(desk: Path, tkt: Runner) -> None:
    text = "hours:\n  mon: [09:00-12:00,\n        11:00-13:00]\n"
    commit_by_hand(desk, {"calendars/main.yaml": text.encode(),
                          "calendars/china/2028.yaml": b"year: 2027\noff: []\n"})  # fmt: skip
    done = tkt("check", "--json")
    assert done.code == 1
    assert [(f["path"], f["line"], f["column"], f["error"], f["severity"]) for f in done.json
            if f["path"].startswith("calendars/")] == [
        ("calendars/china/2028.yaml", 1, 1, "calendar.other_year", "error"),
        ("calendars/main.yaml", 3, 9, "calendar.overlap", "error"),
    ]  # fmt: skip


def test_cautions_are_shown_and_fail_nothing(desk: Path, tkt: Runner) -> None:
    (desk / "calendars/main.yaml").write_text("hours: {mon-sun: [08:00-23:59]}\n")
    done = tkt("check")
    assert done.code == 0
    assert done.out.startswith("calendars/main.yaml:1:19: warning: ")
    assert [f["severity"] for f in tkt("check", "--json").json] == ["warning"]
    assert tkt("commit").code == 0
    # They are for who checks, and not in the way of anybody's day.
    assert tkt("list").err == ""


@pytest.mark.parametrize(
    ("now", "years"),
    [("2026-11-30T23:59:59", []), ("2026-12-01T00:00:00", ["2027"]), ("2027-06-01T00:00", ["2027"]),
     ("2027-12-31T23:00", ["2027, 2028"])],
)  # fmt: skip
def test_check_says_from_december_on_that_a_year_is_missing(
    tkt: Runner, now: str, years: list[str]
) -> None:
    done = tkt("check", "--json", TKT_NOW=f"{now}+08:00")
    assert done.code == 0
    assert [(f["path"], f["line"], f["severity"]) for f in done.json] == [
        ("calendars/office.yaml", 6, "warning") for _ in years
    ]
    assert all(any(year in f["message"] for year in years) for f in done.json)
