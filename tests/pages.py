"""Pages of the handbook as tests read them: their settings, commands and tables."""

from __future__ import annotations

import re
import shlex
from pathlib import Path
from typing import Any

from tkt.storage import yaml

FOLDER = Path(__file__).parents[1] / "kb" / "training"


def page(name: str) -> str:
    """The whole text of a page."""
    return (FOLDER / f"{name}.md").read_text(encoding="utf-8")


def blocks(name: str, kind: str) -> list[str]:
    """The blocks of code of one kind."""
    return re.findall(rf"```{kind}\n(.*?)```", page(name), re.DOTALL)


def settings(name: str, key: str) -> Any:
    """What the block of YAML says that has a line which begins with ``key``."""
    found = next(b for b in blocks(name, "yaml") if re.search(rf"(?m)^{key}:", b))
    return yaml.load(found, path=f"{name}.md")


def commands(name: str) -> list[list[str]]:
    """The words of each command on a page, without ``tkt`` and without where its output goes."""
    lines = [line for block in blocks(name, "sh") for line in block.splitlines()]
    typed = [shlex.split(line.partition(" > ")[0], comments=True) for line in lines]
    return [words[1:] for words in typed if words]


def rows(name: str, head: str) -> list[list[str]]:
    """The cells of the table whose first line begins with ``head``."""
    lines = page(name).split(f"| {head}")[1].splitlines()[2:]
    found = []
    for line in lines:
        if not line.startswith("|"):
            break
        found.append([cell.strip() for cell in line.strip("|").split(" | ")])
    return found
