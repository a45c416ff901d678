"""Whether classify.yaml makes sense: names that lead somewhere, words that tell something."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tkt.domain.classify.folding import fold
from tkt.domain.shape import Fault
from tkt.domain.spec.kind import unknown

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from tkt.domain.classify.category import Category
    from tkt.domain.settings import Settings
    from tkt.domain.shape import Where

CONDITIONS = ("keywords", "categories", "tags", "above")
"""What a rule for severity may ask for."""


def crossed_inside(found: Mapping[str, Any], data: Any) -> list[Fault]:
    """What is wrong among the parts of a file: ``found`` is its sound part, ``data`` all of it."""
    categories = found.get("categories", {})
    faults = [*_matrix(found)]
    inbox = found.get("inbox")
    if inbox is not None and inbox not in categories:
        faults.append(unknown(("inbox",), "classify.no_category", inbox, categories))
    elif inbox is not None and categories[inbox].get("spam"):
        faults.append(Fault(("inbox",), "classify.inbox_spam", {"category": inbox}))
    for number, rule in enumerate(found.get("severity", ())):
        where = ("severity", number)
        if not any(rule.get(key) is not None for key in CONDITIONS):
            faults.append(Fault(where, "classify.severity_always"))
        for i, name in enumerate(rule.get("categories", ())):
            if name not in categories:
                place = (*where, "categories", i)
                faults.append(unknown(place, "classify.no_category", name, categories))
    return [*faults, *_doubled(data)]


def _matrix(found: Mapping[str, Any]) -> Iterator[Fault]:
    """Rows that lack a column, and rules that name what the matrix does not have."""
    matrix: Mapping[str, Mapping[str, str]] = found.get("matrix", {})
    columns = list(dict.fromkeys(name for row in matrix.values() for name in row))
    for impact, row in matrix.items():
        if missing := [name for name in columns if name not in row]:
            told = {"impact": impact, "missing": ", ".join(missing)}
            yield Fault(("matrix", impact), "classify.matrix_gap", told)
    for number, rule in enumerate(found.get("severity", ())):
        for key, known in (("impact", list(matrix)), ("urgency", columns)):
            if key in rule and rule[key] not in known:
                yield unknown(("severity", number, key), "classify.no_step", rule[key], known)


def _doubled(data: Any) -> Iterator[Fault]:
    """Words that weigh the same in two categories: they tell nothing."""
    first: dict[tuple[str, float], str] = {}
    for name, where, word, weight in _words(data):
        key = fold(word), weight
        other = first.setdefault(key, name)
        if other != name:
            told = {"word": word, "category": name, "other": other}
            yield Fault(where, "classify.twice", told)


def _words(data: Any) -> Iterator[tuple[str, Where, str, float]]:
    """(category, place, word, weight) of every keyword that can be made out in a file."""
    categories = data.get("categories") if isinstance(data, dict) else None
    for name, one in categories.items() if isinstance(categories, dict) else ():
        said = one.get("keywords") if isinstance(one, dict) else None
        where: Where = ("categories", name, "keywords")
        for i, entry in enumerate(said if isinstance(said, list) else [said]):
            place = (*where, i) if isinstance(said, list) else where
            if isinstance(entry, str):
                yield name, place, entry, 1
            elif isinstance(entry, dict):
                among = entry.get("any")
                weight = entry.get("weight", 1)
                for n, word in enumerate(among if isinstance(among, list) else [among]):
                    if isinstance(word, str) and isinstance(weight, int | float):
                        yield name, (*place, "any", n), word, weight


def crossed(desk: Settings) -> list[Fault]:
    """Workflows and teams that categories name and the desk does not have."""
    faults = []
    flows = [flow.name for flow in desk.workflows]
    teams = [team.id for team in desk.teams]
    for one in desk.categories:
        where = ("categories", one.name)
        if one.workflow is not None and one.workflow not in flows:
            faults.append(
                unknown((*where, "workflow"), "classify.no_workflow", one.workflow, flows)
            )
        if one.team is not None and one.team not in teams:
            faults.append(unknown((*where, "team"), "classify.no_team", one.team, teams))
    return faults


def sound(category: Category, desk: Settings) -> Category:
    """A category without what the desk does not have: a broken line stops no ticket."""
    if category.workflow and category.workflow not in [flow.name for flow in desk.workflows]:
        category = category._replace(workflow=None)
    if category.team and desk.teams and category.team not in [team.id for team in desk.teams]:
        category = category._replace(team=None)
    return category
