"""A workflow in the DOT language of Graphviz."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tkt.domain.plaintext import one_line, width
from tkt.render.graphs.drawing import COLOURS, PAUSE

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from tkt.render.graphs.drawing import Arrow, Drawing, Node

_FONT = "Noto Sans CJK SC, Microsoft YaHei, PingFang SC, sans-serif"

_CELL = 13 / 2 / 72
"""Inches that a cell of text takes: half as wide as a line is high."""


def dot(drawing: Drawing) -> str:
    """The whole graph; whatever labels say stays inside its quotes."""
    return "\n".join(_lines(drawing)) + "\n"


def _lines(drawing: Drawing) -> Iterator[str]:
    yield "digraph workflow {"
    yield f"  graph [label={quoted([drawing.title])}, labelloc=t, fontsize=20, rankdir=TB,"
    yield f'    nodesep=0.5, ranksep=0.7, pad=0.3, bgcolor=white, fontname="{_FONT}"];'
    yield '  node [shape=box, style="rounded,filled", penwidth=1.5, margin="0.2,0.1",'
    yield f'    fontsize=13, fontname="{_FONT}"];'
    yield f'  edge [color="#64748b", fontcolor="#334155", fontsize=10, fontname="{_FONT}"];'
    for number, node in enumerate(drawing.nodes):
        yield f"  s{number} [{_node(node)}];"
    for arrow in drawing.arrows:
        yield f"  s{arrow.start} -> s{arrow.end}{_arrow(arrow)};"
    yield "}"


def _node(node: Node) -> str:
    fill, line = COLOURS[node.state.category]
    heading = f"{node.label} {PAUSE}" if node.state.pauses else node.label
    more = ", peripheries=2" if node.state.final or node.state.category == "closed" else ""
    asked = [f"· {one}" for one in node.asked]
    # Not every Graphviz knows how wide Chinese is; boxes are made for it by us.
    inches = max(map(width, (heading, *asked))) * _CELL + 0.4
    box = f'width={inches:.2f}, fillcolor="{fill}", color="{line}"{more}'
    return f"label={quoted([heading, *asked])}, {box}"


def _arrow(arrow: Arrow) -> str:
    parts = [f"label={quoted(arrow.asked)}"] if arrow.asked else []
    if arrow.both:
        parts.append("dir=both")
    if arrow.back:
        parts += ["style=dashed", 'color="#a78bfa"', "constraint=false"]
    return f" [{', '.join(parts)}]" if parts else ""


def quoted(lines: Iterable[str]) -> str:
    """Lines of text as one string of the language; a backslash or a quote in it means itself."""
    safe = (one_line(line).replace("\\", "\\\\").replace('"', '\\"') for line in lines)
    return '"' + "\\n".join(safe) + '"'
