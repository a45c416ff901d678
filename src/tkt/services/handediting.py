"""``tkt commit``: edits made by hand are checked, become events, and are recorded."""

from __future__ import annotations

import os
from functools import partial
from typing import TYPE_CHECKING, Any

from tkt.domain import handedits
from tkt.domain.change import Change, worded
from tkt.domain.custom.placing import by_hand, defaults
from tkt.domain.ids import FOLDERS, id_in_path, places_of
from tkt.domain.kb.article import FOLDER as KB
from tkt.domain.privacy import said_again
from tkt.domain.shape import CAUTIONS, Fault, breaks
from tkt.domain.sla.achieved import with_achieved
from tkt.domain.ticket import Ticket
from tkt.domain.transfers import with_notice
from tkt.errors import BadData, NotFound, Refused, TktError, UsageProblem
from tkt.services import requiring
from tkt.services.bulk import Outcome, attempt, followed
from tkt.services.customers.checking import new_mergers
from tkt.services.masked import told
from tkt.services.naming import path_named
from tkt.services.stage import Stage
from tkt.services.training.checking import check_edits
from tkt.storage import yaml
from tkt.storage.configuration import understand
from tkt.storage.layout import (
    CUSTOMERS,
    DESK,
    ORDERS,
    SETTINGS,
    SINGLE,
    is_part,
    is_setting,
)
from tkt.storage.reading import placed
from tkt.storage.records_checked import examine
from tkt.storage.rewrite import rewrite

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from tkt.domain.settings import Settings
    from tkt.services.acting import Acting
    from tkt.storage.desk import Desk
    from tkt.storage.transaction import Saved, Transaction

_TICKETS = tuple(f"{folder}/" for folder in FOLDERS)
_RECORDS = (f"{CUSTOMERS}/", f"{ORDERS}/", f"{KB}/")


def edited_paths(desk: Desk) -> list[str]:
    """The desk's files that differ from HEAD; anything else that lies around is not ours."""
    found = desk.tree.edited_files()
    others = [
        path
        for path, letters in found
        if is_part(path) and not _was_taken_back(desk, path, letters)
    ]
    tickets = [path for path, _ in found if path.startswith(_TICKETS)]
    return others + [path for path in tickets if _differs(desk, path)]


def _differs(desk: Desk, path: str) -> bool:
    """Whether a ticket file says something else than HEAD, whatever is staged."""
    ticket_id = id_in_path(path)
    at = desk.index.where(ticket_id) if ticket_id else None
    return desk.is_edited(path, at[1] if at and at[0] == path else None)


def _was_taken_back(desk: Desk, path: str, letters: str) -> bool:
    """Whether a file has been staged and is again what it is in HEAD."""
    if letters[0] in " ?":
        return False
    blob = next((blob for name, blob, _ in desk.git.files_in(desk.head(), path)), None)
    return not desk.tree.is_edited(path, blob)


def commit(
    desk: Desk, references: Sequence[str], *, folder: str, reason: str | None, acting: Acting
) -> list[Outcome]:
    """Record hand edits: of all files, or of the tickets and paths (seen from ``folder``) named.

    Each ticket is one commit, the settings are one together, and so are all other files. What
    cannot be recorded is reported and left as it is, and hinders nothing else.
    """

    def one(run: Transaction, ticket_id: str) -> Outcome:
        stage = Stage(desk, acting, run)
        outcome = attempt(ticket_id, partial(_record, stage, ticket_id, reason))
        return outcome._replace(remarks=stage.remarks)

    def decide(run: Transaction) -> list[Outcome]:
        wanted = _chosen(desk, edited_paths(desk), references, folder)
        tickets = sorted({i for path in wanted if (i := id_in_path(path))})
        outcomes = [one(run, ticket_id) for ticket_id in tickets]
        for path in wanted:
            if path.startswith(_TICKETS) and id_in_path(path) is None:
                outcomes.append(Outcome(path, None, BadData("ticket.misplaced", path=path)))
        rest = [path for path in wanted if not path.startswith(_TICKETS)]
        settings = [path for path in rest if is_setting(path)]
        for group in (settings, [path for path in rest if path not in settings]):
            if group:
                record = partial(_record_files, desk, run, group, reason, acting)
                outcomes.append(attempt(", ".join(group), record))
        return outcomes

    return desk.write(decide, acting.grouping("edit"))


def _chosen(desk: Desk, paths: list[str], references: Sequence[str], folder: str) -> list[str]:
    """Those of the edited paths that a person named; all if nothing was named."""
    chosen = [] if references else paths
    for reference in references:
        path = path_named(desk, reference, folder)
        if path is None:
            ticket_id = _edited_ticket(desk, paths, reference)
            chosen += [p for p in paths if id_in_path(p) == ticket_id]
            continue
        inside = [p for p in paths if path in ("", p) or p.startswith(f"{path}/")]
        if not inside and not os.path.lexists(f"{desk.root}/{path}"):
            raise NotFound("check.no_file", path=reference)
        if not inside:
            raise Refused("commit.unedited", path=path or ".")
        chosen += inside
    return list(dict.fromkeys(chosen))


def _edited_ticket(desk: Desk, paths: list[str], reference: str) -> str:
    """The edited ticket that ``reference`` means, which need not be one that Git knows."""
    part = reference.strip().upper()
    found = sorted({i for path in paths if (i := id_in_path(path)) and part in i})
    best = [ticket_id for ticket_id in found if ticket_id.endswith(part)] or found
    if not part or not best:
        raise Refused("commit.nothing", id=desk.find(reference))
    if len(best) > 1:
        raise UsageProblem("ticket.ambiguous", id=reference, found="; ".join(best[:5]))
    return best[0]


def _change(
    desk: Desk, ticket_id: str, file: tuple[str, bytes], reason: str | None, acting: Acting
) -> tuple[Change, bool]:
    """What a hand edit amounts to, and whether it is a ticket that brings its own history."""
    path, raw = file
    doc = yaml.load(raw, path=path)
    old = desk.index.ticket(ticket_id)
    if isinstance(doc, dict):
        doc = handedits.complete(doc, old, acting.on(old))
        doc.setdefault("id", ticket_id)
    is_carried = old is None and isinstance(doc, dict) and _opens(doc)
    if is_carried:
        # A ticket with a history of its own: what it says was right where it comes from.
        _check(desk, doc, ticket_id, raw, path)
        ticket = Ticket.of(doc)
        change = Change("open", None, ticket, ticket.events, tail=ticket.title)
    else:
        change = _written(desk, doc, old, ticket_id, (raw, path), reason, acting)
        requiring.check(desk.settings, [change], acting)
        (change,) = with_achieved([with_notice(change, desk.settings)], desk.promised)
    return change, is_carried


def refusal(desk: Desk, ticket_id: str, acting: Acting) -> BadData | None:
    """Why a hand edit that is sound in itself would not be recorded; None if it would.

    A note is not asked for: it is said with ``tkt commit -m``.
    """
    file = _file_of(desk, ticket_id)
    try:
        _change(desk, ticket_id, file, "-", acting)
    except Refused as refused:
        return placed([Fault(("status",), refused.key, refused.params)], file[1], file[0])[0]
    except TktError:
        return None  # a fault of another kind, and told as such
    return None


def _record(stage: Stage, ticket_id: str, reason: str | None) -> Saved:
    desk, run, acting = stage.desk, stage.run, stage.acting
    assert run is not None
    path, raw = _file_of(desk, ticket_id)
    change, is_carried = _change(desk, ticket_id, (path, raw), reason, acting)
    change = run.cleared(change)
    text = rewrite(raw.decode("utf-8-sig"), change.after.doc(), path=path)
    held = desk.index.where(ticket_id)
    saved = run.adopt(
        change, text.encode(), held[0] if held else None, person=acting.person, now=acting.now
    )
    told(stage, saved)
    if not is_carried:  # what happened elsewhere, no rule here has to act on
        followed(stage, saved)
    return saved


def _written(
    desk: Desk,
    doc: Any,
    old: Ticket | None,
    ticket_id: str,
    file: tuple[bytes, str],
    reason: str | None,
    acting: Acting,
) -> Change:
    """What a person wrote: a new ticket, or what has become of ``old``."""
    settings, (raw, path) = desk.settings, file
    if isinstance(doc, dict):
        zone = settings.zone
        doc, faults = by_hand(settings.fields, doc, old, now=acting.now, tz=zone)
        if faults:
            raise placed(faults[:1], raw, path)[0]
        if old is None:
            first = defaults(settings.fields, doc.get("category"), now=acting.now, tz=zone)
            if not isinstance(doc.get("workflow"), str):
                first = {**_routed(settings, doc.get("category")), **first}
            flow = settings.flow({**first, **doc}.get("workflow"))
            change = handedits.opened_by_hand(
                {**first, **doc}, ticket_id, acting.on(None), status=flow.initial.name
            )
            _check(desk, change.after.doc(), ticket_id, raw, path)
            return change
    _check(desk, doc, ticket_id, raw, path)
    assert old is not None
    return handedits.recorded(old, _moved(doc, path, acting), acting.on(old), reason=reason)


def _routed(settings: Settings, category: object) -> dict[str, Any]:
    """What a ticket begins with whose category has a workflow of its own."""
    flow = settings.flow_for(category if isinstance(category, str) else None)
    if flow.name == settings.flow(None).name:
        return {}
    return {"workflow": flow.name, **flow.rules.defaults}


def _opens(doc: dict[str, object]) -> bool:
    timeline = doc.get("timeline")
    return isinstance(timeline, list) and any(
        isinstance(event, dict) and event.get("do") == "open" for event in timeline
    )


def _moved(doc: dict[str, object], path: str, acting: Acting) -> dict[str, object]:
    """A file that a person moved to the archive, or out of it, says so in its fields as well."""
    if path.startswith("archive/") and "archived" not in doc:
        return {**doc, "archived": acting.at.isoformat(timespec="seconds")}
    if path.startswith("tickets/") and "archived" in doc:
        return {key: value for key, value in doc.items() if key != "archived"}
    return doc


def _file_of(desk: Desk, ticket_id: str) -> tuple[str, bytes]:
    """The ticket's file as it lies in the work tree; Refused if it was deleted."""
    where = desk.index.where(ticket_id)
    here = [path for path in places_of(ticket_id) if desk.tree.read(path) is not None]
    if len(here) == 2 and where and where[0] in here:
        here.remove(where[0])  # copied rather than moved: the copy is what is new
    if not here:
        raise Refused("commit.deleted", id=ticket_id, path=where[0] if where else ticket_id)
    return here[0], desk.tree.read(here[0]) or b""


def _check(desk: Desk, doc: object, ticket_id: str, raw: bytes, path: str) -> None:
    faults = breaks(doc, ticket_id=ticket_id)
    if not faults and isinstance(doc, dict):
        flow = desk.settings.flow(doc.get("workflow"))
        faults = handedits.unknown_status(doc, tuple(state.name for state in flow.states))
    if faults:
        raise placed(faults[:1], raw, path)[0]


def _record_files(
    desk: Desk, run: Transaction, paths: Sequence[str], reason: str | None, acting: Acting
) -> Saved:
    update = {path: desk.tree.read(path) for path in paths}
    if any(map(is_setting, paths)):
        check_edits(desk.settings, acting.by, paths)
        _check_settings(desk, paths)
    for path, raw in update.items():
        if raw is not None and path.startswith(_RECORDS):
            for fault in examine(raw, path=path):
                raise fault
    for fault in new_mergers(desk, update):
        raise fault
    what = ", ".join(paths) if len(paths) < 4 else f"{len(paths)} files"
    trailers = (("Action", "edit"), ("Actor", acting.by))
    reason = said_again(reason, desk.settings)
    message = worded(f"edit {what}", trailers, reason=reason)
    return run.save_files(update, message, person=acting.person, now=acting.now)


def _check_settings(desk: Desk, paths: Iterable[str]) -> None:
    """BadData if the settings as edited have a fault in one of these files."""
    names = {path for path, _, _ in desk.git.files_in(desk.head(), *SINGLE, *SETTINGS)}
    names.update(paths)
    files = {
        path: raw
        for path in names
        if is_setting(path) and (raw := desk.tree.read(path)) is not None
    }
    if DESK not in files:
        raise Refused("commit.no_desk")
    for fault in understand(files)[1]:
        if fault.path in paths and fault.key not in CAUTIONS:
            raise fault
