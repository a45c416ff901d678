"""Whether one ticket fits a bound query, without an index: the meaning that SQL has to match."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, Any

from tkt.domain.query.bind import fits
from tkt.domain.query.tree import And, Compare, Flag, Node, Not, Or, Words
from tkt.domain.words import cut, match_expression

if TYPE_CHECKING:
    from collections.abc import Callable

_FOLD = str.maketrans("ABCDEFGHIJKLMNOPQRSTUVWXYZ", "abcdefghijklmnopqrstuvwxyz")


def matches(tree: Node, get: Callable[[str], Any], text: str) -> bool:
    """Whether the ticket that ``get`` reads by field or flag name, with ``text``, fits ``tree``.

    ``get`` returns None for a field without value; a list or tuple for several values; for times
    an aware datetime, an ISO text or epoch seconds. ``text`` is everything full text search sees.
    """
    match tree:
        case And(parts):
            return all(matches(part, get, text) for part in parts)
        case Or(parts):
            return any(matches(part, get, text) for part in parts)
        case Not(part):
            return not matches(part, get, text)
        case Compare():
            return _compare(tree, _held(tree, get))
        case Words():
            return has_words(tree, text, title=str(get("title") or ""))
        case Flag(name):
            return bool(get(name))
        case _:
            return True


def has_words(words: Words, text: str, *, title: str) -> bool:
    """Whether ``text`` has the words, by the same cutting as the full text index.

    What holds no word (a lone punctuation mark) is looked for in ``title`` as it stands.
    """
    expression = match_expression(words.text, phrase=words.phrase)
    if expression is None:
        return fold(words.text) in fold(title)
    there = f" {cut(text)} "
    return all(_has_phrase(there, part) for part in expression.split(" AND "))


def _has_phrase(there: str, part: str) -> bool:
    """Whether the tokens of one ``"a b c"`` stand in a row; with ``*`` the last may go on."""
    wanted = part.removesuffix(" *").strip('"')
    return f" {wanted}{'' if part.endswith('*') else ' '}" in there


def fold(text: str) -> str:
    """``text`` with ASCII letters in lower case, as SQLite's ``lower`` does."""
    return text.translate(_FOLD)


def ceil_date(moment: datetime) -> date:
    """The first local date that begins at ``moment`` or later."""
    midnight = (moment.hour, moment.minute, moment.second, moment.microsecond) == (0, 0, 0, 0)
    return moment.date() if midnight else moment.date() + timedelta(days=1)


def _held(condition: Compare, get: Callable[[str], Any]) -> Any:
    """What the ticket has under the first name of the field under which it has anything."""
    values = (get(name) for name in (condition.field, *condition.formerly))
    return next((value for value in values if value is not None), None)


def _compare(condition: Compare, value: Any) -> bool:
    held = list(value) if isinstance(value, list | tuple | set | frozenset) else [value]
    held = [item for item in held if item is not None]
    if condition.op == "null":
        return not held
    return any(_fits_one(condition, item) for item in held)


def _fits_one(condition: Compare, item: Any) -> bool:
    op, values = condition.op, condition.values
    if op == "in":
        return any(_same(item, value) for value in values)
    if op == "contains":
        return any(fold(str(value)) in fold(as_text(item)) for value in values)
    if op == "glob":
        return any(fits(str(value), as_text(item)) for value in values)
    return _ordered(op, item, values[0])


def _same(item: Any, value: Any) -> bool:
    if isinstance(value, str):
        return as_text(item) == value
    return is_number(item) and item == value


def _ordered(op: str, item: Any, value: Any) -> bool:
    if not isinstance(value, datetime):
        return is_number(item) and _holds(op, item, value)
    if isinstance(item, str):
        if len(item) == 10:
            return _date_holds(op, item, value)
        item = _parsed(item)
    if isinstance(item, datetime):
        item = (item if item.tzinfo else item.replace(tzinfo=UTC)).timestamp()
    return is_number(item) and _holds(op, item, value.timestamp())


def _parsed(item: str) -> datetime | None:
    try:
        return datetime.fromisoformat(item)
    except ValueError:
        return None


def _date_holds(op: str, day: str, moment: datetime) -> bool:
    """A date without a time counts from its first local instant."""
    turning = ceil_date(moment) if op in (">=", "<") else moment.date()
    return _holds(op, day, turning.isoformat())


def _holds(op: str, left: Any, right: Any) -> bool:
    if op == "<":
        return bool(left < right)
    if op == "<=":
        return bool(left <= right)
    return bool(left > right) if op == ">" else bool(left >= right)


def is_number(item: Any) -> bool:
    """Whether ``item`` is a number and not a truth value."""
    return isinstance(item, int | float) and not isinstance(item, bool)


def as_text(item: Any) -> str:
    """``item`` as a name: truth values as 1 and 0, as SQLite reads them from JSON."""
    return str(int(item)) if isinstance(item, bool) else str(item)
