"""The page about custom fields says what is so."""

from __future__ import annotations

import re
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from tkt.domain.custom.field import TYPES
from tkt.domain.custom.reading import FIELD_KEYS
from tkt.domain.custom.requiring import faults_of_queries
from tkt.domain.custom.values import meant
from tkt.domain.declaring import read_desk
from tkt.domain.settings import Settings
from tkt.storage import yaml

ROOT = Path(__file__).parents[3]
PAGE = ROOT / "kb" / "training" / "custom-fields.md"
TZ = ZoneInfo("Asia/Shanghai")
NOW = datetime(2026, 11, 21, 14, 3, 11, tzinfo=TZ)


def block(path: Path) -> str:
    """The first YAML on a page that declares fields."""
    text = path.read_text(encoding="utf-8")
    blocks: list[str] = re.findall(r"```yaml\n(.*?)```", text, re.DOTALL)
    return next(each for each in blocks if each.startswith("fields:"))


def declared(path: Path = PAGE) -> Settings:
    data: Any = yaml.load(block(path), path=path.name)
    said, faults = read_desk(data)
    assert faults == []
    settings = Settings(**said)
    assert faults_of_queries(settings) == []
    return settings


def test_the_example_declares_fields_of_every_type_with_every_key() -> None:
    assert {field.type for field in declared().fields} == set(TYPES)
    text = block(PAGE)
    assert [key for key in FIELD_KEYS if f"{key}:" not in text] == []


def test_the_example_of_the_readme_declares_fields() -> None:
    assert {field.name for field in declared(ROOT / "README.md").fields} >= {"refund", "size"}


def rows() -> list[tuple[str, str, str]]:
    text = PAGE.read_text(encoding="utf-8").split("## 类型")[1].split("\n## ")[0]
    return re.findall(r"^\| `(\w+)`[^|]*\| `([^`]+)` \| `([^`]+)` \|$", text, re.MULTILINE)


def test_every_type_has_its_rows() -> None:
    assert {kind for kind, _, _ in rows()} == set(TYPES)


@pytest.mark.parametrize(("kind", "typed", "stored"), rows())
def test_what_the_page_says_is_stored_is(kind: str, typed: str, stored: str) -> None:
    field = next(field for field in declared().fields if field.type == kind)
    assert str(meant(field, typed, now=NOW, tz=TZ)) == stored
