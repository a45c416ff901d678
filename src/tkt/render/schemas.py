"""What settings files may say, as JSON Schema: editors complete and explain by it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tkt import texts
from tkt.domain.calendar.reading import CALENDAR
from tkt.domain.classify.file import CLASSIFY
from tkt.domain.declaring import DESK, TEAM
from tkt.domain.kb.front import ARTICLE
from tkt.domain.roster.file import AVAILABILITY, ROSTER
from tkt.domain.spec.nested import schema
from tkt.domain.tone.file import TONE
from tkt.domain.training.file import TRAINED, TRAINING
from tkt.domain.workflow.reading import WORKFLOW

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tkt.domain.spec.nested import Record

KINDS: Mapping[str, Record] = {
    "article": ARTICLE,
    "calendar": CALENDAR,
    "classify": CLASSIFY,
    "desk": DESK,
    "roster": ROSTER,
    "availability": AVAILABILITY,
    "team": TEAM,
    "tone": TONE,
    "trained": TRAINED,
    "training": TRAINING,
    "workflow": WORKFLOW,
}
"""Each kind of file by the name of its schema."""


def document(kind: str) -> dict[str, Any]:
    """The JSON Schema of one kind of file, explained in both languages."""
    catalogues = [texts.catalogue(language) for language in texts.LANGUAGES]

    def explained(about: str) -> str:
        return "\n".join(catalogue[f"schema.{about}"] for catalogue in catalogues)

    return schema(KINDS[kind], explained, title=f"tkt: {kind}")
