from __future__ import annotations

import re
from pathlib import Path

import pytest
from vocabulary_sample import bound

PAGE = Path(__file__).parents[3] / "kb" / "training" / "query-language.md"


def _examples() -> list[str]:
    """What stands in backticks in the first cell of each row of the page's table of examples."""
    section = PAGE.read_text(encoding="utf-8").split("## 例子")[1].split("\n## ")[0]
    cells = re.findall(r"^\| `([^`]+)` \|", section, re.MULTILINE)
    rows = [line for line in section.splitlines() if line.startswith("| ")]
    assert len(cells) == len(rows) - 2, "every row but the heading begins with one example"
    return cells


def test_the_page_has_enough_examples() -> None:
    assert len(_examples()) >= 15


@pytest.mark.parametrize("example", _examples())
def test_every_example_means_something(example: str) -> None:
    assert bound(example).text == example
