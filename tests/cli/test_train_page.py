"""The page on training shows what is true, and the courses that ship are sound."""

from __future__ import annotations

from typing import TYPE_CHECKING

import worlds

from conftest import run_here
from pages import blocks, commands
from tkt.domain.kb.front import read_article
from tkt.domain.kb.quiz import read_question
from tkt.domain.training.file import read_training
from tkt.storage import yaml

if TYPE_CHECKING:
    from pathlib import Path


def test_every_command_of_the_page_runs(tmp_path: Path) -> None:
    shop = worlds.make_world(tmp_path, "zh")
    worlds.learn(shop)
    assert len(commands("courses")) >= 10
    for words in commands("courses"):
        done = run_here(shop, *words, TKT_LANG="zh")
        assert done.code == 0, (words, done.err)
    assert run_here(shop, "check").code == 0


def test_the_settings_of_the_page_are_sound() -> None:
    lesson, courses = (yaml.load(text, path="x.yaml") for text in blocks("courses", "yaml"))
    assert read_training(courses)[1] == []
    article, faults = read_article(lesson, "正文", path="kb/training/x.md")
    assert article is not None
    assert faults == []
    assert all(map(read_question, article.quiz))


def test_every_course_that_ships_has_its_lessons_and_questions(tmp_path: Path) -> None:
    assert run_here(tmp_path, "init", "shop").code == 0
    shop = tmp_path / "shop"
    found = run_here(shop, "train", "list", "--json").json
    assert len(found) >= 6
    for row in found:
        shown = run_here(shop, "train", "show", row["id"], "--json").json
        assert (shown["missing"], len(shown["questions"]) >= 3) == ([], True)
        assert row["skills"] == {}, "which skills need it is for each shop to say"
    assert run_here(shop, "check").code == 0
    assert run_here(shop, "kb", "check").code == 0
