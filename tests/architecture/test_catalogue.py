"""Both catalogues say the same things, all that the code asks for, and nothing else."""

from __future__ import annotations

import ast
import re
from functools import cache
from string import Formatter
from typing import TYPE_CHECKING, NamedTuple

import pytest
from source import layer_of, modules, texts_in, tree_of

from tkt import errors, texts
from tkt.cli.tree import PLUMBING, root

if TYPE_CHECKING:
    from collections.abc import Iterator

KEY = re.compile(r"[a-z_]+\.[a-z_]+(\.[a-z_]+)*")
ERRORS = {
    name for name, kind in vars(errors).items()
    if isinstance(kind, type) and issubclass(kind, errors.TktError)
}  # fmt: skip
OURS = ("help.", "label.", "schema.")
"""Keys made of the name of a command, a column, or a key of a settings file."""


class Use(NamedTuple):
    """A text asked for: where, its key, and the parameters it is given; None if not to be seen."""

    where: str
    key: str
    params: frozenset[str] | None


@pytest.fixture(params=texts.LANGUAGES)
def language(request: pytest.FixtureRequest) -> str:
    return str(request.param)


def placeholders(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name is not None}


@cache
def uses() -> list[Use]:
    """Every text that the code asks for by a literal key with its parameters."""
    found = []
    for module in modules():
        if layer_of(module) != "texts":
            for node in ast.walk(tree_of(module)):
                if isinstance(node, ast.Call):
                    found += [Use(f"{module}:{node.lineno}", k, p) for k, p in _asked(node)]
    return found


def _asked(call: ast.Call) -> Iterator[tuple[str, frozenset[str] | None]]:
    name = ast.unparse(call.func).split(".")[-1]
    given = None if any(k.arg is None for k in call.keywords) else frozenset(
        str(k.arg) for k in call.keywords
    )  # fmt: skip
    if name in ERRORS or name in ("say", "_fault", "mistake"):
        for key in _keys(call.args[:1]):
            yield key, given
    elif name == "Fault" and len(call.args) > 1:
        params: frozenset[str] | None = frozenset()
        if len(call.args) > 2:
            told = call.args[2]
            plain = isinstance(told, ast.Dict) and all(
                isinstance(k, ast.Constant) for k in told.keys
            )
            assert not plain or isinstance(told, ast.Dict)
            params = (
                frozenset(str(k.value) for k in told.keys if isinstance(k, ast.Constant))
                if isinstance(told, ast.Dict) and plain
                else None
            )
        for key in _keys(call.args[1:2]):
            yield key, params


def _keys(args: list[ast.expr]) -> Iterator[str]:
    for arg in args:
        if isinstance(arg, ast.Constant) and isinstance(arg.value, str):
            yield arg.value
        elif isinstance(arg, ast.IfExp):
            yield from _keys([arg.body, arg.orelse])


@cache
def literals() -> frozenset[str]:
    """Every literal string of the code that could be a key."""
    return frozenset(
        text for module in modules() if layer_of(module) != "texts"
        for text, _ in texts_in(tree_of(module)) if KEY.fullmatch(text)
    )  # fmt: skip


@cache
def patterns() -> list[re.Pattern[str]]:
    """What keys that are put together may look like."""
    found = []
    for module in modules():
        for node in ast.walk(tree_of(module)):
            if isinstance(node, ast.JoinedStr) and isinstance(node.values[0], ast.Constant):
                start = str(node.values[0].value)
                if re.fullmatch(r"[a-z_]+\.([a-z_]+\.)?", start):
                    found.append(re.compile(re.escape(start) + r"[\w.-]+"))
            elif isinstance(node, ast.JoinedStr) and isinstance(node.values[-1], ast.Constant):
                end = str(node.values[-1].value)
                if re.fullmatch(r"\.[a-z]+", end) and len(node.values) == 2:
                    found.append(re.compile(r"[a-z]+" + re.escape(end)))
    return found


def test_there_is_something_to_look_at() -> None:
    assert len(uses()) > 100
    assert len(patterns()) >= 3


def test_both_languages_have_the_same_keys() -> None:
    chinese, english = texts.catalogue("zh"), texts.catalogue("en")
    assert not set(chinese) ^ set(english)
    assert list(chinese) == list(english)


def test_both_languages_have_the_same_placeholders() -> None:
    chinese, english = texts.catalogue("zh"), texts.catalogue("en")
    differ = [
        key for key in chinese
        if not key.startswith("help.") and placeholders(chinese[key]) != placeholders(english[key])
    ]  # fmt: skip
    assert not differ


def test_texts_are_not_empty_and_have_no_loose_ends(language: str) -> None:
    wrong = [
        k for k, text in texts.catalogue(language).items() if not text or text != text.rstrip(" ")
    ]
    assert not [key for key in wrong if not key.startswith(("mark.", "help.usage"))]


def test_every_key_that_is_asked_for_exists(language: str) -> None:
    catalogue = texts.catalogue(language)
    assert not [use for use in uses() if KEY.fullmatch(use.key) and use.key not in catalogue]


def test_every_refusal_says_what_to_do_instead(language: str) -> None:
    catalogue = texts.catalogue(language)
    refused = {
        key for module in modules() for node in ast.walk(tree_of(module))
        if isinstance(node, ast.Call) and ast.unparse(node.func) in ("Refused", "NotFound")
        for key in _keys(node.args[:1])
    }  # fmt: skip
    assert len(refused) > 80
    assert not [key for key in sorted(refused) if f"{key}.hint" not in catalogue]


def test_keys_handed_on_exist(language: str) -> None:
    catalogue = texts.catalogue(language)
    families = {key.partition(".")[0] for key in catalogue if not key.startswith(OURS)}
    unknown = {
        key for key in literals()
        if key.partition(".")[0] in families and key not in catalogue and not _is_no_text(key)
    }  # fmt: skip
    assert not unknown


def _is_no_text(key: str) -> bool:
    """Settings of Git, names of files and a variable of templates look like keys as well."""
    ends = (".py", ".yaml", ".yml", ".md", ".log", ".lock", ".jsonl", ".csv")
    names = ("merge.tkt.", "index.", "commit.gpgsign", "customer.name")
    return key.endswith(ends) or key.startswith(names)


def test_no_text_is_there_for_nothing(language: str) -> None:
    asked = literals() | {use.key for use in uses()}
    left = []
    for key in texts.catalogue(language):
        base = key.removesuffix(".hint").removesuffix("_like")
        if key.startswith(OURS) or key in asked or base in asked:
            continue
        if not any(pattern.fullmatch(base) for pattern in patterns()):
            left.append(key)
    assert not left, " ".join(left)


def test_every_option_is_explained(language: str) -> None:
    catalogue = texts.catalogue(language)
    named = {
        str(keyword.value.value)
        for module in modules()
        if layer_of(module) == "cli"
        for node in ast.walk(tree_of(module))
        if isinstance(node, ast.Call) and ast.unparse(node.func) == "option"
        for keyword in node.keywords
        if keyword.arg == "help" and isinstance(keyword.value, ast.Constant)
    } | {"json", "jsonl", "csv", "markdown", "html", "help", "version"}
    assert len(named) > 20
    told = {key.removeprefix("help.option.") for key in catalogue if key.startswith("help.option.")}
    assert named == told


def test_every_command_has_a_help_text(language: str) -> None:
    texts.use(language)
    assert set(_paths()) | {"tkt"} | set(PLUMBING) == {
        key.removeprefix("help.")
        for key in texts.catalogue(language)
        if key.startswith("help.")
        and not key.startswith(("help.option.", "help.section.", "help.usage"))
    }


def _paths() -> Iterator[str]:
    from pathlib import Path

    from tkt.cli.tree import names_in

    for name in names_in(root.folder):
        yield name
        if (inner := Path(root.folder) / name).is_dir():
            yield from (f"{name}.{member}" for member in names_in(str(inner)))


def test_texts_use_only_what_they_are_given(language: str) -> None:
    catalogue = texts.catalogue(language)
    wrong = []
    for use in uses():
        if use.params is None:
            continue
        for key in (use.key, f"{use.key}.hint"):
            missing = placeholders(catalogue.get(key, "")) - use.params - {"path", "line", "column"}
            if missing:
                wrong.append((use.where, key, sorted(missing)))
    assert not wrong


def test_summaries_fit_beside_their_commands(language: str) -> None:
    from tkt.domain.plaintext import width

    long = [
        key for key, text in texts.catalogue(language).items()
        if key.startswith("help.") and not key.startswith("help.option.")
        and key != "help.tkt" and width(text.partition("\n")[0]) > 60
    ]  # fmt: skip
    assert not long


def test_an_unknown_key_comes_back_as_itself() -> None:
    assert texts.say("no.such_text") == "no.such_text"


def test_nobody_reads_doubled_braces(language: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(texts, "_current", language)
    variables = {"automation.loose_braces.hint"}  # it shows how a variable of a template is written
    for key, text in texts.catalogue(language).items():
        if "{{" in text and key not in variables:
            filled = texts.say(key, **dict.fromkeys(placeholders(text), "x"), unused="x")
            assert "{{" not in filled, key
            assert "}}}" not in filled, key
            assert placeholders(text) or texts.say(key) == filled, key
