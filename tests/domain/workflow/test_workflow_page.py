"""The page about processes says what is so."""

from __future__ import annotations

import re

from pages import page, rows, settings
from tkt.domain.workflow import CATEGORIES
from tkt.domain.workflow.checking import odd, unknown_inside
from tkt.domain.workflow.reading import NEEDS, WORKFLOW, parse


def test_the_example_is_a_sound_process_without_dead_ends() -> None:
    flow, faults = parse(settings("workflows", "states"), name="custom-made")
    assert flow
    assert faults == []
    assert odd(flow) + unknown_inside(flow) == []


def test_it_shows_every_key_that_has_no_page_of_its_own() -> None:
    data = settings("workflows", "states")
    elsewhere = {"sla", "escalation", "automation", "macros", "routing"}
    assert set(data) == set(WORKFLOW.keys) - elsewhere
    assert [key for key in NEEDS.keys if f"`{key}" not in page("workflows")] == []


def test_the_table_has_every_category() -> None:
    names = [re.sub("`", "", first) for first, *_ in rows("workflows", "category")]
    assert tuple(names) == CATEGORIES
