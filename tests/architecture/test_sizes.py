"""Files and functions stay small enough to be read in one go."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from source import ROOT, functions, layer_of, modules, tree_of

if TYPE_CHECKING:
    from pathlib import Path

MODULE, FUNCTION, COMMAND, PARAMETERS = 400, 60, 80, 9

LONG_COMMANDS = {
    # Reads lines as they come, groups them, and runs other commands.
    "cli/commands/batch.py",
}
GENERATED_LENGTH = ("texts/",)
"""Catalogues are as long as there is something to say."""


@pytest.mark.parametrize("module", modules(), ids=str)
def test_module_can_be_read_in_one_go(module: Path) -> None:
    if str(module).startswith(GENERATED_LENGTH):
        return
    assert len((ROOT / module).read_text(encoding="utf-8").splitlines()) <= MODULE


def test_functions_fit_on_a_screen() -> None:
    long = [
        f"{module}:{function.lineno} {function.name}"
        for module in modules()
        for function in functions(module)
        if (function.end_lineno or 0) - function.lineno + 1 > FUNCTION
    ]
    assert not long


def test_commands_hold_no_logic() -> None:
    long = {
        str(module)
        for module in modules()
        if "commands" in module.parts
        and sum(map(bool, (ROOT / module).read_text(encoding="utf-8").split("\n"))) > COMMAND
    }
    assert long == LONG_COMMANDS


def test_parameters_are_few() -> None:
    many = [
        f"{module}:{function.lineno} {function.name}"
        for module in modules()
        if layer_of(module) in ("domain", "storage", "services", "render")
        for function in functions(module)
        if len(function.args.args) + len(function.args.kwonlyargs) > PARAMETERS
    ]
    assert not many


@pytest.mark.parametrize("module", modules(), ids=str)
def test_module_opens_with_a_sentence(module: Path) -> None:
    import ast

    told = ast.get_docstring(tree_of(module))
    assert told
    assert told.splitlines()[0].rstrip().endswith((".", ":")) or len(told.splitlines()) > 1


def test_names_say_what_things_are() -> None:
    empty = {"utils", "helpers", "common", "manager", "handler", "base", "misc", "data", "info"}
    assert not [module for module in modules() if module.stem in empty]
