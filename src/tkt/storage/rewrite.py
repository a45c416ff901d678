"""New text for a file that a person laid out: what did not change stays byte for byte.

A canonical file is simply written anew. Any other is patched where its data changed; a layout
that cannot be patched goes through ruamel's round trip, and what even that would get wrong is
written canonically under the person's comments. Whatever way was taken, the result was read
back and says exactly what it should.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from tkt.errors import BadData
from tkt.storage.dump import dump, entry, flow, item
from tkt.storage.yaml import decode, load, parse

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

_DASH = re.compile(r" *-(?= )")
_KEEPS_BLANK_LINES = re.compile(r"[|>][0-9]?\+")


def rewrite(old: str, doc: Mapping[str, Any], *, path: str) -> str:
    """The text of the file ``path``, now ``old``, when it shall say ``doc``.

    ``doc`` is plain data as for :func:`tkt.storage.dump.dump`. The result has LF line ends and no
    BOM. Raises BadData if ``old`` cannot be read, ValueError or TypeError if ``doc`` is not plain.
    """
    canonical = dump(doc)
    text = decode(old, path=path)
    before = load(text, path=path)
    if not isinstance(before, dict):
        return _under_comments(text, canonical, path)
    if text == dump(before):
        return canonical
    if same(before, doc):
        return text
    if not text.endswith("\n"):
        text += "\n"
    for way in (_patched, _round_tripped):
        result = way(text, before, doc, path)
        if result is not None and _says(result, doc, path):
            return result
    return _under_comments(text, canonical, path)


def same(left: Any, right: Any) -> bool:
    """Whether two documents say the same: equal values of equal types, keys in any order."""
    if isinstance(left, dict) and isinstance(right, dict):
        return left.keys() == right.keys() and all(same(left[key], right[key]) for key in left)
    if isinstance(left, list | tuple) and isinstance(right, list | tuple):
        return len(left) == len(right) and all(map(same, left, right))
    # True == 1 == 1.0, but a file says which of them is meant.
    kinds = (str, bool, int, float)
    alike = all(isinstance(left, kind) is isinstance(right, kind) for kind in kinds)
    return alike and bool(left == right)


def _says(text: str, doc: Mapping[str, Any], path: str) -> bool:
    try:
        return same(load(text, path=path), doc)
    except BadData:
        return False


def _under_comments(text: str, canonical: str, path: str) -> str:
    """The canonical text with the comment lines of the old file, in their order, at its top."""
    hidden: set[int] = set()
    for event in parse(text, path=path):
        if getattr(event, "style", None):
            hidden.update(range(event.start_mark.line + 1, event.end_mark.line + 1))
    comments = [
        f"{line.strip()}\n"
        for number, line in enumerate(text.split("\n"))
        if line.lstrip().startswith("#") and number not in hidden
    ]
    return "".join(comments) + canonical


class _Unpatchable(Exception):
    """A change that cannot be made by replacing pieces of the text."""


@dataclass(slots=True)
class _Node:
    """Where a value stands: ``start`` and ``end`` in the text, and the parts of a collection."""

    start: int
    end: int
    shape: str  # "scalar", "block" for a collection on lines of its own, "flow" for one in brackets
    after: int = 0  # where the line after the value begins
    entries: dict[str, tuple[int, int, _Node]] = field(default_factory=dict)
    items: list[_Node] = field(default_factory=list)


class _Layout:
    """Finds where every value of a text stands."""

    def __init__(self, text: str, path: str) -> None:
        self.text = text
        self.events: Iterator[Any] = iter(parse(text, path=path)[2:])

    def node(self, event: Any, key_end: int | None = None) -> _Node:
        """The node that ``event`` begins; ``key_end`` is where its key ends if it has one."""
        kind = type(event).__name__
        if kind == "ScalarEvent" and not event.value and not event.style and key_end is not None:
            # Parsers differ in where they see a value that is not there.
            start = self.text.index(":", key_end) + 1
            return _Node(start, start, "scalar", self.line_after(start))
        if kind == "ScalarEvent":
            return self.scalar(event)
        start = event.start_mark.index
        node = _Node(start, start, "flow" if event.flow_style else "block")
        while not type(inner := next(self.events)).__name__.endswith("EndEvent"):
            if kind == "MappingStartEvent":
                span = (inner.start_mark.index, inner.end_mark.index)
                value = self.node(next(self.events), span[1])
                node.entries[inner.value] = (*span, value)
            else:
                value = self.node(inner)
                node.items.append(value)
            node.end, node.after = value.end, value.after
        if node.shape == "flow":
            node.end = inner.end_mark.index
            node.after = self.line_after(node.end)
        return node

    def scalar(self, event: Any) -> _Node:
        """A scalar; a block scalar ends with its last line, or its last kept blank line."""
        start, end = event.start_mark.index, event.end_mark.index
        if event.style not in ("|", ">"):
            return _Node(start, end, "scalar", self.line_after(end))
        # The parser has gone on to the next thing, past blank lines and into its indentation.
        if end < len(self.text):
            end = self.text.rfind("\n", start, end) + 1
        if not _KEEPS_BLANK_LINES.match(self.text, start):
            end = start + len(self.text[start:end].rstrip("\n")) + 1
        return _Node(start, end - 1, "scalar", end)

    def line_after(self, index: int) -> int:
        """The beginning of the line after the one that ``index`` is in."""
        return self.text.index("\n", index) + 1


class _Patch:
    """Collects replacements that turn what a text says from one document into another."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.pieces: list[tuple[int, int, str]] = []

    def apply(self) -> str:
        """The text with all replacements made; those at one place in the order of their coming."""
        done: list[str] = []
        at = 0
        for start, end, piece in sorted(self.pieces, key=lambda part: part[:2]):
            if start < at:
                raise _Unpatchable
            done += (self.text[at:start], piece)
            at = end
        return "".join(done) + self.text[at:]

    def mapping(self, node: _Node, old: dict[str, Any], new: Mapping[str, Any], depth: int) -> None:
        """Patch a block mapping: entries that went, changed and came."""
        if node.shape == "flow" and (depth > 1 or _same_frame(old, new)):
            return self.brackets(node, old, new)
        if node.shape == "flow" or not node.entries or not new:
            raise _Unpatchable
        pad = " " * self.column(next(iter(node.entries.values()))[0])
        for key, (start, _, value) in node.entries.items():
            if key not in new:
                self.pieces.append((self.own_line(start), value.after, ""))
            elif not same(old[key], new[key]):
                self.value(node, key, old[key], new[key], pad, depth)
        self.new_entries(node, new, pad, depth)

    def new_entries(self, node: _Node, new: Mapping[str, Any], pad: str, depth: int) -> None:
        """Put each new entry after the one that comes before it, at the top before the timeline."""
        bounded = depth == 1 and "timeline" in node.entries
        limit = self.own_line(node.entries["timeline"][0]) if bounded else len(self.text)
        at = None
        for key, value in new.items():
            if key in node.entries:
                at = node.entries[key][2].after
                continue
            at = self.own_line(node.start) if at is None else at
            self.insert(min(at, limit), f"{pad}{entry(key, value, pad, depth)}\n")

    def value(self, node: _Node, key: str, old: Any, new: Any, pad: str, depth: int) -> None:
        """Patch the changed value of one entry, inside it if its layout allows."""
        _, key_end, value = node.entries[key]
        if value.shape == "block" and isinstance(old, dict) and isinstance(new, dict) and new:
            return self.mapping(value, old, new, depth + 1)
        if value.shape == "block" and key == "timeline" and depth == 1 and new:
            return self.timeline(value, old, new)
        if value.shape == "flow" and key != "timeline" and isinstance(new, type(old)):
            return self.brackets(value, old, new)
        self.keep_comments(value)
        written = entry(key, new, pad, depth)
        written = written[len(entry(key, None, pad, depth)) - len(" null") :]
        one_line = "\n" not in written and "\n" not in self.text[key_end : value.start]
        if one_line and value.start > key_end + 1 and value.end > value.start:
            self.pieces.append((value.start, value.end, written.lstrip(" ")))
        else:
            colon = self.text.index(":", key_end) + 1
            end = self.past_blank_lines(value.after) - 1 if written.endswith("\n") else value.end
            self.pieces.append((colon, end, written))

    def timeline(self, node: _Node, old: list[Any], new: list[Any]) -> None:
        """Patch a list of events in block style; events are the same if their ids are."""
        was, now = _by_id(old), _by_id(new)
        if [id for id in was if id in now] != [id for id in now if id in was]:
            raise _Unpatchable
        nodes = dict(zip(was, node.items, strict=True))
        pad = " " * (self.column(self.dash(node.items[0])))
        for id, place in nodes.items():
            if id not in now:
                self.pieces.append((self.dash_line(place), place.after, ""))
            elif not same(was[id], now[id]):
                self.mapping(place, was[id], now[id], 3)
        at = self.dash_line(node.items[0])
        for id, event in now.items():
            if id in was:
                at = nodes[id].after
            else:
                self.insert(at, f"{item(event, pad)}\n")

    def brackets(self, node: _Node, old: Any, new: Any) -> None:
        """Patch a value between brackets: its changed parts if it has as many as before."""
        if same(old, new):
            return
        if isinstance(old, dict) and isinstance(new, dict) and old.keys() == new.keys():
            for key, (_, _, part) in node.entries.items():
                self.brackets(part, old[key], new[key])
        elif isinstance(old, list) and isinstance(new, list) and len(old) == len(new):
            for part, was, now in zip(node.items, old, new, strict=True):
                self.brackets(part, was, now)
        else:
            self.keep_comments(node)
            if node.start == node.end:
                raise _Unpatchable
            self.pieces.append((node.start, node.end, flow(new)))

    def keep_comments(self, value: _Node) -> None:
        """Give up rather than drop a comment inside brackets or between the lines of a value."""
        if value.shape != "scalar" and "#" in self.text[value.start : value.end]:
            raise _Unpatchable

    def insert(self, at: int, lines: str) -> None:
        """Put whole lines in; a text that keeps its last blank lines must not be given more."""
        end = self.past_blank_lines(at) if lines.endswith("\n\n") else at
        self.pieces.append((at, end, lines))

    def past_blank_lines(self, index: int) -> int:
        """The beginning of the first line from ``index`` on that is not empty."""
        while self.text.startswith("\n", index):
            index += 1
        return index

    def column(self, index: int) -> int:
        """How far ``index`` is from the beginning of its line."""
        return index - (self.text.rfind("\n", 0, index) + 1)

    def own_line(self, index: int) -> int:
        """The beginning of the line on which nothing but blanks stands before ``index``."""
        start = index - self.column(index)
        if self.text[start:index].strip(" "):
            raise _Unpatchable
        return start

    def dash_line(self, place: _Node) -> int:
        """The beginning of the line on which a list item and its dash stand."""
        return self.text.rindex("\n", 0, self.dash(place)) + 1

    def dash(self, place: _Node) -> int:
        """Where the dash of a list item stands, which must be on the item's line."""
        start = place.start - self.column(place.start)
        found = _DASH.match(self.text, start, place.start)
        if found is None or self.text[found.end() : place.start].strip(" "):
            raise _Unpatchable
        return found.end() - 1


def _same_frame(old: dict[str, Any], new: Mapping[str, Any]) -> bool:
    return old.keys() == new.keys() and same(old.get("timeline"), new.get("timeline"))


def _by_id(events: Any) -> dict[str, dict[str, Any]]:
    if not isinstance(events, list) or not all(isinstance(event, dict) for event in events):
        raise _Unpatchable
    # An entry that a person jotted down has no id yet; the whole one that replaces it has.
    named = [event.get("id", f"\0{place}") for place, event in enumerate(events)]
    found = dict(zip(named, events, strict=True))
    if len(found) != len(events) or not all(isinstance(id, str) for id in found):
        raise _Unpatchable
    return found


def _patched(text: str, old: dict[str, Any], doc: Mapping[str, Any], path: str) -> str | None:
    patch = _Patch(text)
    try:
        layout = _Layout(text, path)
        patch.mapping(layout.node(next(layout.events)), old, doc, 1)
        return patch.apply()
    except (_Unpatchable, ValueError, StopIteration):
        return None


def _round_tripped(text: str, old: dict[str, Any], doc: Mapping[str, Any], path: str) -> str | None:
    """``text`` loaded with its comments by ruamel, changed in place and written again."""
    from io import StringIO

    from ruamel.yaml.error import YAMLError

    yaml = _round_tripper()
    out = StringIO()
    try:
        tree = yaml.load(text)
        _change(tree, old, doc)
        yaml.dump(tree, out)
    except (YAMLError, ValueError, TypeError, KeyError, IndexError, AttributeError):
        # Whatever its internals trip over, there is one more way; the input was valid.
        return None
    return out.getvalue()


def _round_tripper() -> Any:
    from ruamel.yaml import YAML
    from ruamel.yaml.resolver import VersionedResolver

    class TextTimes(VersionedResolver):
        """Leaves times as the text they are written as."""

        def add_version_implicit_resolver(
            self, version: Any, tag: Any, regexp: Any, first: Any
        ) -> None:
            if str(tag) != "tag:yaml.org,2002:timestamp":
                super().add_version_implicit_resolver(version, tag, regexp, first)

    yaml = YAML(typ="rt", pure=True)
    yaml.Resolver = TextTimes
    yaml.preserve_quotes = True
    yaml.width = 1 << 30
    yaml.indent(mapping=2, sequence=4, offset=2)
    return yaml


def _change(tree: Any, old: dict[str, Any], new: Mapping[str, Any]) -> None:
    """Make the loaded mapping ``tree``, which says ``old``, say ``new``."""
    for key in old:
        if key not in new:
            del tree[key]
    at = 0
    for key, value in new.items():
        if key not in old:
            if "timeline" in old and "timeline" in new:
                at = min(at, list(tree).index("timeline"))
            tree.insert(at, key, _fresh(value, key))
        elif not same(old[key], value):
            _change_entry(tree, key, old[key], value)
        at = list(tree).index(key) + 1


def _change_entry(tree: Any, key: str, old: Any, new: Any) -> None:
    if isinstance(old, dict) and isinstance(new, dict) and old:
        _change(tree[key], old, new)
        return
    try:
        was, now = _by_id(old), _by_id(new)
    except _Unpatchable:
        tree[key] = _fresh(new, key)
        return
    events = dict(zip(was, tree[key], strict=True))
    for id in events:
        if id in now:
            _change(events[id], was[id], now[id])
    tree[key][:] = [events[id] if id in was else _fresh(event, key) for id, event in now.items()]


def _fresh(value: Any, key: str = "") -> Any:
    """Plain data as ruamel is to write it: collections in brackets, texts as literal blocks."""
    from ruamel.yaml.comments import CommentedMap, CommentedSeq
    from ruamel.yaml.scalarstring import LiteralScalarString

    if isinstance(value, dict):
        mapping = CommentedMap({name: _fresh(part, name) for name, part in value.items()})
        if "text" not in value:
            mapping.fa.set_flow_style()
        return mapping
    if isinstance(value, list):
        sequence = CommentedSeq([_fresh(part) for part in value])
        if key != "timeline":
            sequence.fa.set_flow_style()
        return sequence
    if key == "text" and isinstance(value, str) and entry(key, value).startswith("text: |"):
        return LiteralScalarString(value)
    return value
