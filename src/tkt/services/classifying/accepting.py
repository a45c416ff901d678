"""Words that a person takes into classify.yaml, which keeps the layout that it has."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from unicodedata import category as kind_of

from tkt.domain.change import worded
from tkt.domain.classify.compiling import entries
from tkt.domain.classify.folding import fold
from tkt.domain.spec.kind import unknown
from tkt.errors import NotFound, Refused, UsageProblem
from tkt.storage import configuration, yaml
from tkt.storage.layout import CLASSIFY

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tkt.domain.settings import Settings
    from tkt.services.acting import Acting
    from tkt.storage.desk import Desk
    from tkt.storage.transaction import Saved, Transaction

_UNSEEN = {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}
"""Kinds of characters that nobody sees; line breaks and tabs are among the first."""


def category_named(settings: Settings, text: str) -> str:
    """The category that a person means by a name or a label; NotFound with the nearest one."""
    wanted = text.strip().casefold()
    for one in settings.categories:
        if wanted in (one.name.casefold(), one.zh.casefold(), one.en.casefold()):
            return one.name
    words = [word for one in settings.categories for word in (one.name, one.zh, one.en)]
    fault = unknown((), "classify.no_category", text, words)
    raise NotFound(fault.key, **fault.params)


def accept(desk: Desk, category: str, words: Sequence[str], *, acting: Acting) -> Saved:
    """Add keywords to a category, in one commit."""
    for word in words:
        if any(kind_of(character) in _UNSEEN for character in word):
            raise UsageProblem("classify.word_unseen", word=repr(word), key="--accept")
        if not fold(word).strip():
            raise UsageProblem("classify.empty_word", value=word, key="--accept")

    def decide(run: Transaction) -> Saved:
        files = configuration.files_at(desk.git, desk.head())
        raw = files.get(CLASSIFY, b"")
        if desk.tree.read(CLASSIFY) not in (raw, None):
            raise Refused("team.edited", path=CLASSIFY)
        text = _text(raw, category, words)
        # What was wrong before is nothing that these words did.
        before = {fault.key for fault in configuration.understand(files)[1]}
        faults = configuration.understand({**files, CLASSIFY: text})[1]
        if new := [fault for fault in faults if fault.key not in before]:
            raise new[0]
        trailers = (("Action", "classify-accept"), ("Actor", acting.by))
        return run.save_files(
            {CLASSIFY: text},
            worded(f"classify {category} by {', '.join(words)}", trailers),
            person=acting.person,
            now=acting.now,
        )

    return desk.write(decide, acting.grouping("classify"))


def _text(raw: bytes, category: str, words: Sequence[str]) -> bytes:
    from tkt.storage.rewrite import rewrite

    doc: dict[str, Any] = yaml.load(raw, path=CLASSIFY)
    entry = doc["categories"][category] or {}
    said = entry.get("keywords") or []
    keywords = [said] if isinstance(said, str) else list(said)
    known = {fold(word) for word, _ in entries(keywords)}
    for word in words:
        if fold(word) in known:
            raise Refused("classify.word_known", word=word, category=category)
        known.add(fold(word))
    changed = {**entry, "keywords": [*keywords, *words]}
    categories = {**doc["categories"], category: changed}
    return rewrite(
        raw.decode("utf-8-sig"), {**doc, "categories": categories}, path=CLASSIFY
    ).encode()
