"""What the commands on articles have in common: filters, texts from an editor, and answers."""

from __future__ import annotations

from functools import wraps
from typing import TYPE_CHECKING, Any

from tkt.cli.options import option
from tkt.cli.reading import read_all, text_from
from tkt.cli.types import Text
from tkt.cli.types_classify import CategoryName
from tkt.cli.types_kb import Word
from tkt.domain.kb.article import AUDIENCES, KINDS
from tkt.errors import TktError, UsageProblem

if TYPE_CHECKING:
    from collections.abc import Callable

    from tkt.cli.env import Env
    from tkt.services.kb.keeping import Made
    from tkt.services.kb.searching import Filters


def filtered(function: Callable[..., Any]) -> Callable[..., Any]:
    """``--kind``, ``--category``, ``--lang`` and ``--public``, given as one :class:`Filters`."""

    @wraps(function)
    def run(
        env: Env,
        *,
        kinds: tuple[str, ...],
        category: str | None,
        lang: str | None,
        public: bool,
        **rest: Any,
    ) -> Any:
        from tkt.services.kb.searching import Filters

        if category is not None:
            from tkt.services.kb.writing import category_named

            category = category_named(env.settings, category)
        audiences = ("public",) if public else AUDIENCES
        filters = Filters(kinds or KINDS, audiences=audiences, lang=lang, category=category)
        return function(env, filters=filters, **rest)

    made = option("--public", help="kb_public", is_flag=True)(run)
    made = option("--lang", help="kb_lang", type=Text(), metavar="LANG")(made)
    made = option("--category", help="kb_category", type=CategoryName(), metavar="CATEGORY")(made)
    kind = option("--kind", "kinds", help="kb_kind", type=Word(*KINDS), multiple=True,
                  metavar="KIND")  # fmt: skip
    return kind(made)


def in_status(filters: Filters, statuses: tuple[str, ...]) -> Filters:
    """The same for articles of other statuses."""
    return filters._replace(statuses=statuses) if statuses else filters


def body_from(env: Env, said: str | None) -> str | None:
    """The text that was said or piped; None where a person is to write it in an editor."""
    text = text_from(env, said)
    if text is not None:
        return text
    if env.can_ask:
        return None
    piped = "" if env.collected is not None else read_all(env)
    if not piped.strip():
        raise UsageProblem("kb.no_text")
    return piped


def edited(env: Env, name: str, begun: str, record: Callable[[str], Made]) -> Made:
    """Let a person write the whole file in an editor, and record it.

    What they wrote stays in a file of their own until it is recorded, and is there the next time.
    """
    import click

    from tkt.services.kb.drafts import Kept

    kept = Kept(env.desk, name, env.acting.by)
    if aside := kept.begin(begun):
        env.out.say("kb.laid_aside", path=aside)
    try:
        click.edit(filename=kept.path)
    except click.ClickException as error:
        raise UsageProblem("draft.editor", message=error.message, path=kept.path) from error
    text = kept.text or ""
    if text == begun:
        kept.done()
        raise UsageProblem("kb.not_edited")
    try:
        made = record(text)
    except TktError:
        env.out.say("draft.kept", path=kept.path)
        raise
    kept.done()
    return made


def show_made(env: Env, made: Made, key: str) -> None:
    """Answer for one action on an article."""
    from tkt.render.views import articles as view
    from tkt.services.kb.looking import row

    article, saved = made
    env.show(view.done(row(article), key, saved.commit if saved else None))
