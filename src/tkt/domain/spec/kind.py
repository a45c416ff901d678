"""What every kind of value in a settings file has in common."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from tkt.domain.query.mistakes import close_names
from tkt.domain.shape import Fault

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    Where = tuple[str | int, ...]
    Faults = list[Fault]
    Doc = Callable[[str], str]
    """Gives the sentence that explains a key, by ``<record>.<key>``."""

BAD: Final = object()
"""Stands for a value that cannot be taken."""


class Kind:
    """One kind of value."""

    def take(self, value: Any, where: Where, faults: Faults) -> Any:
        """What ``value`` says, without what is wrong in it; BAD if nothing can be taken."""
        raise NotImplementedError

    def fits(self, value: Any) -> bool:
        """Whether a value is meant to be of this kind, if perhaps a faulty one."""
        raise NotImplementedError

    def schema(self, doc: Doc) -> dict[str, Any]:
        """The same as JSON Schema."""
        raise NotImplementedError


def bad(faults: Faults, where: Where, fault: str, /, **params: object) -> Any:
    """Note a fault; BAD."""
    faults.append(Fault(where, fault, params))
    return BAD


def unlike(
    faults: Faults,
    where: Where,
    fault: str,
    found: object,
    candidates: Iterable[str],
    /,
    **params: object,
) -> Any:
    """Note the fault ``fault``; ``<fault>_like`` where something known comes close to ``found``."""
    close = close_names(found, candidates) if isinstance(found, str) else []
    said = {"found": short(found), **params}
    if close:
        return bad(faults, where, f"{fault}_like", close=close[0], **said)
    return bad(faults, where, fault, **said)


def unknown(where: Where, fault: str, found: str, candidates: Iterable[str]) -> Fault:
    """That ``found`` is none of ``candidates``, with the one that was probably meant.

    The text is ``fault``, or ``<fault>_like`` with ``close``; both are told what is ``known``.
    """
    faults: Faults = []
    words = list(dict.fromkeys(candidates))
    unlike(faults, where, fault, found, words, known=", ".join(words))
    return faults[0]


def last(where: Where) -> str:
    """What a fault's place is called: the last key of it that is a name."""
    return next((part for part in reversed(where) if isinstance(part, str)), "")


def short(value: object) -> str:
    """A value as a message quotes it."""
    return str(value)[:60]
