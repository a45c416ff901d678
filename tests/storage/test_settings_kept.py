"""What the settings files say comes out of the index as it went in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from desks import assert_index_is_right, commit_by_hand
from tkt.domain.classify.category import Category
from tkt.domain.settings import Agent, Availability, Settings, Team
from tkt.errors import BadData
from tkt.storage import packing
from tkt.storage.configuration import known_of, understand

if TYPE_CHECKING:
    from pathlib import Path

RULES = '{"rules":[]}'
FILES = {
    "team.yaml": b"""\
agents: {lin: {email: [lin@shop.cn, l@home.cn], skills: {refund: 3}, capacity: 8, level: 2}}
teams: {b: {members: [lin], calendar: main, categories: [refund]}, c: {parent: b}}
""",
    "classify.yaml": """\
categories:
  refund:
    {label: {zh: 退款, en: refund}, keywords: [a], team: b, skills: {refund: 2}}
""".encode(),
    "rosters/november.yaml": b"shifts: [{agents: [lin], days: mon-fri, hours: '09:00-18:00'}]\n",
    "availability/lin.yaml": b"{status: away, reason: lunch, since: '2026-11-21T12:00:00+08:00'}\n",
}


def test_people_rosters_and_categories_are_kept() -> None:
    settings, faults = understand(FILES)
    assert faults == []
    kept, _ = packing.unpack(packing.pack(settings, faults))
    assert kept.agents == (
        Agent("lin", "lin", ("lin@shop.cn", "l@home.cn"), ("b",), {"refund": 3}, 8, 2),
    )
    assert kept.teams == (Team("b", "b", None, "main", ("refund",)), Team("c", "c", parent="b"))
    assert kept.rosters["november"]["shifts"][0]["agents"] == ["lin"]
    assert kept.availability == {"lin": Availability("away", "lunch", "2026-11-21T12:00:00+08:00")}
    assert kept.categories == (
        Category("refund", "退款", "refund", team="b", skills={"refund": 2}),
    )


def test_the_words_of_the_categories_are_not_read_with_every_command() -> None:
    settings, faults = understand(FILES)
    assert '[0,0,1,"a"]' in settings.classifier
    assert "keywords" not in packing.pack(settings, faults)


def test_a_mistake_in_one_of_these_files_spoils_no_other() -> None:
    broken = {**FILES, "availability/lin.yaml": b"{status: asleep}\n", "rosters/x.yaml": b"[1]\n"}
    settings, faults = understand(broken)
    assert settings.availability == {}
    assert {str(fault.params["path"]) for fault in faults} == {
        "availability/lin.yaml", "rosters/x.yaml",
    }  # fmt: skip
    assert "november" in settings.rosters


def test_large_files_that_have_not_changed_are_not_read_again() -> None:
    words = "categories: {refund: {label: {zh: 退款, en: refund}, keywords: [退款]}}\n"
    rules = "rules: [{id: cold, kind: cold, level: warn, words: [不知道], suggest: 我查一下}]\n"
    kept = Settings(categories=(Category("known", "记得", "known"),), classifier="c", tone=RULES)
    both = known_of(kept, [], changed={"team.yaml"})
    files = {"classify.yaml": words.encode(), "tone.yaml": rules.encode()}
    settings, faults = understand(files, both)
    assert (faults, settings.categories, settings.tone) == ([], kept.categories, RULES)
    fault = BadData("x", path="tone.yaml")
    assert known_of(kept, [fault], changed={"classify.yaml"}) == {}


def test_the_index_says_the_same_whatever_was_edited_before(desk: Path) -> None:
    team, words, rules = "team.yaml", "classify.yaml", "tone.yaml"
    sound = b"categories: {refund: {keywords: [refund], team: b}}\n"
    for path, raw in (
        (words, sound),  # its team is none
        (team, b"teams: {b: {}}\n"),
        (rules, b"rules: [{id: a}]\n"),
        (team, b"teams: {b: {}, c: {}}\n"),
        (rules, b"rules: []\n"),
        (team, b"teams: {c: {}}\n"),
        (words, None),
    ):
        commit_by_hand(desk, {path: raw})
        assert_index_is_right(desk)
