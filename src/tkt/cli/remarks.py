"""How an import answers: a line for each record that is not taken, and a summary."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tkt.cli.out import hint, sentence
from tkt.domain.table import Card
from tkt.texts import say

if TYPE_CHECKING:
    from tkt.cli.env import Env
    from tkt.services.transfer.importing import Import, Remark

_MOST = 10_000
"""So many remarks stand in the JSON answer; the counts are of all."""


class Answer:
    """What is said of one import, as it goes and at its end."""

    def __init__(self, env: Env) -> None:
        self.env = env
        self.rows: list[dict[str, Any]] = []
        self.left_out = 0
        self.hints: set[str] = set()

    def tell(self, remark: Remark) -> None:
        """Say what became of one record."""
        fault = remark.fault
        if self.env.format in (None, "human"):
            self.env.out.tell(sentence(fault))
            step = hint(fault)
            if step and step not in self.hints and len(self.hints) < 20:
                self.hints.add(step)
                self.env.out.tell(f"     {step}")
        elif len(self.rows) < _MOST:
            self.rows.append({
                "line": fault.line, "column": fault.column, "kind": remark.kind,
                "field": fault.params.get("field"), "error": fault.key,
                "message": sentence(fault).partition(": ")[2], "hint": hint(fault),
            })  # fmt: skip
        else:
            self.left_out += 1

    def show(self, task: Import, *, nothing: bool) -> None:
        """The summary; never code 0 when a record failed."""
        tally = task.tally
        counts = {"imported": tally.imported, "skipped": tally.skipped, "failed": tally.failed}
        if tally.failed:
            self.env.exit_code = 1
        line = say("import.preview" if nothing else "import.done", **counts)
        data = {**counts, "written": not nothing, "remarks": self.rows, "left_out": self.left_out}
        self.env.show(Card(line, {}, (), data))
