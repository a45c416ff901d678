"""Who may use a canned reply, and which one is meant where several have one shortcut."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tkt.named import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from tkt.domain.kb.article import Article

KIND = "reply"
"""The kind of articles that canned replies are."""
_NEAREST = ("personal", "team", "desk")
_TONGUES = {
    "zh": ("zh", "中文", "chinese", "汉语", "普通话"),
    "en": ("en", "英文", "英语", "english"),
}
_PREFERENCES = ("language", "lang", "语言")


class Person(NamedTuple):
    """Who looks for a reply, and the teams they are in."""

    name: str
    teams: tuple[str, ...] = ()

    def may_use(self, reply: Article) -> bool:
        """Whether a reply is for everybody, for a team of theirs, or their own."""
        if reply.scope == "personal":
            return reply.owner == self.name
        return reply.scope != "team" or reply.team in self.teams


def nearest(replies: Iterable[Article]) -> list[Article]:
    """Of replies that go by one word those that are nearest to a person: their own come first."""
    found = list(replies)
    for scope in _NEAREST:
        if here := [reply for reply in found if reply.scope == scope]:
            return here
    return found


def preferred(preferences: Mapping[str, str], known: Sequence[str]) -> str | None:
    """The language that a customer likes best, as one of ``known``; None where they say nothing."""
    for key in _PREFERENCES:
        said = str(preferences.get(key, "")).strip().casefold()
        for name in known if said else ():
            if said in (name.casefold(), *_TONGUES.get(name, ())) or said.startswith(f"{name}-"):
                return name
    return None
