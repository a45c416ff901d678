"""Why a ticket was classified as it was: in its event, and in one line.

Asked for by whoever shows or opens a ticket, so it takes nothing that looks at texts.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tkt.named import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

FILE = "classify.yaml"


class Because(NamedTuple):
    """A value, and the place in a settings file that gave it."""

    value: Any
    rule: str


class Start(NamedTuple):
    """What a new ticket begins with: fields that nobody has said, and why, for its event."""

    fields: dict[str, Any]
    payload: dict[str, Any]

    @property
    def reason(self) -> str | None:
        """Why, in one line for the commit."""
        because = self.payload.get("classified")
        return reason(because) if because else None

    @property
    def rule(self) -> str | None:
        """Where in classify.yaml."""
        because = self.payload.get("classified", {})
        return because.get("rule") or next(
            (because[name]["rule"] for name in ("severity", "priority") if name in because), None
        )

    def weighed(self, priority: Because) -> Start:
        """The same with the priority that an impact and an urgency said by a person come to."""
        because = {**self.payload.get("classified", {}), "priority": priority._asdict()}
        fields = {**self.fields, "priority": priority.value}
        return Start(fields, {**self.payload, "classified": because})


NOTHING = Start({}, {})
"""What classifying adds where there is nothing to classify by."""


def in_matrix(
    matrix: Mapping[str, Mapping[str, str]], impact: str | None, urgency: str | None
) -> Because | None:
    """The priority of an impact and an urgency; None where either is not known."""
    priority = matrix.get(impact or "", {}).get(urgency or "")
    return Because(priority, f"{FILE}#matrix.{impact}.{urgency}") if priority else None


def reason(because: Any) -> str:
    """What an event's ``classified`` says; whatever a person may have made of it by hand."""
    return "; ".join(_parts(because)) if isinstance(because, dict) else ""


def _parts(because: Mapping[str, Any]) -> Iterator[str]:
    if "category" in because:
        words = because.get("words")
        score = because.get("score", 0)
        how = f"{_listed(words)} ({score})" if words else because.get("by")
        yield f"category {because['category']}: {how}"
    for name in ("severity", "priority"):
        one = because.get(name)
        if isinstance(one, dict):
            yield f"{name} {one.get('value')}: {_listed(one.get('words')) or one.get('rule')}"


def _listed(words: Any) -> str:
    return ", ".join(map(str, words)) if isinstance(words, list) else ""
