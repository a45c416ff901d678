"""The source as the tests of its architecture see it: modules, imports, calls."""

from __future__ import annotations

import ast
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).resolve().parents[2] / "src" / "tkt"


class Import(NamedTuple):
    """``module`` imported at ``line``: only for types (TYPE_CHECKING), late (in a function)."""

    module: str
    line: int
    typing_only: bool
    late: bool


@cache
def modules() -> list[Path]:
    """Every module, relative to the package."""
    return sorted(path.relative_to(ROOT) for path in ROOT.rglob("*.py"))


@cache
def tree_of(module: Path) -> ast.Module:
    """The syntax tree of a module."""
    return ast.parse((ROOT / module).read_text(encoding="utf-8"))


def imports_of(module: Path) -> list[Import]:
    """Everything that a module imports, wherever in it."""
    return list(_imports(tree_of(module), False, False))


def _imports(node: ast.AST, typing_only: bool, late: bool) -> Iterator[Import]:
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.Import):
            for alias in child.names:
                yield Import(alias.name, child.lineno, typing_only, late)
        elif isinstance(child, ast.ImportFrom):
            assert child.module
            for alias in child.names:
                whole = f"{child.module}.{alias.name}"
                inside = child.module.startswith("tkt") and _is_module(whole)
                name = whole if inside else child.module
                yield Import(name, child.lineno, typing_only, late)
        elif isinstance(child, ast.If) and "TYPE_CHECKING" in ast.unparse(child.test):
            yield from _imports(child, True, late)
        else:
            inner = isinstance(child, ast.FunctionDef | ast.AsyncFunctionDef)
            yield from _imports(child, typing_only, late or inner)


def _is_module(name: str) -> bool:
    path = ROOT.joinpath(*name.split(".")[1:])
    return path.with_suffix(".py").is_file() or (path / "__init__.py").is_file()


def layer_of(module: str | Path) -> str:
    """``domain`` for ``tkt.domain.ids`` and for ``domain/ids.py``."""
    if isinstance(module, Path):
        return module.parts[0].removesuffix(".py")
    return module.split(".")[1] if "." in module else "__init__"


def functions(module: Path) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    """Every function and method."""
    for node in ast.walk(tree_of(module)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node


def texts_in(node: ast.AST) -> Iterator[tuple[str, int]]:
    """Every literal string, with its line."""
    for child in ast.walk(node):
        if isinstance(child, ast.Constant) and isinstance(child.value, str):
            yield child.value, child.lineno
