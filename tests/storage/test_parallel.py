from __future__ import annotations

import pickle

import pytest

from tkt.errors import BadData, NotFound
from tkt.storage.parallel import spread


def doubled(items: list[int]) -> list[int]:
    return [item * 2 for item in items]


def failing(items: list[int]) -> list[int]:
    raise BadData("yaml.syntax", path="x.yaml", line=3, problem="?")


@pytest.mark.parametrize("count", [0, 1, 499, 1500, 1501, 7003])
def test_results_come_in_order_however_many(count: int) -> None:
    told: list[tuple[int, int]] = []
    found = list(spread(doubled, list(range(count)), lambda done, of: told.append((done, of))))
    assert found == [2 * n for n in range(count)]
    assert told[-1:] == ([(count, count)] if count else [])


@pytest.mark.parametrize("count", [10, 4000])
def test_an_error_of_a_worker_arrives_whole(count: int) -> None:
    with pytest.raises(BadData) as caught:
        list(spread(failing, list(range(count))))
    assert (caught.value.path, caught.value.line, caught.value.params["problem"]) == (
        "x.yaml", 3, "?"
    )  # fmt: skip


def test_what_nobody_takes_is_not_all_worked_on() -> None:
    results = spread(doubled, list(range(100_000)))
    assert next(results) == 0
    results.close()  # type: ignore[attr-defined]


def test_errors_go_through_pickle_whole() -> None:
    for error in (BadData("a.b", path="p", line=2, column=5, x=1), NotFound("c.d", id="y")):
        again = pickle.loads(pickle.dumps(error))
        assert (type(again), again.key, again.params) == (type(error), error.key, error.params)
