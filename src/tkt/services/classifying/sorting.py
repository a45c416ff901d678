"""One text or ticket, and what a new ticket begins with because of it."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Any

from tkt.domain.classify.because import NOTHING, Start
from tkt.domain.classify.deciding import DECIDED, Decision, Facts, decide, told
from tkt.domain.classify.folding import fold
from tkt.domain.classify.matching import Classifier
from tkt.domain.classify.sense import sound
from tkt.domain.masking import mask
from tkt.domain.shape import CAUTIONS
from tkt.errors import Refused, Remark
from tkt.named import NamedTuple
from tkt.storage.layout import CLASSIFY

if TYPE_CHECKING:
    from collections.abc import Container, Iterator, Mapping

    from tkt.domain.settings import Settings
    from tkt.domain.ticket import Ticket
    from tkt.storage.desk import Desk

_AMOUNT = "amount"
"""The field of an order's value on a desk that declares none of its own."""

_classifier = lru_cache(2)(Classifier.of)


class Sorter:
    """A desk's classifier with all that it goes by, for however many texts."""

    def __init__(self, desk: Desk, settings: Settings | None = None) -> None:
        """``settings`` are others than the committed ones."""
        self.settings = settings or desk.settings
        text = settings.classifier if settings else desk.classifier
        self.classifier = _classifier(text) if self.settings.categories else None
        self._flows: dict[str, str | None] = {}
        self._categories = {one.name: sound(one, self.settings) for one in self.settings.categories}

    def decide(
        self, text: str, fields: Mapping[str, Any], *, said: str | None = None
    ) -> Decision | None:
        """What a text makes of a ticket with these fields; None where there is nothing to go by."""
        if self.classifier is None:
            return None
        facts = facts_in(self.settings, fields)
        decision = decide(self.classifier, self._categories, text, facts, said=said)
        if decision.workflow is None and decision.category is not None:
            decision = decision._replace(workflow=self._serving(decision.category))
        return decision

    def told(self, decision: Decision, text: str) -> dict[str, Any]:
        """Why, as an event carries it: of a text's words those that are personal are left out."""
        masked = mask(text, self.settings.public) if self.settings.masking else None
        return told(decision, fold(masked.text) if masked and masked.found else None)

    def _serving(self, category: str) -> str | None:
        """The workflow that says by itself that it is for a category."""
        if category not in self._flows:
            flow = self.settings.flow_for(category)
            self._flows[category] = flow.name if category in flow.rules.categories else None
        return self._flows[category]

    def start(
        self,
        title: str,
        text: str | None,
        fields: Mapping[str, Any],
        *,
        said: Container[str],
    ) -> Start:
        """What a new ticket begins with; ``said`` are the fields that a person has settled."""
        named = fields.get("category")
        decision = self.decide(whole(title, text), fields, said=named and str(named))
        if decision is None:
            return NOTHING
        found = {name: value for name, value in decision.fields.items() if name not in said}
        because = self.told(decision, whole(title, text))
        for name in ("severity", "priority"):
            if name in said:
                because.pop(name, None)
        if not because and not found:
            return NOTHING
        if settled := [name for name in DECIDED if name in said]:
            because["said"] = settled
        # A greeting that answers a machine might go round for ever.
        machine = {"machine": True} if decision.by == "machine" else {}
        return Start(found, {**machine, "classified": because})


def sorter_of(desk: Desk) -> Sorter:
    """What the desk classifies by; Refused where there is nothing."""
    sorter = Sorter(desk)
    if sorter.classifier is None:
        raise Refused("classify.none")
    return sorter


class Lying(NamedTuple):
    """A sorter that goes by classify.yaml as it lies there, and whether that has edits."""

    sorter: Sorter
    edited: bool


def is_edited(desk: Desk) -> bool:
    """Whether classify.yaml has edits that are not recorded."""
    blob = next((blob for _, blob, _ in desk.git.files_in(desk.head(), CLASSIFY)), None)
    return desk.is_edited(CLASSIFY, blob)


def sorter_lying(desk: Desk) -> Lying:
    """What a person who tunes words asks: classify.yaml as they have it before them.

    BadData if it has a fault, for then it is not what it says that would be tried.
    """
    if not is_edited(desk):
        return Lying(sorter_of(desk), edited=False)
    from tkt.storage import configuration  # only edits have to be read anew

    files = configuration.files_at(desk.git, desk.head())
    files.pop(CLASSIFY, None)
    if (raw := desk.tree.read(CLASSIFY)) is not None:
        files[CLASSIFY] = raw
    settings, faults = configuration.understand(files)
    for fault in faults:
        if fault.path == CLASSIFY and fault.key not in CAUTIONS:
            raise fault
    sorter = Sorter(desk, settings)
    if sorter.classifier is None:
        raise Refused("classify.none")
    return Lying(sorter, edited=True)


def remark_on(lying: Lying) -> Iterator[Remark]:
    """That edits are tried which are not recorded, if there are any."""
    if lying.edited:
        yield Remark("classify.as_lying")


def whole(title: str, text: str | None) -> str:
    """A title and a text as one, the title in a line of its own."""
    return f"{title}\n{text}" if text else title


def text_of(ticket: Ticket) -> str:
    """What a ticket is classified by: its title, and the words that opened it."""
    return whole(ticket.title, ticket.opening.text)


def facts_in(settings: Settings, fields: Mapping[str, Any]) -> Facts:
    """What the fields of a ticket say beside its words."""
    declared = [field.value_in(fields) for field in settings.fields if field.type == "money"]
    amounts = [_number(value) for value in (*declared, fields.get(_AMOUNT))]
    value = max((amount for amount in amounts if amount is not None), default=None)
    impact, urgency = fields.get("impact"), fields.get("urgency")
    return Facts(
        tuple(fields.get("tags") or ()),
        value,
        impact if isinstance(impact, str) else None,
        urgency if isinstance(urgency, str) else None,
    )


def _number(value: Any) -> float | None:
    try:
        return None if value is None else float(value)
    except (TypeError, ValueError):
        return None
