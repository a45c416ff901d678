"""A list in a person's file gets one item more, and the rest stays byte for byte."""

from __future__ import annotations

import pytest

from tkt.storage import yaml
from tkt.storage.appending import appended

ITEM = {"agent": "lin", "since": "2026-11-12"}
LINE = '- {agent: lin, since: "2026-11-12"}\n'


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("", "leave:\n  " + LINE),
        ("# 排班\n", "# 排班\nleave:\n  " + LINE),
        ("shifts: []", "shifts: []\nleave:\n  " + LINE),
        ("leave:\nshifts: []\n", "leave:\n  " + LINE + "shifts: []\n"),
        ("leave:\n- a: 1\n\n# 换班\nz: 1\n", "leave:\n- a: 1\n" + LINE + "\n# 换班\nz: 1\n"),
        (
            "leave:\n    -  a: |\n         x\n\n         y\n       b: 2 # 二\nz: 1\n",
            "leave:\n    -  a: |\n         x\n\n         y\n       b: 2 # 二\n    "
            + LINE
            + "z: 1\n",
        ),
        ("leave: []  # 空\n", 'leave: [{agent: lin, since: "2026-11-12"}]  # 空\n'),
        ("{}\n", 'leave: [{agent: lin, since: "2026-11-12"}]\n'),
    ],
)  # fmt: skip
def test_an_item_goes_to_the_end_of_its_list(before: str, after: str) -> None:
    made = appended(before.encode(), "leave", [ITEM], path="r.yaml").decode()
    assert made == after
    assert yaml.load(made, path="r.yaml")["leave"][-1] == ITEM
