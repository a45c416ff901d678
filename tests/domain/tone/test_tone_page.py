"""The page about tone says what is so."""

from __future__ import annotations

from pages import page, rows, settings
from tkt.domain.tone.checking import About, Checker
from tkt.domain.tone.file import RULE, TONE, read_tone
from tkt.storage import yaml
from tkt.storage.defaults import shipped


def test_the_example_is_sound_and_shows_every_key() -> None:
    data = settings("tone", "rules")
    assert read_tone(data)[1] == []
    assert set(data) == set(TONE.keys)
    assert {key for rule in data["rules"] for key in rule} == set(RULE.keys)


def test_what_the_tables_tell_of_is_found_and_what_they_offer_is_not() -> None:
    raw = shipped("tone.yaml").read_text(encoding="utf-8")
    checker = Checker.of(read_tone(yaml.load(raw, path="tone.yaml"))[0])
    assert checker
    about = About(first=False)
    for said, better in rows("tone", "别说"):
        for text in said.split("、"):
            assert checker.check(text, about), text
        assert checker.check(better, about) == [], better
    for said, _, better in rows("tone", "说法")[:4]:
        for text in said.split("、"):
            assert any(one.blocks for one in checker.check(text, about)), text
        assert checker.check(better, about) == [], better


def test_it_names_how_to_get_past_the_rules() -> None:
    assert "--anyway" in page("tone")
