"""Finding trouble with a desk and mending it, without ever touching what a person has edited."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING

from tkt.domain.change import worded
from tkt.domain.ids import id_in_path, places_of
from tkt.errors import BadData, Busy, Refused, TktError
from tkt.services import mending, relations
from tkt.storage import files, founding, gitlocks, health, index_health
from tkt.storage.layout import ATTRIBUTES
from tkt.storage.reading import LIMIT
from tkt.storage.scanning import committed, doubled, edited, scan

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from tkt.services.acting import Acting
    from tkt.storage.desk import Desk
    from tkt.storage.gitlocks import Lock
    from tkt.storage.scanning import File
    from tkt.storage.transaction import Saved, Transaction

MENDABLE = frozenset({
    "ticket.misplaced", "ticket.twice", "ticket.not_fold", "event.out_of_order", "event.twice",
    "check.archived", "check.not_archived",
})  # fmt: skip
"""Faults of tickets that can be mended without asking anybody."""


@dataclass(slots=True)
class Trouble:
    """Something wrong: ``check`` is its kind, ``error`` says what and where.

    After mending, ``fixed`` says whether it is gone, ``refusal`` why not, and ``saved`` and
    ``diff`` what was recorded. ``fixable`` is False where a person has to decide.
    """

    check: str
    error: TktError
    fixable: bool = True
    fixed: bool = False
    refusal: TktError | None = None
    saved: list[Saved] = field(default_factory=list)
    diff: str = ""
    key: str = ""

    @property
    def commits(self) -> list[str]:
        """The commits that mended it."""
        return [saved.commit for saved in self.saved if saved.commit]


# -- finding ----------------------------------------------------------------------------------


def examine(
    desk: Desk, *, deep: bool = False, progress: Callable[[int, int], None] | None = None
) -> list[Trouble]:
    """Everything wrong that a doctor can see; nothing is changed.

    ``deep`` also compares the index with one made from nothing.
    """
    return [*_around(desk, deep=deep), *_in_files(desk, progress)]


def _around(desk: Desk, *, deep: bool) -> Iterator[Trouble]:
    git, head = desk.git, desk.head()
    version = health.git_version(git)
    if version < health.OLDEST_GIT:
        found, needed = (".".join(map(str, v)) for v in (version, health.OLDEST_GIT))
        yield Trouble("git", Refused("doctor.old_git", found=found, needed=needed), fixable=False)
    yield from _locks(desk)
    if not health.has_driver(git):
        yield Trouble("driver", Refused("doctor.no_driver"))
    held = health.attributes_at(git, head)
    if held is None or health.lacks_rules(held[1]) or not health.merges_tickets(git):
        yield Trouble("attributes", Refused("doctor.attributes", path=ATTRIBUTES))
    if health.was_cut_short(desk):
        yield Trouble("journal", Refused("doctor.journal"))
    for path in health.leftovers(desk):
        yield Trouble("leftover", Refused("doctor.leftover", path=path), key=path)
    if index_health.is_damaged(git) or (deep and index_health.is_wrong(git, head)):
        yield Trouble("index", Refused("doctor.index"))
    for path in health.out_of_step(desk, head):
        yield Trouble("staged", Refused("doctor.out_of_step", path=path), key=path)


def _locks(desk: Desk) -> Iterator[Trouble]:
    """Locks of Git's that have stood for long, while no other command of ours is writing."""
    found = _left_locks(desk)
    who = gitlocks.at_work(desk.git) if found else None
    for lock in found:
        if who is None:
            yield Trouble("lock", Refused("doctor.lock", path=lock.path), key=lock.path)
        else:
            error = Refused("doctor.lock_held", path=lock.path, who=who)
            yield Trouble("lock", error, fixable=False, key=lock.path)


def _left_locks(desk: Desk) -> list[Lock]:
    from tkt.storage.lock import held

    found = gitlocks.old_ones(desk.git)
    if found:
        try:
            with held(desk.lock, patience=0):
                return [lock for lock in found if lock.is_there]
        except Busy:
            return []
    return found


def _in_files(desk: Desk, progress: Callable[[int, int], None] | None) -> Iterator[Trouble]:
    known = committed(desk.git, desk.head())
    changed = edited(desk, known)
    lying = {path.rpartition("/")[2] for path, there in changed.items() if there}
    for path, there in sorted(changed.items()):
        if there is None and path.endswith(".yaml"):
            moved = path.rpartition("/")[2] in lying
            key = "doctor.moved" if moved else "doctor.deleted"
            yield Trouble("deleted", Refused(key, path=path), fixable=not moved, key=path)
    faults = [*scan(desk.git, known.values(), progress), *doubled(known)]
    for fault in sorted(faults, key=lambda f: (f.path, f.line, f.column)):
        yield Trouble("ticket", fault, fixable=fault.key in MENDABLE, key=fault.path)
    for fault in relations.faults(desk):
        yield Trouble("relations", fault, key=str(fault.params["id"]))


# -- mending ----------------------------------------------------------------------------------


def mend(desk: Desk, troubles: Iterable[Trouble], acting: Callable[[], Acting]) -> None:
    """Mend what can be mended and note in each trouble what came of it.

    What is around the files first, so that the rest stands on firm ground; then all tickets in one
    run, a commit each.
    """
    troubles = list(troubles)
    for check, cure in (
        ("lock", _mend_locks),
        ("index", _mend_index),
        ("driver", _mend_driver),
        ("journal", _mend_journal),
        ("leftover", _mend_leftovers),
        ("staged", _mend_staged),
        ("deleted", _mend_deleted),
    ):
        found = [t for t in troubles if t.check == check and t.fixable]
        if found:
            _try(found, partial(cure, desk, found))
    _mend_recorded(desk, troubles, acting)
    found = [t for t in troubles if t.check == "relations"]
    if found:
        _try(found, partial(_mend_relations, desk, found, acting))


def _mend_relations(desk: Desk, found: list[Trouble], acting: Callable[[], Acting]) -> None:
    saved = relations.settle(desk, None, acting=acting())
    for trouble in found:
        trouble.saved += saved
    _are_fixed(found)


def _try(troubles: Iterable[Trouble], cure: Callable[[], None]) -> None:
    try:
        cure()
    except TktError as error:
        for trouble in troubles:
            if not trouble.fixed:
                trouble.refusal = error


def _mend_locks(desk: Desk, found: list[Trouble]) -> None:
    from tkt.storage.lock import held

    with held(desk.lock):
        standing = {lock.path: lock for lock in gitlocks.old_ones(desk.git)}
        for trouble in found:
            lock = standing.get(trouble.key)
            if lock and (who := gitlocks.at_work(desk.git)):
                raise Refused("doctor.lock_held", path=lock.path, who=who)
            trouble.fixed = lock is None or gitlocks.clear(lock)


def _mend_index(desk: Desk, found: list[Trouble]) -> None:
    from tkt.services.indexes import rebuild

    rebuild(desk)
    _are_fixed(found)


def _mend_driver(desk: Desk, found: list[Trouble]) -> None:
    founding.install_driver(desk.git)
    _are_fixed(found)


def _mend_journal(desk: Desk, found: list[Trouble]) -> None:
    from tkt.storage.lock import held

    with held(desk.lock) as lock, desk.git.lending(lock):
        desk.tree.recover()
    _are_fixed(found)


def _mend_leftovers(desk: Desk, found: list[Trouble]) -> None:
    for trouble in found:
        files.forget(trouble.key)
        trouble.fixed = True


def _mend_staged(desk: Desk, found: list[Trouble]) -> None:
    from tkt.storage.lock import held

    with held(desk.lock):
        head = desk.head()
        left = set(health.out_of_step(desk, head))
        health.bring_into_step(desk, head, [t.key for t in found if t.key in left])
    _are_fixed(found)


def _mend_deleted(desk: Desk, found: list[Trouble]) -> None:
    from tkt.storage.lock import held

    with held(desk.lock):
        known = committed(desk.git, desk.head())
        wanted = [t.key for t in found if t.key in known and desk.tree.read(t.key) is None]
        contents = desk.git.blobs([known[path].blob for path in wanted], LIMIT)
        desk.tree.place(dict(zip(wanted, contents, strict=True)))
    _are_fixed(found)


def _are_fixed(found: Iterable[Trouble]) -> None:
    for trouble in found:
        trouble.fixed = True


# -- mending what is recorded -----------------------------------------------------------------


def _mend_recorded(desk: Desk, troubles: list[Trouble], acting: Callable[[], Acting]) -> None:
    wanted = [t for t in troubles if t.check in ("attributes", "ticket") and t.fixable]
    if not wanted:
        return

    def record() -> None:
        doing = acting()

        def decide(run: Transaction) -> None:
            known = committed(desk.git, run.head)
            for trouble in wanted:
                trouble.fixed, trouble.refusal = False, None
                trouble.saved, trouble.diff = [], ""
            for group in _by_ticket(desk, wanted, known):
                _try(group, partial(_mend_group, run, group, known, doing))

        desk.write(decide, doing.grouping("doctor"))

    try:
        record()
    except TktError as error:
        for trouble in wanted:
            trouble.fixed, trouble.refusal = False, error


def _by_ticket(
    desk: Desk, troubles: Iterable[Trouble], known: Mapping[str, File]
) -> list[list[Trouble]]:
    """Troubles of one ticket together, by the id that the file says it has."""
    groups: dict[str, list[Trouble]] = {}
    for trouble in troubles:
        name = trouble.check
        if trouble.check == "ticket":
            name = id_in_path(trouble.key) or trouble.key
            file = known.get(trouble.key)
            if id_in_path(trouble.key) is None and file is not None:
                name = _said_id(desk, file) or trouble.key
        groups.setdefault(name, []).append(trouble)
    return list(groups.values())


def _said_id(desk: Desk, file: File) -> str | None:
    try:
        return mending.read(file.path, _content(desk, file)).ticket.id
    except TktError:
        return None


def _content(desk: Desk, file: File) -> bytes:
    raw = next(desk.git.blobs([file.blob], LIMIT))
    if raw is None:
        raise BadData("yaml.too_big", path=file.path, limit_mib=LIMIT >> 20)
    return raw


def _mend_group(
    run: Transaction, group: list[Trouble], known: Mapping[str, File], acting: Acting
) -> None:
    if group[0].check == "attributes":
        _mend_attributes(run, group[0], acting)
        return
    _mend_ticket(run, group, known, acting)


def _mend_ticket(
    run: Transaction, group: list[Trouble], known: Mapping[str, File], acting: Acting
) -> None:
    desk = run.desk
    paths = {trouble.key for trouble in group}
    paths |= {str(t.error.params["other"]) for t in group if "other" in t.error.params}
    held = [mending.read(path, _content(desk, known[path])) for path in sorted(paths)]
    paths |= {path for path in places_of(held[0].ticket.id) if path in known}
    held = [mending.read(path, _content(desk, known[path])) for path in sorted(paths)]
    done = mending.mend(held, run, acting)
    for path in {*paths, *(p for m in done for p in places_of(m.change.after.id))}:
        file = known.get(path)
        if desk.tree.is_edited(path, file.blob if file else None):
            raise Refused("ticket.edited", id=held[0].ticket.id, path=path)
    for mended in done:
        saved = run.adopt(
            mended.change, mended.text, mended.old_path, person=acting.person, now=acting.now
        )
        group[0].diff += mended.diff
        group[0].saved.append(saved)
    _are_fixed(group)


def _mend_attributes(run: Transaction, trouble: Trouble, acting: Acting) -> None:
    desk = run.desk
    held = health.attributes_at(desk.git, run.head)
    if desk.tree.is_edited(ATTRIBUTES, held[0] if held else None):
        raise Refused("doctor.attributes_edited", path=ATTRIBUTES)
    old = held[1] if held else b""
    new = health.with_rules(old)
    if new == old:
        raise Refused("doctor.attributes_overridden", path=ATTRIBUTES)
    trailers = (("Action", "doctor"), ("Actor", acting.by))
    message = worded(f"doctor {ATTRIBUTES}", trailers)
    saved = run.save_files({ATTRIBUTES: new}, message, person=acting.person, now=acting.now)
    trouble.saved.append(saved)
    trouble.diff = mending.diff(ATTRIBUTES, old, ATTRIBUTES, new)
    trouble.fixed = True
