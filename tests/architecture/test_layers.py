"""Who may import whom, and where each library is at home."""

from __future__ import annotations

import ast
import sys
from fnmatch import fnmatch
from typing import TYPE_CHECKING

import pytest
from source import imports_of, layer_of, modules, tree_of

if TYPE_CHECKING:
    from pathlib import Path

MAY_IMPORT = {
    "__init__": set[str](),
    "errors": set(),
    "named": set(),
    "texts": {"texts"},
    "domain": {"domain", "errors", "named"},
    "render": {"render", "domain", "errors", "named", "texts"},
    "storage": {"storage", "domain", "errors", "named"},
    "transports": {"transports", "domain", "errors", "named"},
    "services": {"services", "storage", "transports", "domain", "errors", "named"},
    "cli": {"cli", "services", "render", "domain", "texts", "errors", "named", "__init__"},
    "__main__": {"cli"},
}
"""Layer to the layers that it may import."""

THROUGH = {
    # The one place that opens desks; and Git's own settings, which a new desk has no desk to ask.
    ("cli/env.py", "tkt.storage.desk"),
    ("cli/commands/init.py", "tkt.storage.git"),
}
"""Doors from one layer into a deeper one: file, module."""

HOMES = {
    "ruamel": ("storage/yaml.py", "storage/rewrite.py"),
    "_ruamel_yaml": ("storage/yaml.py", "storage/rewrite.py"),
    "git": ("storage/remote.py",),
    "sqlite3": ("storage/index*.py", "storage/refreshing.py", "storage/outbox.py"),
    "apprise": ("transports/foreign.py",),
    "smtplib": ("transports/mail.py",),
    "urllib": ("transports/*.py",),
    "tabulate": ("render/formats/markdown.py",),
    "sklearn": ("services/classifying/learning.py",),
    "fastembed": ("services/kb/reranking.py",),
    "click": ("cli/*",),
}
"""Third-party library (sqlite3 counts as one) to the files that may import it, patterns."""

UNCLEAN = {"subprocess", "random", "secrets", "time", "socket", "threading", "tempfile",
           "pathlib", "shutil", "io", "glob", "sqlite3", "logging", "asyncio", "os"}  # fmt: skip
"""What a layer of values and decisions has no use for."""

CLOCKS = ("now", "utcnow", "today", "time", "time_ns", "localtime", "gmtime")
"""Calls that tell the time of day; waiting by ``time.monotonic`` says nothing of when."""


def test_there_is_something_to_look_at() -> None:
    assert len(modules()) > 60
    assert {layer_of(module) for module in modules()} == set(MAY_IMPORT)


@pytest.mark.parametrize("module", modules(), ids=str)
def test_layers_import_only_what_lies_below(module: Path) -> None:
    allowed = MAY_IMPORT[layer_of(module)]
    wrong = [
        f"{module}:{line} imports {name}"
        for name, line, typing_only, _ in imports_of(module)
        if name.partition(".")[0] == "tkt"
        and layer_of(name) not in allowed
        and (str(module), name) not in THROUGH
        # Commands hand on what storage gave to services; naming its type is no dependency.
        and not (typing_only and layer_of(module) == "cli" and layer_of(name) == "storage")
    ]
    assert not wrong


def test_doors_between_layers_are_in_use() -> None:
    used = {
        (str(module), found.module)
        for module in modules()
        for found in imports_of(module)
        if not found.typing_only
    }
    assert used >= THROUGH


@pytest.mark.parametrize("module", modules(), ids=str)
def test_libraries_stay_at_home(module: Path) -> None:
    wrong = [
        f"{module}:{line} imports {name}"
        for name, line, _, _ in imports_of(module)
        if (top := name.partition(".")[0]) != "tkt"
        and (top in HOMES or top not in sys.stdlib_module_names)
        and not any(fnmatch(str(module), pattern) for pattern in HOMES.get(top, ()))
    ]
    assert not wrong


@pytest.mark.parametrize("layer", ["domain", "render", "texts"])
def test_values_and_views_touch_nothing_outside(layer: str) -> None:
    wrong = [
        f"{module}:{line} imports {name}"
        for module in modules()
        if layer_of(module) == layer
        for name, line, typing_only, _ in imports_of(module)
        if name.partition(".")[0] in UNCLEAN
        and not typing_only
        # os.fspath and io.StringIO make text; they touch no file.
        and not (name in ("io", "os") and str(module).startswith("render/formats/"))
    ]
    assert not wrong


@pytest.mark.parametrize("layer", ["domain", "render", "services", "texts"])
def test_files_are_opened_by_storage(layer: str) -> None:
    calls = _calls(layer)
    assert calls
    assert not [where for where, name in calls if name in ("open", "print", "input")]


def test_the_clock_is_read_in_one_place() -> None:
    readers = {
        where.partition(":")[0]
        for layer in MAY_IMPORT
        for where, name in _calls(layer)
        if name.split(".")[-1] in CLOCKS and name.split(".")[0] in ("datetime", "date", "time")
    }
    assert readers == {"cli/env.py"}


def test_domain_says_nothing_in_words() -> None:
    wrong = [
        str(module)
        for module in modules()
        if layer_of(module) in ("domain", "storage", "services", "transports")
        and any(layer_of(found.module) == "texts" for found in imports_of(module)
                if found.module.startswith("tkt"))
    ]  # fmt: skip
    assert not wrong


def test_commands_know_only_the_environment() -> None:
    wrong = [
        str(module)
        for module in modules()
        if "commands" in module.parts and "os.environ" in ast.unparse(tree_of(module))
    ]
    assert not wrong


def _calls(layer: str) -> list[tuple[str, str]]:
    return [
        (f"{module}:{node.lineno}", ast.unparse(node.func))
        for module in modules()
        if layer_of(module) == layer
        for node in ast.walk(tree_of(module))
        if isinstance(node, ast.Call)
    ]
