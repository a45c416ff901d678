"""Saved queries: those that ship, the desk's own, and one's personal ones."""

from __future__ import annotations

from difflib import get_close_matches
from typing import TYPE_CHECKING, Any

from tkt.domain import views
from tkt.domain.change import worded
from tkt.domain.fields import is_name
from tkt.domain.views import SHIPPED, View
from tkt.errors import NotFound, Refused, UsageProblem
from tkt.named import NamedTuple
from tkt.services import naming, querying
from tkt.storage.dump import dump
from tkt.storage.layout import VIEWS
from tkt.storage.personal import Personal

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from tkt.domain.query import Query
    from tkt.domain.settings import Settings
    from tkt.services.acting import Acting
    from tkt.storage.desk import Desk
    from tkt.storage.transaction import Saved, Transaction

_PERSONAL = "views"


class Kept(NamedTuple):
    """A view and where it comes from: ``personal``, ``shared`` or ``shipped``."""

    view: View
    where: str


def known(desk: Desk, me: str) -> dict[str, Kept]:
    """Every view by name; a personal one goes before a shared one, and that before a shipped."""
    found = {view.name: Kept(view, "shipped") for view in SHIPPED}
    found.update((view.name, Kept(view, "shared")) for view in desk.settings.views)
    for name, data in Personal(desk.git, me).load(_PERSONAL).items():
        view, _ = views.parse(data, name=name)
        if view is not None:
            found[name] = Kept(view, "personal")
    return found


def named(desk: Desk, text: str, me: str) -> Kept:
    """The view that ``text`` names or labels; NotFound with what may have been meant."""
    found = known(desk, me)
    if text in found:
        return found[text]
    wanted = text.casefold()
    for kept in found.values():
        view = kept.view
        if wanted in (view.name.casefold(), view.zh.casefold(), view.en.casefold()):
            return kept
    words = [word for kept in found.values() for word in kept.view[:3]]
    close = get_close_matches(text, words, 1, 0.5)
    key = "view.none_like" if close else "view.none"
    raise NotFound(key, name=text, close=close[0] if close else "", known=", ".join(found))


def query_of(view: View, more: str) -> tuple[str, str | None]:
    """(query, order) of a view, narrowed down by ``more``."""
    text = f"({view.query}) {more}" if more.strip() and view.query.strip() else view.query or more
    return text, view.sort


def read(
    desk: Desk, view: View, more: str = "", *, now: datetime, me: str | None, **options: Any
) -> Query:
    """The bound query of a view; options win over what it says itself."""
    text, sort = query_of(view, more)
    options["sort"] = options.get("sort") or sort
    return querying.read_query(desk, text, now=now, me=me, **options)


def counted(desk: Desk, view: View, *, now: datetime, me: str) -> int | None:
    """How many tickets a view finds; None if its query is broken."""
    try:
        return querying.counted(desk, read(desk, view, now=now, me=me), now=now)
    except UsageProblem:
        return None


def overview(desk: Desk, *, now: datetime, me: str) -> list[dict[str, Any]]:
    """Every view, where it comes from, and how many tickets it finds."""
    return [
        {
            **kept.view._asdict(),
            "where": kept.where,
            "count": counted(desk, kept.view, now=now, me=me),
        }
        for kept in known(desk, me).values()
    ]


def made(
    settings: Settings,
    name: str,
    query: str,
    *,
    columns: str | None,
    sort: str | None,
    label: str | None,
) -> View:
    """A view as a person types it: columns are a list with commas, by name or label."""
    words = (columns or "").replace("，", ",").split(",")
    chosen = tuple(naming.column_named(settings, word.strip()) for word in words if word.strip())
    return View(name, label or name, label or name, query, chosen, sort)


def save(desk: Desk, view: View, *, shared: bool, acting: Acting) -> Saved | None:
    """Keep a view: for oneself, or (``shared``) for everybody, which is a commit.

    UsageProblem if it cannot be shown: a bad name, column or query.
    """
    _check(desk, view, acting)
    if not shared:
        personal = Personal(desk.git, acting.by)
        personal.save(_PERSONAL, {**personal.load(_PERSONAL), view.name: view.data()})
        return None
    content = dump(view.data()).encode()
    return _write(desk, view.name, content, "save-view", acting)


def delete(desk: Desk, name: str, *, acting: Acting) -> Saved | None:
    """Away with one's own view of this name, else with the shared one."""
    kept = named(desk, name, acting.by)
    if kept.where == "shipped":
        raise Refused("view.shipped", name=kept.view.name)
    if kept.where == "personal":
        personal = Personal(desk.git, acting.by)
        left: Mapping[str, Any] = personal.load(_PERSONAL)
        personal.save(_PERSONAL, {k: v for k, v in left.items() if k != kept.view.name})
        return None
    return _write(desk, kept.view.name, None, "delete-view", acting)


def _check(desk: Desk, view: View, acting: Acting) -> None:
    if not is_name(view.name):
        raise UsageProblem("field.not_name", field="view", value=view.name)
    bad = [column for column in view.columns if not views.may_show(column)]
    if bad:
        raise UsageProblem("view.no_column", column=bad[0], known=", ".join(views.COLUMNS))
    read(desk, view, now=acting.now, me=acting.by)


def _write(desk: Desk, name: str, content: bytes | None, action: str, acting: Acting) -> Saved:
    path = f"{VIEWS}/{name}.yaml"

    def decide(run: Transaction) -> Saved:
        if any(edited == path for edited, _ in desk.tree.edited_files(VIEWS)):
            raise Refused("view.edited", path=path)
        message = worded(
            f"{action.replace('-', ' ')} {name}", (("Action", action), ("Actor", acting.by))
        )
        return run.save_files({path: content}, message, person=acting.person, now=acting.now)

    return desk.write(decide, acting.grouping("view"))
