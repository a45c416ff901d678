"""The options by which a reply is taken from the shelf."""

from __future__ import annotations

from functools import wraps
from typing import TYPE_CHECKING, Any

from tkt.cli.options import option
from tkt.cli.types import Text
from tkt.cli.types_replies import CannedName

if TYPE_CHECKING:
    from collections.abc import Callable

    from tkt.cli.env import Env


def from_the_shelf(function: Callable[..., Any]) -> Callable[..., Any]:
    """``--canned``, ``--lang`` and ``--set``.

    The command is given what they ask for as one :class:`~tkt.services.replies.filling.Canned`, or
    None.
    """

    @wraps(function)
    def run(
        env: Env, *, canned: str | None, lang: str | None, given: tuple[str, ...], **rest: Any
    ) -> Any:
        return function(env, canned=_asked_for(canned, lang, given), **rest)

    made = option("--set", "given", help="canned_set", type=Text(), multiple=True,
                  metavar="NAME=VALUE")(run)  # fmt: skip
    made = option("--lang", help="canned_lang", type=Text(), metavar="LANG")(made)
    return option("--canned", help="canned", type=CannedName(), metavar="NAME")(made)


def _asked_for(name: str | None, lang: str | None, given: tuple[str, ...]) -> Any:
    if name is None:
        if lang or given:
            from tkt.errors import UsageProblem

            raise UsageProblem("canned.without")
        return None
    from tkt.services.automation.macros import parse_given
    from tkt.services.replies.filling import Canned

    return Canned(name, lang, parse_given(given, "canned.not_given"))
