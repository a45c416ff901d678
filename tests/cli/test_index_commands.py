from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

    from conftest import Runner


def test_status_tells_what_there_is_before_it_is_brought_up_to_date(
    desk: Path, tkt: Runner
) -> None:
    tkt.new()
    now = tkt("index", "status", "--json").json
    assert (now["is_current"], now["tickets"], now["commit"]) == (True, 1, now["head"])
    shutil.rmtree(desk / ".git" / "tkt")
    gone = tkt("index", "status", "--json").json
    assert (gone["is_current"], gone["commit"], gone["bytes"]) == (False, None, 0)


def test_rebuilding_makes_it_anew(desk: Path, tkt: Runner) -> None:
    one = tkt.new()
    made = tkt("index", "rebuild", "--json").json
    assert (made["is_current"], made["tickets"]) == (True, 1)
    assert tkt("show", one).code == 0
    assert "1 tickets" in tkt("index", "rebuild").out


def test_the_group_has_help_in_both_languages(tkt: Runner) -> None:
    for language in ("zh", "en"):
        for args in (["index"], ["index", "status"], ["index", "rebuild"], ["check"], ["doctor"],
                     ["maintain"], ["log"]):  # fmt: skip
            result = tkt(*args, "--help", TKT_LANG=language)
            assert result.code == 0
