"""Texts from people: given with the command, piped in, or written in an editor.

A text that could not be recorded is kept, and is there again the next time.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import click

from tkt.cli.doing import perform
from tkt.cli.reading import read_all, text_from
from tkt.domain.actions.talking import draft_to_send
from tkt.domain.table import Card
from tkt.errors import TktError, UsageProblem
from tkt.render import formats
from tkt.render.views import conversation
from tkt.services import drafts, looking
from tkt.services.stage import Stage
from tkt.texts import say

if TYPE_CHECKING:
    from collections.abc import Callable

    from tkt.cli.env import Env
    from tkt.services.bulk import Selection
    from tkt.services.drafts import Draft
    from tkt.services.replies.filling import Canned
    from tkt.services.stage import Action

CUT = "# ------------------------ >8 ------------------------"
"""In an editor: what follows this line is there to be read and is not part of the text."""
_CONTEXT = 12
"""So many of the last things said are shown below the cut."""
_CELLS = 78
"""The width of what is shown there."""


def composed(
    env: Env,
    chosen: Selection,
    said: str | None,
    make: Callable[[str], Action],
    *,
    what: str,
    edit: bool = False,
    send: bool = False,
) -> None:
    """Get the text and act with it; ``make`` turns it into the action.

    With ``send`` the text is the reply that somebody has begun on the ticket; with ``edit`` an
    editor opens on it, or on what was said with the command.
    """
    draft = _draft(env, chosen, what)
    text = _text(env, draft, said, what=what, edit=edit, send=send)
    try:
        perform(env, chosen, make(text), what=what)
    except TktError:
        # A text that was typed on the command line can be called back there.
        is_new = (edit or said in (None, "-")) and not send and bool(text.strip())
        if draft is not None and not chosen.dry_run and is_new:
            draft.keep(text)
            if not env.out.wants_json:
                env.out.say("draft.kept", path=draft.path)
        raise
    if draft is not None and not chosen.dry_run:
        draft.done()


def from_shelf(
    env: Env,
    chosen: Selection,
    canned: Canned,
    make: Callable[..., Action],
    *,
    what: str,
    edit: bool,
) -> None:
    """Act with a canned reply as it is said on each ticket; with ``edit`` it is begun with.

    ``make`` turns a text, and what is to be marked as with it, into the action.
    """
    from tkt.services.replies import sending

    canned = canned._replace(more=text_from(env, canned.more))
    if not edit:
        perform(env, chosen, sending.saying(canned, make), what=what)
        return
    if not chosen.is_one:
        raise UsageProblem("canned.edit_one")
    begun = sending.begun(env.desk, chosen.ids[0], canned, acting=env.acting)
    for remark in begun.remarks:
        env.out.warn(remark)
    written = partial(make, marks=begun.marks)
    composed(env, chosen, begun.text, written, what=what, edit=True)


def _draft(env: Env, chosen: Selection, what: str) -> Draft | None:
    """The one ticket's draft; None where several are meant."""
    if not chosen.is_one:
        return None
    ticket = Stage(env.desk, env.acting).find(chosen.ids[0])
    return drafts.Draft(env.desk, ticket, what, env.acting.by)


def _text(
    env: Env, draft: Draft | None, said: str | None, *, what: str, edit: bool, send: bool
) -> str:
    text = text_from(env, said)
    if send:
        if draft is None or text is not None:
            raise UsageProblem("draft.send_one")
        text = draft_to_send(draft.ticket, draft.by).text
    if text is not None and not edit:
        return text
    if text is None and not env.can_ask:
        if env.collected is not None:
            raise UsageProblem("note.no_text")
        piped = read_all(env)
        if piped:
            return piped
        raise UsageProblem("note.no_text")
    if draft is None:
        raise UsageProblem("note.no_text")
    return _edited(env, draft, text, what)


def _edited(env: Env, draft: Draft, text: str | None, what: str) -> str:
    """What a person writes in their editor; it stays in a file until it is recorded."""
    begun = draft.kept if text is None else text
    if begun is None and draft.shared is not None:
        begun = draft.shared.text
        env.out.say("draft.begun_by", who=draft.shared.by)
    draft.keep("\n".join((begun or "", "", CUT, *_context(env, draft, what), "")))
    try:
        click.edit(filename=draft.path)
    except click.ClickException as error:
        draft.keep(_above_cut(draft.kept or ""))
        raise UsageProblem("draft.editor", message=error.message, path=draft.path) from error
    written = _above_cut(draft.kept or "")
    if not written.strip():
        draft.done()
        raise UsageProblem("draft.empty")
    draft.keep(written)
    return written


def _above_cut(text: str) -> str:
    lines = text.splitlines()
    if CUT in lines:
        lines = lines[: lines.index(CUT)]
    return "\n".join(lines).rstrip()


def _context(env: Env, draft: Draft, what: str) -> list[str]:
    """The ticket and the last that was said on it, for somebody about to answer."""
    row = looking.show(env.desk, draft.ticket.id, now=env.now)
    talk = tuple(conversation.conversation(row, env.settings, now=env.now))
    card = Card(f"{row['id']}  {row['title']}", {}, talk[-_CONTEXT:])
    look = env.look._replace(width=_CELLS, colour=False, link=None)
    shown = "".join(formats.get("human").card(card, look))
    lines = [say(f"draft.cut.{what}"), "", *shown.splitlines()]
    return [f"# {line}".rstrip() for line in lines]
