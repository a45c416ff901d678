"""Typed values to meant ones: labels to names, ``me`` to a person, dates to instants.

Afterwards a tree holds only the operators of :data:`tkt.domain.query.tree.BOUND_OPS`, and can be
evaluated or turned to SQL without knowing the desk.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from tkt.domain.query.mistakes import mistake, unknown
from tkt.domain.query.tree import And, Compare, Flag, Node, Not, Or, Query, Range, Sort, Value
from tkt.domain.when import parse_relative, parse_span

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime, tzinfo

    from tkt.domain.query.vocabulary import FieldSpec, Vocabulary

MAX_WILDCARDS = 4

_NOTHING = frozenset(("none", "null", "无", "空"))
_ANYTHING = frozenset(("any", "有"))
_MYSELF = frozenset(("me", "我"))
_EQUALITY = (":", "=", "!=")
_NUMBER = r"[+-]?\d{1,15}(\.\d{1,15})?"
_MIRRORED = {"low": ">=", "high": "<="}


def bind(
    query: Query, *, vocabulary: Vocabulary, now: datetime, tz: tzinfo, me: str | None
) -> Query:
    """``query`` with every name canonical and every value of its field's type.

    ``me`` is the canonical name of whoever asks, None if nobody in particular. Raises UsageProblem
    on an unknown field or value, an operator the field does not know, a bad date or number.
    """
    binder = _Binder(query.text, vocabulary, now, tz, me)
    sort = tuple(binder.sort(key) for key in query.sort)
    return query._replace(tree=binder.node(query.tree), sort=sort)


class _Binder:
    """One query's surroundings."""

    def __init__(
        self, text: str, vocabulary: Vocabulary, now: datetime, tz: tzinfo, me: str | None
    ) -> None:
        self.text = text
        self.vocabulary = vocabulary
        self.now = now
        self.tz = tz
        self.me = me

    def node(self, node: Node) -> Node:
        match node:
            case And(parts):
                return And(tuple(self.node(part) for part in parts))
            case Or(parts):
                return Or(tuple(self.node(part) for part in parts))
            case Not(part):
                return Not(self.node(part))
            case Compare():
                return self.compare(node)
            case Flag(name, column):
                flag = self.vocabulary.flag_named(name)
                if flag is None:
                    names = self.vocabulary.flag_names()
                    raise unknown("query.unknown_flag", self.text, column, name, names, name=name)
                return Flag(flag, column)
            case _:
                return node

    def sort(self, key: Sort) -> Sort:
        name = self._field(key.field, key.column)
        spec = self.vocabulary.fields[name]
        if spec.multi or spec.kind == "list":
            raise mistake("query.sort", self.text, key.column, name=key.field)
        return key._replace(field=name, formerly=spec.formerly)

    def _field(self, name: str, column: int) -> str:
        canonical = self.vocabulary.field_named(name)
        if canonical is None:
            names = self.vocabulary.field_names()
            raise unknown("query.unknown_field", self.text, column, name, names, name=name)
        return canonical

    def compare(self, typed: Compare) -> Node:
        name = self._field(typed.field, typed.column)
        spec = self.vocabulary.fields[name]
        self._check_op(typed, spec)
        one = typed._replace(field=name, formerly=spec.formerly)
        parts = [self._one(one, spec, value) for value in typed.values]
        whole = _any_of(_united(parts))
        return Not(whole) if typed.op == "!=" else whole

    def _check_op(self, typed: Compare, spec: FieldSpec) -> None:
        ordered = spec.kind in ("number", "time") or bool(spec.ranks)
        allowed = _EQUALITY if not ordered else (*_EQUALITY, "<", "<=", ">", ">=")
        op = typed.op
        if any(isinstance(value, Range) for value in typed.values) and (
            not ordered or op not in _EQUALITY
        ):
            op = ".."
        if op not in allowed or (op not in _EQUALITY and len(typed.values) > 1):
            raise mistake(
                "query.op",
                self.text,
                typed.column,
                name=typed.field,
                op=op if op not in allowed else f"{op} a,b",
                allowed=" ".join((*allowed, "a..b") if ordered else allowed),
            )

    def _one(self, typed: Compare, spec: FieldSpec, value: Value | Range) -> Node:
        """The condition that one of the listed values makes."""
        if isinstance(value, Range):
            return self._range(typed, spec, value)
        if not value.text.strip():
            raise mistake("query.no_value", self.text, value.column, name=typed.field)
        special = self._null_test(typed, spec, value)
        if special is not None:
            return special
        if spec.spelt:
            value = value._replace(text=spec.spelt(value.text))
        if spec.kind == "time":
            return self._time(typed, value)
        if spec.kind == "number":
            op = "in" if typed.op in _EQUALITY else typed.op
            return typed._replace(op=op, values=(self._number(typed, spec, value),))
        if typed.op not in _EQUALITY:
            return self._ranked(typed, spec, value, typed.op)
        if spec.kind == "text":
            op = "contains" if typed.op == ":" else "in"
            return typed._replace(op=op, values=(value.typed or value.text,))
        if spec.kind == "id":
            return self._id(typed, value)
        return self._name(typed, spec, value)

    def _null_test(self, typed: Compare, spec: FieldSpec, value: Value) -> Node | None:
        said = value.text.casefold()
        if value.quoted or said not in _NOTHING | _ANYTHING or said in _folded(spec):
            return None
        if spec.kind == "text" and not spec.nullable:
            return None
        if not spec.nullable:
            raise mistake("query.never_empty", self.text, value.column, name=typed.field)
        if typed.op not in _EQUALITY:
            raise mistake(
                "query.op",
                self.text,
                typed.column,
                name=typed.field,
                op=f"{typed.op}{value.text}",
                allowed=": = !=",
            )
        null = typed._replace(op="null", values=())
        return null if said in _NOTHING else Not(null)

    def _range(self, typed: Compare, spec: FieldSpec, span: Range) -> Node:
        parts: list[Node] = []
        for side, end in (("low", span.low), ("high", span.high)):
            if end is not None:
                parts.append(self._one(typed._replace(op=_MIRRORED[side]), spec, end))
        if len(parts) == 2 and _is_reversed(parts[0], parts[1]):
            raise mistake("query.reversed", self.text, span.column, name=typed.field)
        return parts[0] if len(parts) == 1 else And(tuple(parts))

    def _time(self, typed: Compare, value: Value) -> Node:
        try:
            point = parse_relative(value.text, now=self.now, tz=self.tz)
            if point is not None:
                return self._near(typed, point)
            start, end = parse_span(value.text, now=self.now, tz=self.tz)
        except ValueError as error:
            raise mistake(
                "query.time", self.text, value.column, name=typed.field, value=value.text
            ) from error
        since, before = (
            typed._replace(op=">=", values=(start,)),
            typed._replace(op="<", values=(end,)),
        )
        after = typed._replace(op=">=", values=(end,))
        earlier = typed._replace(op="<", values=(start,))
        by_op: dict[str, Node] = {">": after, ">=": since, "<": earlier, "<=": before}
        return by_op.get(typed.op) or And((since, before))

    def _near(self, typed: Compare, point: datetime) -> Node:
        """A relative moment compares as the instant it is, and equals all between it and now."""
        if typed.op not in _EQUALITY:
            return typed._replace(values=(point,))
        first, last = sorted((point, self.now), key=lambda moment: moment.timestamp())
        return And(
            (
                typed._replace(op=">=", values=(first,)),
                typed._replace(op="<=", values=(last,)),
            )
        )

    def _number(self, typed: Compare, spec: FieldSpec, value: Value) -> int | float:
        said = _folded(spec).get(value.text.casefold(), value.text)
        if not re.fullmatch(_NUMBER, said):
            raise mistake(
                "query.number", self.text, value.column, name=typed.field, value=value.text
            )
        return float(said) if "." in said else int(said)

    def _ranked(self, typed: Compare, spec: FieldSpec, value: Value, op: str) -> Node:
        """Rank comparisons name the values they allow, so that nothing else need know ranks."""
        known = {name: rank for rank, name in enumerate(spec.ranks)}
        canonical = _folded(spec).get(value.text.casefold(), value.text)
        if canonical not in known:
            raise self._unknown_value(typed, spec.ranks, value)
        at = known[canonical]
        chosen = {
            "<": spec.ranks[:at],
            "<=": spec.ranks[: at + 1],
            ">": spec.ranks[at + 1 :],
            ">=": spec.ranks[at:],
        }[op]
        return typed._replace(op="in", values=chosen)

    def _id(self, typed: Compare, value: Value) -> Node:
        """An id is written in capitals, and found by any end of it."""
        said = value.text.upper()
        if typed.op != ":" or value.quoted:
            return typed._replace(op="in", values=(said,))
        pattern = said if "*" in said else f"*{said}"
        return typed._replace(op="glob", values=(self._pattern(pattern, value),))

    def _name(self, typed: Compare, spec: FieldSpec, value: Value) -> Node:
        names = _folded(spec)
        said = value.text.casefold()
        if said in names:
            return typed._replace(op="in", values=(names[said],))
        if not value.quoted and said in _MYSELF and (spec.people or spec.kind == "name"):
            if self.me is None:
                raise mistake("query.no_me", self.text, value.column, value=value.text)
            return typed._replace(op="in", values=(self.me,))
        if "*" in value.text and not value.quoted:
            return self._wildcard(typed, spec, value)
        if spec.closed:
            raise self._unknown_value(typed, [*spec.names, *spec.names.values()], value)
        return typed._replace(op="in", values=(value.text,))

    def _wildcard(self, typed: Compare, spec: FieldSpec, value: Value) -> Node:
        """A pattern is tried on labels too, since these are what a person sees."""
        pattern = self._pattern(value.text, value)
        folded = pattern.casefold()
        labelled = {to for said, to in _folded(spec).items() if fits(folded, said)}
        if spec.closed and not labelled:
            raise self._unknown_value(typed, [*spec.names, *spec.names.values()], value)
        parts: list[Node] = []
        if labelled:
            parts.append(typed._replace(op="in", values=tuple(sorted(labelled))))
        if not spec.closed:
            parts.append(typed._replace(op="glob", values=(pattern,)))
        return _any_of(parts)

    def _pattern(self, pattern: str, value: Value) -> str:
        """``pattern`` without doubled stars; many stars would be slow to try."""
        pattern = re.sub(r"\*+", "*", pattern)
        if pattern.count("*") > MAX_WILDCARDS:
            raise mistake("query.wildcards", self.text, value.column, limit=MAX_WILDCARDS)
        return pattern

    def _unknown_value(self, typed: Compare, known: Iterable[str], value: Value) -> Exception:
        return unknown(
            "query.unknown_value",
            self.text,
            value.column,
            value.text,
            known,
            name=typed.field,
            value=value.text,
        )


def fits(pattern: str, text: str) -> bool:
    """Whether ``pattern``, in which ``*`` is any text, fits the whole of ``text``; linear time."""
    first, *rest = pattern.split("*")
    if not rest:
        return text == pattern
    *middle, last = rest
    if not text.startswith(first):
        return False
    at = len(first)
    for piece in middle:
        found = text.find(piece, at)
        if found < 0:
            return False
        at = found + len(piece)
    return len(text) - at >= len(last) and text.endswith(last)


def _folded(spec: FieldSpec) -> dict[str, str]:
    """Every spelling of the field's values, case folded, to the canonical one."""
    names = {name.casefold(): name for name in (*spec.ranks, *spec.names.values())}
    for label, canonical in spec.names.items():
        names.setdefault(label.casefold(), canonical)
    return names


def _any_of(parts: list[Node]) -> Node:
    return parts[0] if len(parts) == 1 else Or(tuple(parts))


def _united(parts: list[Node]) -> list[Node]:
    """Listed values as few conditions: one list is far cheaper to look up than many single ones."""
    lists: dict[str, Compare] = {}
    others: list[Node] = []
    for part in parts:
        if isinstance(part, Compare) and part.op in ("in", "contains", "glob"):
            seen = lists.get(part.op)
            values = (*seen.values, *part.values) if seen else part.values
            lists[part.op] = (seen or part)._replace(values=tuple(dict.fromkeys(values)))
        else:
            others.append(part)
    return [*lists.values(), *others]


def _is_reversed(low: Node, high: Node) -> bool:
    """Whether a range's ends stand the wrong way round."""
    if not (isinstance(low, Compare) and isinstance(high, Compare)):
        return False
    if low.op == "in":
        return not set(low.values) & set(high.values)
    first, last = (_instant(end.values[0]) for end in (low, high))
    return first > last or (first == last and high.op == "<")


def _instant(value: object) -> float:
    if isinstance(value, int | float):
        return value
    return value.timestamp()  # type: ignore[attr-defined,no-any-return]
