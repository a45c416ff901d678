"""A workflow as a Mermaid flowchart, which forges and editors show in Markdown."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from tkt.domain.plaintext import one_line
from tkt.render.graphs.drawing import COLOURS, PAUSE

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from tkt.render.graphs.drawing import Arrow, Drawing, Node

_PLAIN = re.compile(r"[^\w .,:：，、。·≤‖+-]")
"""What may mean something to Mermaid, to Markdown, or to a page."""


def mermaid(drawing: Drawing) -> str:
    """The whole chart; whatever labels say stays inside its quotes."""
    return "\n".join(_lines(drawing)) + "\n"


def _lines(drawing: Drawing) -> Iterator[str]:
    yield "flowchart TD"
    for number, node in enumerate(drawing.nodes):
        yield f"  s{number}{_node(node)}:::{node.state.category}"
    dashed = []
    for number, arrow in enumerate(drawing.arrows):
        told = f"|{quoted(arrow.asked)}|" if arrow.asked else ""
        yield f"  s{arrow.start} {_line(arrow)}{told} s{arrow.end}"
        if arrow.back:
            dashed.append(str(number))
    used = dict.fromkeys(node.state.category for node in drawing.nodes)
    for category in used:
        fill, line = COLOURS[category]
        yield f"  classDef {category} fill:{fill},stroke:{line},color:#111827"
    if dashed:
        yield f"  linkStyle {','.join(dashed)} stroke:#a78bfa"


def _line(arrow: Arrow) -> str:
    return "-.->" if arrow.back else "<-->" if arrow.both else "-->"


def _node(node: Node) -> str:
    heading = f"{node.label} {PAUSE}" if node.state.pauses else node.label
    text = quoted([heading, *(f"· {one}" for one in node.asked)])
    if node.state.final or node.state.category == "closed":
        return f"([{text}])"
    return f"({text})"


def quoted(lines: Iterable[str]) -> str:
    """Lines of text as one string of the language, every odd character by its number."""
    safe = (_PLAIN.sub(lambda found: f"#{ord(found[0])};", one_line(line)) for line in lines)
    return '"' + "<br/>".join(safe) + '"'
