"""Work on very many items spread over all cores, its results in order."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

T = TypeVar("T")
R = TypeVar("R")

_CHUNK = 500
_ALONE = 1500
"""Up to so many items are worked on by this process; more are worth others."""
_AHEAD = 8
"""Pieces that may wait to be taken: what nobody has asked for yet must not fill the memory."""


def spread(
    work: Callable[[list[T]], list[R]],
    items: list[T],
    progress: Callable[[int, int], None] | None = None,
) -> Iterator[R]:
    """What ``work`` makes of ``items``, given to it in pieces; it must not depend on the cutting.

    ``work`` and the results go between processes where there are many items; ``progress`` is told
    how many are done, and of how many.
    """
    chunks = (items[i : i + _CHUNK] for i in range(0, len(items), _CHUNK))
    alone = len(items) <= _ALONE or (os.cpu_count() or 1) == 1
    results = (work(chunk) for chunk in chunks) if alone else _elsewhere(work, chunks)
    done = 0
    for batch in results:
        yield from batch
        done += len(batch)
        if progress:
            progress(done, len(items))


def _elsewhere(work: Callable[[list[T]], list[R]], chunks: Iterator[list[T]]) -> Iterator[list[R]]:
    from concurrent.futures import ProcessPoolExecutor
    from multiprocessing import get_context

    # Forking costs nothing to start and shares what is loaded; no threads run here.
    with ProcessPoolExecutor(os.cpu_count(), mp_context=get_context("fork")) as pool:
        waiting = []
        for chunk in chunks:
            waiting.append(pool.submit(work, chunk))
            if len(waiting) > _AHEAD:
                yield waiting.pop(0).result()
        for future in waiting:
            yield future.result()
