"""The JSON Schemas that ship: what the code says, and no stricter than what it takes."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tkt import texts
from tkt.domain.spec.nested import Either, Keyed, ListOf, Record, taken
from tkt.domain.spec.simple import Choice, Elsewhere, Flag, Number, Parsed
from tkt.render.schemas import KINDS, document
from tkt.storage import defaults, yaml

ROOT = Path(__file__).resolve().parents[2]
kinds = pytest.mark.parametrize("kind", KINDS)


def validator(kind: str) -> jsonschema.Draft7Validator:
    return jsonschema.Draft7Validator(document(kind))


@kinds
def test_what_ships_is_what_the_code_says(kind: str) -> None:
    text = (ROOT / "src/tkt/shipped/schemas" / f"{kind}.json").read_text(encoding="utf-8")
    assert json.loads(text) == document(kind), (
        f"tkt workflow schema {kind} > src/tkt/shipped/schemas/{kind}.json"
    )


@kinds
def test_it_is_a_schema(kind: str) -> None:
    jsonschema.Draft7Validator.check_schema(document(kind))


@kinds
def test_every_key_is_explained_in_both_languages(kind: str) -> None:
    def walk(node: Any) -> None:
        if isinstance(node, dict):
            for told in node.get("properties", {}).values():
                zh, en = told["description"].split("\n")
                assert not zh.isascii(), zh
                assert en.isascii(), en
            for part in node.values():
                walk(part)
        elif isinstance(node, list):
            for part in node:
                walk(part)

    walk(document(kind))


def test_no_explanation_is_left_over() -> None:
    told = {f"schema.{about}" for kind in KINDS.values() for about in _keys(kind)}
    assert {key for key in texts.catalogue("zh") if key.startswith("schema.")} >= told


def _keys(kind: Any) -> set[str]:
    if isinstance(kind, Record):
        return {f"{kind.about}.{name}" for name in kind.keys} | {
            key for inner in kind.keys.values() for key in _keys(inner.kind)
        }
    if isinstance(kind, Keyed | ListOf):
        return _keys(kind.item)
    return (
        {key for inner in kind.kinds for key in _keys(inner)} if isinstance(kind, Either) else set()
    )


def test_every_shipped_file_is_valid() -> None:
    files = defaults.desk_files(name="天猫店", language="zh")
    found = {"workflow": 0, "desk": 0, "team": 0, "classify": 0}
    for path, raw in files.items():
        kind = {"tkt.yaml": "desk", "team.yaml": "team", "classify.yaml": "classify"}.get(path)
        kind = "workflow" if path.startswith("workflows/") else kind
        if kind is None:
            continue
        found[kind] += 1
        assert list(validator(kind).iter_errors(yaml.load(raw, path=path))) == [], path
        modeline = raw.decode().splitlines()[0]
        prefix = "../" if "/" in path else ""
        assert modeline == f"# yaml-language-server: $schema={prefix}schemas/{kind}.json"
        assert f"schemas/{kind}.json" in files
    assert found == {"workflow": 9, "desk": 1, "team": 1, "classify": 1}


# -- agreement --------------------------------------------------------------------------------

odd: st.SearchStrategy[Any] = (
    st.none() | st.booleans() | st.integers(-3, 9) | st.text(max_size=5) | st.just([]) | st.just({})
)


def of(kind: Any) -> st.SearchStrategy[Any]:
    """Values that are mostly of a kind, and sometimes are not."""
    if isinstance(kind, Record):
        # What a section reads by itself has faults of its own.
        keys = {
            name: of(key.kind)
            for name, key in kind.keys.items()
            if not isinstance(key.kind, Elsewhere)
        }
        needed = {name: keys[name] for name in keys if kind.keys[name].needed}
        rest = {name: keys[name] for name in keys if name not in needed}
        good = st.fixed_dictionaries(needed, optional=rest)
        return good | st.dictionaries(st.sampled_from([*keys, "x"]), odd, max_size=2)
    if isinstance(kind, Keyed):
        return st.dictionaries(st.sampled_from(["a", "new", "b c"]), of(kind.item), max_size=2)
    if isinstance(kind, ListOf):
        return st.lists(of(kind.item), max_size=2) | of(kind.item)
    if isinstance(kind, Either):
        return st.one_of([of(inner) for inner in kind.kinds])
    if isinstance(kind, Choice):
        return st.sampled_from([*kind.words, "zzz"])
    if isinstance(kind, Flag):
        return st.booleans() | odd
    if isinstance(kind, Number):
        return st.integers(0, 6) | st.floats(0, 9) | odd
    if isinstance(kind, Parsed):
        return st.sampled_from(
            ["7d", "mon-fri", "09:00-18:00", "2026-11-11", "Asia/Tokyo", 5, True]
        )
    return st.sampled_from(["a", "new", ["a", "b"], 5, None]) | odd


@kinds
@given(data=st.data())
def test_what_is_taken_without_a_fault_is_valid(kind: str, data: st.DataObject) -> None:
    value = data.draw(of(KINDS[kind]))
    if not taken(KINDS[kind], value)[1]:
        assert list(validator(kind).iter_errors(value)) == []


FINER = {
    "field.not_name", "config.no_zone", "config.not_duration", "roster.not_date",
    "roster.not_days", "roster.not_hours", "roster.not_moment", "config.not_text",
    "calendar.not_date",
    "calendar.not_date_key", "calendar.not_span", "calendar.no_weekday", "calendar.reversed",
    "calendar.minute_short", "calendar.not_yearly", "sla.not_budget",
    "sla.not_priority", "sweep.not_offset", "notify.not_digest", "notify.not_quiet",
    "notify.not_address", "article.not_language", "training.not_days",
    "classify.empty_word", "classify.bad_pattern",
    "classify.pattern_long", "classify.pattern_slow", "classify.pattern_empty",
}  # fmt: skip
"""What only the code knows: a schema does not say what a duration looks like."""


@kinds
@given(data=st.data())
def test_what_is_valid_has_only_finer_faults(kind: str, data: st.DataObject) -> None:
    value = data.draw(of(KINDS[kind]))
    if validator(kind).is_valid(value):
        assert {fault.key for fault in taken(KINDS[kind], value)[1]} <= FINER
