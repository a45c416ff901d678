"""How often classify.yaml is right: a file of texts with the categories that people gave them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tkt.domain.classify.judging import Judged, judge
from tkt.errors import BadData
from tkt.named import NamedTuple
from tkt.services.classifying.sorting import sorter_lying

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tkt.domain.settings import Settings
    from tkt.services.classifying.sorting import Lying
    from tkt.services.transfer.importing import Records
    from tkt.storage.desk import Desk
    from tkt.storage.tables import Record

_TEXT = ("text", "文本", "内容", "正文", "title", "标题")
_LABEL = ("label", "category", "标签", "类别", "分类")


class Checked(NamedTuple):
    """What came of a labelled set, and the rows that could not be used."""

    judged: Judged
    faults: list[BadData]
    by: Lying


def check(desk: Desk, records: Records) -> Checked:
    """Hold a labelled set against the desk's classify.yaml as it lies there."""
    lying = sorter_lying(desk)
    sorter = lying.sorter
    names = _names(sorter.settings)
    faults: list[BadData] = []

    def rows() -> Iterator[tuple[int, str, str, str | None, float, list[str]]]:
        for record in records.records(records.start):
            try:
                text, label = _read(record, names, records.source.name)
            except BadData as fault:
                faults.append(fault)
                continue
            decision = sorter.decide(text, {})
            assert decision is not None
            words = [hit.found for hit in decision.hits]
            yield record.line, text, label, decision.category, decision.score, words

    return Checked(judge(rows()), faults, lying)


def _names(settings: Settings) -> dict[str, str]:
    """What categories are called, in any language, to their names."""
    called = {label.casefold(): one.name for one in settings.categories
              for label in (one.zh, one.en)}  # fmt: skip
    return called | {one.name.casefold(): one.name for one in settings.categories}


def _read(record: Record, names: dict[str, str], path: str) -> tuple[str, str]:
    """(text, category) of a row; BadData with its place if it does not say both."""
    if record.data is None:
        assert record.fault
        raise record.fault
    text = next((record.data[key] for key in _TEXT if record.data.get(key)), None)
    label = next((record.data[key] for key in _LABEL if record.data.get(key)), None)
    if not isinstance(text, str) or not isinstance(label, str):
        raise BadData("classify.not_labelled", path=path, line=record.line)
    known = names.get(label.strip().casefold())
    if known is None:
        raise BadData("classify.label_unknown", path=path, line=record.line, label=label[:60])
    return text, known
