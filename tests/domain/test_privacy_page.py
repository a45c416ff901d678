"""The page on personal data says what is so."""

from __future__ import annotations

from pathlib import Path

from tkt.domain.declaring import read_desk
from tkt.domain.masking import mask
from tkt.storage import yaml

PAGE = (Path(__file__).parents[2] / "kb/training/privacy.md").read_text(encoding="utf-8")


def test_every_example_is_masked_as_it_says() -> None:
    rows = [line.strip("| ").split(" | ") for line in PAGE.splitlines() if line.startswith("| `")]
    pairs = [
        (one.strip("` "), other.strip("` "))
        for written, recorded in rows
        for one, other in zip(written.split("`、`"), recorded.split("`、`"), strict=True)
    ]
    assert len(pairs) == 11
    for written, recorded in pairs:
        assert mask(written).text == recorded


def test_its_settings_are_sound() -> None:
    text = PAGE.partition("```yaml\n")[2].partition("```")[0]
    said, faults = read_desk(yaml.load(text.encode(), path="tkt.yaml"))
    assert faults == []
    assert said["masking"] is True
    assert len(said["public"]) == 2
    assert said["fields"][0].keeps
