"""Checking a desk: every ticket, every settings file, as committed or as edited since."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from tkt.domain.custom.placing import by_hand
from tkt.domain.custom.values import faults_in
from tkt.domain.fields import TIMELINE
from tkt.domain.ids import id_in_path
from tkt.domain.settings import Zone
from tkt.domain.shape import CAUTIONS, Fault
from tkt.domain.workflow.checking import odd
from tkt.errors import BadData, NotFound
from tkt.named import NamedTuple
from tkt.services import handediting, leavers, relations
from tkt.services.customers import checking as customers
from tkt.services.kb import checking as articles
from tkt.services.masked import unmasked
from tkt.services.naming import path_named
from tkt.services.roster import reviewing
from tkt.services.training import checking as training
from tkt.storage import configuration, layout, yaml
from tkt.storage.lagging import unwritten
from tkt.storage.reading import LIMIT, placed, read_ticket
from tkt.storage.scanning import committed, doubled, edited, examine, scan
from tkt.storage.stages import conflicted

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence
    from datetime import datetime

    from tkt.domain.calendar import Calendar
    from tkt.domain.settings import Settings
    from tkt.domain.ticket import Ticket
    from tkt.services.acting import Acting
    from tkt.storage.desk import Desk
    from tkt.storage.scanning import File, Lying


class Checked(NamedTuple):
    """What a check found, sorted by place, and how many tickets it looked at.

    ``faults`` are wrong, ``cautions`` only worth knowing.
    """

    faults: list[BadData]
    cautions: list[BadData]
    tickets: int


class Scope:
    """What to look at: everything, or the tickets and paths that were named."""

    def __init__(self, desk: Desk, wanted: Sequence[str], folder: str) -> None:
        self.all = not wanted
        self.ids: set[str] = set()
        self.paths: dict[str, bool] = {}
        for word in wanted:
            path = path_named(desk, word, folder)
            if path is None:
                self.ids.add(_id_of(desk, word))
            else:
                self.paths[path] = False

    def __contains__(self, path: str) -> bool:
        if self.all:
            return True
        hit = False
        for wanted in self.paths:
            if wanted in ("", path) or path.startswith(f"{wanted}/"):
                self.paths[wanted] = hit = True
        return hit or id_in_path(path) in self.ids

    def missed(self) -> str | None:
        """A path that was named and is nowhere."""
        return next((path for path, found in self.paths.items() if not found), None)


def _id_of(desk: Desk, word: str) -> str:
    try:
        return desk.find(word)
    except BadData as broken:
        # A ticket that cannot be read is just what a check is for.
        if ticket_id := id_in_path(broken.path):
            return ticket_id
        raise


def check(
    desk: Desk,
    wanted: Sequence[str] = (),
    *,
    folder: str,
    acting: Acting,
    progress: Callable[[int, int], None] | None = None,
) -> Checked:
    """Everything wrong with the desk, or with the tickets and paths ``wanted``.

    Files are looked at as they lie in the work tree where they differ from HEAD, otherwise as they
    are in HEAD, whether they are checked out or not. Paths are relative to ``folder``. Tickets are
    held against the settings as they lie there as well.
    """
    desk.finish_interrupted()
    scope, now = Scope(desk, wanted, folder), acting.now
    known = committed(desk.git, desk.head())
    changed = edited(desk, known)
    unsettled = {path for path in conflicted(desk.git) if path in scope}
    for path in unsettled:
        changed.pop(path, None)
    there = (known.keys() | changed.keys()) - {p for p, lying in changed.items() if lying is None}
    chosen = {path for path in there if path in scope} - unsettled
    settings, setting_faults, files = settings_lying(desk, now)
    setting_faults += odd_in(settings, files)
    unedited = (known[path] for path in sorted(chosen) if path not in changed)
    faults = list(scan(desk.git, unedited, progress, declared=settings.fields.by_name))
    for path, lying in changed.items():
        if lying is None:
            if path in scope and not _was_moved(path, changed):
                faults.append(BadData("check.deleted", path=path))
        elif path in chosen:
            found = _edited_faults(desk, lying, known.get(path), settings, now)
            faults += found or _refusals(desk, path, acting)
    faults += [BadData("check.behind", path=p) for p in unwritten(desk.tree) if p in scope]
    faults += [BadData("check.conflict", path=path) for path in unsettled]
    faults += [fault for fault in doubled(there) if fault.path in chosen]
    faults += [fault for fault in setting_faults if fault.path in scope]
    faults += [fault for fault in relations.faults(desk) if fault.path in scope]
    faults += [fault for fault in leavers.faults(desk, settings) if fault.path in scope]
    faults += customers.faults(desk, scope.__contains__, progress)
    faults += unmasked(desk, chosen)
    faults += articles.faults(desk, settings, scope.__contains__, now=now)
    if missed := _missed(desk, scope):
        raise NotFound("check.no_file", path=missed)
    tickets = sum(1 for path in chosen if path.endswith(".yaml"))
    told = sorted(set_apart(faults), key=_place)
    wrong = [fault for fault in told if fault.key not in CAUTIONS]
    return Checked(wrong, [fault for fault in told if fault.key in CAUTIONS], tickets)


def _missed(desk: Desk, scope: Scope) -> str | None:
    missed = scope.missed()
    if missed is not None and os.path.lexists(f"{desk.root}/{missed}"):
        return None  # it is there, and nothing that tkt has rules for
    return missed


def set_apart(faults: Iterable[BadData]) -> list[BadData]:
    """The faults, each once."""
    return list({(f.path, f.line, f.column, f.key, str(f.params)): f for f in faults}.values())


def _place(fault: BadData) -> tuple[str, int, int, str]:
    return fault.path, fault.line, fault.column, fault.key


def _was_moved(path: str, changed: dict[str, Lying | None]) -> bool:
    """Whether a file that is gone lies elsewhere under the same name."""
    name = path.rpartition("/")[2]
    return any(lying and other.rpartition("/")[2] == name for other, lying in changed.items())


# -- edits ------------------------------------------------------------------------------------


def _edited_faults(
    desk: Desk, lying: Lying, held: File | None, settings: Settings, now: datetime
) -> list[BadData]:
    """What is wrong with a file that a person has edited.

    That its fields are not the fold of its timeline is no fault: it is what ``tkt commit`` will
    record; nor is a value that it will spell properly. But what was recorded before must still
    stand in the timeline.
    """
    declared = settings.fields.by_name
    if held is None or lying.raw is None:
        return examine(lying.raw, path=lying.path, mode=lying.mode, declared=declared)
    faults = examine(lying.raw, path=lying.path, mode=lying.mode)
    faults = [fault for fault in faults if fault.key != "ticket.not_fold"]
    try:
        after = read_ticket(lying.raw, path=lying.path, mode=lying.mode)
        old = next(desk.git.blobs([held.blob], LIMIT))
        before = read_ticket(old, path=held.path, mode=held.mode)
    except BadData:
        return faults
    doc = yaml.load(lying.raw, path=lying.path)
    doc, wrong = by_hand(settings.fields, doc, before, now=now, tz=settings.zone)
    typed = {fault.where for fault in wrong}
    wrong += (fault for fault in faults_in(declared, doc) if fault.where not in typed)
    return faults + placed(wrong + rewritten(before, after), lying.raw, lying.path)


def _refusals(desk: Desk, path: str, acting: Acting) -> list[BadData]:
    """What speaks against recording a sound edit: what ``tkt commit`` would be told as well."""
    ticket_id = id_in_path(path)
    refusal = handediting.refusal(desk, ticket_id, acting) if ticket_id else None
    return [refusal] if refusal else []


def rewritten(before: Ticket, after: Ticket) -> list[Fault]:
    """Where a timeline no longer says what was recorded: events changed or taken away."""
    now = {event.id: event for event in after.events}
    order = {event.id: position for position, event in enumerate(after.events)}
    faults = []
    for event in before.events:
        if event.id not in now:
            faults.append(Fault((TIMELINE,), "commit.removed", {"id": after.id, "event": event.id}))
        elif now[event.id].data != event.data:
            where = (TIMELINE, order[event.id])
            faults.append(Fault(where, "commit.altered", {"id": after.id, "event": event.id}))
    return faults


# -- settings ---------------------------------------------------------------------------------


def settings_lying(desk: Desk, now: datetime) -> tuple[Settings, list[BadData], dict[str, bytes]]:
    """The settings as they lie there, what is wrong with them or lacks by now, and their files."""
    folders = (*layout.SINGLE, *layout.SETTINGS)
    head = desk.head()
    files = configuration.files_at(desk.git, head)
    for path, lying in edited(desk, committed(desk.git, head, *folders), *folders).items():
        if not layout.is_setting(path):
            continue
        files.pop(path, None)
        if lying is not None and lying.raw is not None:
            files[path] = lying.raw
    settings, faults = configuration.understand(files)
    faults += reviewing.faults(settings, files, today=now.astimezone(settings.zone).date())
    faults += training.faults(desk, settings, files)
    for calendar in settings.calendars:
        lacking = Fault(
            ("workdays",), "calendar.unpublished", {"years": years_lacking(calendar, now)}
        )
        path = f"{layout.CALENDARS}/{calendar.name}.yaml"
        faults += placed([lacking], files[path], path) if lacking.params["years"] else []
    return settings, faults, files


def years_lacking(calendar: Calendar, now: datetime) -> str:
    """The years for which a calendar should know the public holidays by now and does not.

    That is the current one, and in December, when the notice has long been out, the next.
    """
    if not calendar.is_chinese:
        return ""
    here = now.astimezone(Zone(calendar.timezone))
    years = (here.year, here.year + 1) if here.month == 12 else (here.year,)
    return ", ".join(str(year) for year in years if year not in calendar.notices)


def odd_in(settings: Settings, files: Mapping[str, bytes]) -> list[BadData]:
    """What can hardly be meant in the workflows of a desk: states that nothing leads to."""
    return [
        fault
        for flow in settings.workflows
        if flow.path in files
        for fault in placed(odd(flow), files[flow.path], flow.path)
    ]
