"""The weights of the bot's confidence, from labelled questions, and how well they hold.

``python tests/benchmarks/bot_fit.py [FILE...]``: logistic regression with a small pull towards
nothing (L2), in five parts that the SHA-1 of a question tells: what is shown of a part was measured
with weights found on the four others. Without files: tests/data/kb_bot_zh.csv, all of it. Always
the same figures on the same files.
"""

from __future__ import annotations

import csv
import hashlib
import subprocess
import sys
import tempfile
from math import exp
from pathlib import Path
from typing import NamedTuple

from tkt.domain.bot.calibrating import Tried, measure, threshold_for
from tkt.domain.bot.deciding import at_once
from tkt.domain.bot.manner import THRESHOLD
from tkt.domain.bot.signs import Signs
from tkt.services.bot.asking import asked_on, best_for, bot_of
from tkt.storage.desk import Desk

DATA = Path(__file__).parent.parent / "data"
PARTS = 5
PULL = 0.2
WANTED = 0.95


class Row(NamedTuple):
    """A question, the articles that answer it, and what was made of it."""

    text: str
    articles: tuple[str, ...]
    found: str | None
    signs: Signs | None
    reason: str | None

    @property
    def part(self) -> int:
        """In which part it is."""
        return hashlib.sha1(self.text.encode()).digest()[3] % PARTS

    @property
    def is_right(self) -> bool:
        """Whether the article that was found answers."""
        return self.found in self.articles

    def tried(self, weights: list[float], line: int) -> Tried:
        """How sure some weights are."""
        score = sure(weights, self.signs) if self.signs else 0.0
        return Tried(line, self.text, self.articles, self.found, score, self.reason)


def rows(desk: Desk, file: Path) -> list[Row]:
    """Every labelled question."""
    bot, found = bot_of(desk), []
    with file.open(encoding="utf-8", newline="") as lines:
        for line in csv.DictReader(lines):
            articles = tuple(each.strip() for each in line["article"].split("|") if each.strip())
            asked = asked_on(desk, None, line["question"])
            decided = at_once(asked, bot)
            best = best_for(desk, asked.text, asked.category)
            close = "unsure" if best and best.signs.lead < bot.margin else None
            found.append(Row(
                asked.text, articles, best and best.best.article.slug, best and best.signs,
                (decided and decided.reason) or close,
            ))  # fmt: skip
    return found


def sure(weights: list[float], signs: Signs) -> float:
    """As :func:`tkt.domain.bot.signs.sure` has it, by other weights."""
    odds = sum(weight * sign for weight, sign in zip(weights, (1.0, *signs), strict=True))
    return 1 / (1 + exp(-odds))


def fitted(every: list[Row]) -> list[float]:
    """The weights under which the labels are likeliest, by Newton's method."""
    seen = [((1.0, *row.signs), float(row.is_right)) for row in every
            if row.signs and row.reason in (None, "unsure")]  # fmt: skip
    size = 1 + len(Signs._fields)
    weights = [0.0] * size
    for _ in range(30):
        slope = [0.0] + [-PULL * weight for weight in weights[1:]]
        curve = [[PULL * (i == j) * (i > 0) for j in range(size)] for i in range(size)]
        for signs, label in seen:
            said = sure(weights, Signs(*signs[1:]))
            for i in range(size):
                slope[i] += (label - said) * signs[i]
                for j in range(size):
                    curve[i][j] += said * (1 - said) * signs[i] * signs[j]
        step = solved(curve, slope)
        weights = [weight + change for weight, change in zip(weights, step, strict=True)]
        if max(map(abs, step)) < 1e-7:
            break
    return weights


def solved(matrix: list[list[float]], right: list[float]) -> list[float]:
    """The solution of linear equations, by elimination."""
    size = len(right)
    held = [[*line, value] for line, value in zip(matrix, right, strict=True)]
    for i in range(size):
        pivot = max(range(i, size), key=lambda k: abs(held[k][i]))
        held[i], held[pivot] = held[pivot], held[i]
        for k in range(size):
            if k != i:
                ratio = held[k][i] / held[i][i]
                held[k] = [a - ratio * b for a, b in zip(held[k], held[i], strict=True)]
    return [held[i][size] / held[i][i] for i in range(size)]


def unseen(every: list[Row]) -> list[tuple[int, Tried]]:
    """(part, what weights made of a question that were found on the other parts)."""
    found = []
    for part in range(PARTS):
        weights = fitted([row for row in every if row.part != part])
        found += [(part, row.tried(weights, line)) for line, row in enumerate(every, 2)
                  if row.part == part]  # fmt: skip
    return found


def told(name: str, tried: list[Tried], threshold: float) -> str:
    """A line of the table in README.md."""
    at = measure(name, tried, threshold)
    precision = f"{at.right / at.answered:.1%}" if at.answered else "-"
    low = f"{at.at_least or 0:.1%}"
    return (f"| {name} | {at.answered / at.total:.1%} ({at.answered} of {at.total}) | {precision}"
            f" | {low} | {at.recall or 0:.1%} |")  # fmt: skip


def main() -> None:
    """Show how well it holds, then the weights of all questions."""
    files = [Path(name) for name in sys.argv[1:]] or [DATA / "kb_bot_zh.csv"]
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run([sys.executable, "-m", "tkt", "init", folder], check=True,
                       stdout=subprocess.DEVNULL)  # fmt: skip
        desk = Desk(folder)
        every = [row for file in files for row in rows(desk, file)]
        others = [row for name in ("kb_search_zh.csv", "kb_search_en.csv")
                  for row in rows(desk, DATA / name)]  # fmt: skip
    tried = unseen(every)
    all_ = [one for _, one in tried]
    best = threshold_for(all_, WANTED)
    print(f"threshold: {best}")
    for threshold in sorted({best or 0.9, 0.7, 0.75, 0.8, 0.85, 0.9, 0.95}):
        print(told(f"all at {threshold:.3f}", all_, threshold))
    for part in range(PARTS):
        print(told(f"part {part}", [one for at, one in tried if at == part], THRESHOLD))
    others_ = [(threshold_for([one for at, one in tried if at != part], WANTED) or 1.0, part)
               for part in range(PARTS)]  # fmt: skip
    nested = [measure("", [one for at, one in tried if at == part], low) for low, part in others_]
    right, answered = sum(one.right for one in nested), sum(one.answered for one in nested)
    print(f"threshold of the other parts: {right} of {answered} right, at "
          + " ".join(f"{low:.3f}" for low, _ in others_))  # fmt: skip
    for one in sorted(all_, key=lambda one: -one.score):
        if one.score > 0.6 and not one.reason and not one.is_right:
            print(f"  {one.score:.3f} {one.question} -> {one.found}, not {one.articles or 'any'}")
    weights = fitted(every)
    print(told("searches", [row.tried(weights, 0) for row in others], THRESHOLD))
    for name, weight in zip(("BASE", *Signs._fields), weights, strict=True):
        print(f"    {name}={weight:.2f},")


if __name__ == "__main__":
    main()
