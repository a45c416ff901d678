from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from desks import commit_by_hand

if TYPE_CHECKING:
    from pathlib import Path

    from conftest import Runner

TEAM = b"""\
agents:
  zhao: {name: Zhao, notify: {via: ding}}
deliveries:
  ding: {kind: dingtalk, url: $TKT_NO_SUCH}
"""


@pytest.fixture
def posted(tkt: Runner, desk: Path) -> Runner:
    """A desk on which two notices have failed for want of a secret."""
    commit_by_hand(desk, {"team.yaml": TEAM})
    tkt.new("杯子碎了", "-m", "要求退款", "assignee=zhao")
    tkt.new("快递三天没动", "assignee=zhao")
    assert tkt("notify").code == 5
    return tkt


def states(tkt: Runner, *args: str) -> list[tuple[int, str]]:
    return [(row["number"], row["state"]) for row in tkt("outbox", "list", "--json", *args).json]


def test_an_outbox_that_nobody_has_used_is_empty(tkt: Runner, desk: Path) -> None:
    done = tkt("outbox", "list")
    assert (done.code, "empty" in done.err) == (0, True)
    assert tkt("outbox", "show", "1").code == 3
    assert not list((desk / ".git/tkt").glob("outbox*")), "looking makes none"


def test_failures_can_be_read_tried_again_and_dropped(posted: Runner) -> None:
    assert states(posted) == [(2, "failed"), (1, "failed")]
    shown = posted("outbox", "show", "1", "--json").json
    assert (shown["recipient"], shown["why"], shown["tries"]) == ("zhao", "assigned", 1)
    assert "TKT_NO_SUCH" in shown["error"]
    assert "tkt show" in shown["text"]
    assert posted("outbox", "retry", "1", "--json").json == {"retried": [1]}
    assert posted("outbox", "drop", "2", "--json").json == {"dropped": [2]}
    assert states(posted) == [(1, "waiting"), (2, "dropped")]
    assert states(posted, "--state", "waiting") == [(1, "waiting")]
    assert posted("notify", "--json").json["failed"] == 1
    assert posted("outbox", "retry", "--all", "--json").json == {"retried": [1]}


def test_either_numbers_or_all(posted: Runner) -> None:
    assert posted("outbox", "retry").code == 2
    assert posted("outbox", "retry", "1", "--all").code == 2


def test_a_number_that_is_none_is_not_found_and_nothing_is_done(posted: Runner) -> None:
    for verb in ("retry", "drop"):
        assert posted("outbox", verb, "1", "99").code == 3
    assert states(posted) == [(2, "failed"), (1, "failed")]


def test_a_list_can_be_had_in_every_format(posted: Runner) -> None:
    assert len(posted("outbox", "list", "--jsonl").out.splitlines()) == 2
    assert posted("outbox", "list", "--csv").out.startswith("number,state,")
    assert posted("outbox", "list", "--limit", "1", "--json").json[0]["number"] == 2


def test_what_was_forgotten_is_told_in_todays_day_once(posted: Runner) -> None:
    assert "tkt outbox list" in posted("today").err
    assert posted("today").err == ""


@pytest.mark.parametrize("is_folder", [False, True])
def test_an_outbox_that_is_none_is_told_with_the_way_out_everywhere_alike(
    posted: Runner, desk: Path, is_folder: bool
) -> None:
    path = desk / ".git/tkt/outbox.db"
    path.unlink()
    if is_folder:
        path.mkdir()
    else:
        path.write_bytes(b"no database" * 999)
    for words in (
        ("notify",), ("notify", "--dry-run"), ("outbox", "list"), ("outbox", "show", "1"),
        ("outbox", "retry", "--all"), ("outbox", "retry", "1"), ("outbox", "drop", "1"),
    ):  # fmt: skip
        done = posted(*words)
        assert (done.code, done.out) == (5, ""), words
        assert f"mv {path} {path}.bad" in done.err.splitlines()[0]
        assert "24 hours" in done.err
    today = posted("today")
    assert (today.code, "杯子" in posted("today", "--as", "zhao").out) == (0, True)
    assert f"mv {path} {path}.bad" in today.err


def test_after_the_way_out_the_last_day_is_told_once_more(posted: Runner, desk: Path) -> None:
    path = desk / ".git/tkt/outbox.db"
    path.write_bytes(b"no database" * 999)
    path.rename(path.with_name("outbox.db.bad"))
    assert posted("notify", "--json").json["new"] == 2
    assert sorted(states(posted)) == [(1, "failed"), (2, "failed")]


FAULTS = """\
agents:
  lin:
    notify:
      via: [robto]
      quiet: night
deliveries:
  robot:
    kind: dingtalk
    url: https://oapi.dingtalk.com/robot/send?access_token=0123456789abcdef
"""


@pytest.mark.parametrize("language", ["zh", "en"])
def test_faults_of_the_settings_have_their_place_and_keep_their_secret(
    tkt: Runner, desk: Path, language: str
) -> None:
    (desk / "team.yaml").write_text(FAULTS)
    done = tkt("check", TKT_LANG=language)
    assert done.code == 1
    places = sorted(line.split(": ")[0] for line in done.out.splitlines())
    assert places == ["team.yaml:4:13", "team.yaml:5:7", "team.yaml:9:5"], done.out
    assert "0123456789abcdef" not in done.out + done.err
    rows = tkt("check", "--json", TKT_LANG=language)
    assert "0123456789abcdef" not in rows.out + rows.err
