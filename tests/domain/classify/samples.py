"""classify.yaml made ready in a test."""

from __future__ import annotations

from typing import Any

from tkt.domain.classify.file import read_classify
from tkt.domain.classify.folding import fold
from tkt.domain.classify.matching import Classifier, Found
from tkt.storage import yaml


def classifier(text: str | dict[str, Any]) -> Classifier:
    data = yaml.load(text, path="classify.yaml") if isinstance(text, str) else text
    said, faults = read_classify(data)
    assert not faults, faults
    made = Classifier.of(said["classifier"])
    assert made
    return made


def find(made: Classifier, text: str) -> Found:
    return made.find_in(fold(text))


def words(made: Classifier, text: str) -> dict[str, list[str]]:
    """Category to the words that count for it."""
    return {one.category: [hit.said for hit in one.hits] for one in find(made, text).ranked}
