"""What there is to say of one text, or of all that was answered on a ticket."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tkt.named import NamedTuple

if TYPE_CHECKING:
    from tkt.domain.ticket import Event
    from tkt.domain.tone.checking import Finding
    from tkt.errors import Remark


class Said(NamedTuple):
    """A text with what there is to say of it; ``event`` where it was said on a ticket already."""

    text: str
    findings: list[Finding]
    event: Event | None = None


class Told(NamedTuple):
    """The answer: each text, of which ticket, and what else there is to say."""

    said: list[Said]
    ticket: str | None = None
    remarks: tuple[Remark, ...] = ()

    @property
    def blocks(self) -> bool:
        """Whether any of it would not be sent."""
        return any(one.blocks for each in self.said for one in each.findings)
