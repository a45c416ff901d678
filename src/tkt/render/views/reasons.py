"""Why something was decided by itself, in the language of the moment: its agent, its category."""

from __future__ import annotations

from functools import reduce
from typing import TYPE_CHECKING, Any

from tkt.domain.routing.because import Because, load_words
from tkt.render.views import bot_events
from tkt.render.views.tickets import category_label, field_label, priority_label
from tkt.texts import has, say

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from tkt.domain.settings import Settings


def told(event: Mapping[str, Any], settings: Settings) -> Iterator[str]:
    """What was decided by itself in an event, and why."""
    yield from _classified(event.get("classified"), settings)
    yield from _customer_tags(event.get("customer_tags"), settings)
    if bot_events.is_its(event):
        yield from bot_events.told(event)
    if routed := event.get("routed"):
        yield say("show.why", why=because_text(Because.of(routed).named_by(settings)))


def veto_label(veto: str | None) -> str | None:
    """What speaks against an agent."""
    return None if veto is None else say(f"routing.veto.{veto}")


def because_text(because: Because) -> str:
    """Why a ticket goes to somebody or to nobody; with ids or names as they are in it."""
    if because.reason is not None:
        return _nobody(because)
    loads = [f"{who} {load_words(load, most)}" for who, load, most in because.named]
    if because.returning:
        return say("routing.because.returning", named=_listed(loads))
    if because.free > len(because.named) + len(because.ahead):
        loads.append("…")
    key = f"routing.because.{because.strategy}"
    if because.free == 1:
        key = "routing.because.only"
    elif not has(key):
        key = "routing.because.first"
    skilled = say("routing.skilled", skills=_skills(because)) if because.skilled else ""
    told = say(key, free=because.free, skilled=skilled, named=_listed(loads))
    if not because.ahead:
        return told
    ahead = [say("routing.ahead", who=who, given=given) for who, given in because.ahead]
    return told + say("routing.passed", ahead=_listed(ahead))


def _nobody(because: Because) -> str:
    if not because.vetoes:
        return say(f"routing.waits.{because.reason}")
    counted = [say("routing.counted", n=n, veto=veto_label(veto)) for veto, n in because.vetoes]
    told = _listed(counted)
    if because.team:
        told = say("routing.of_team", team=because.team, vetoes=told)
    return told + (say("routing.needed", skills=_skills(because)) if because.skilled else "")


def _skills(because: Because) -> str:
    skills = [say("routing.skill", name=name, level=level) for name, level in because.skilled]
    return _listed(skills, "routing.and")


def _listed(parts: Sequence[str], between: str = "routing.comma") -> str:
    return reduce(lambda one, other: say(between, one=one, other=other), parts)


def _classified(because: Any, settings: Settings) -> Iterator[str]:
    """What the words of a ticket gave it, and which words or which rule."""
    if not isinstance(because, dict):
        return  # a person may have made anything of it by hand
    if "category" in because:
        label = category_label(settings, because["category"])
        yield f"{field_label('category', settings)} {label}: {_by(because)}"
    for name in ("severity", "priority"):
        one = because.get(name)
        if isinstance(one, dict):
            value = one.get("value")
            label = priority_label(value) if name == "priority" else value
            words = _words(one.get("words"))
            why = words or say("classify.by.rule", rule=one.get("rule"))
            yield f"{field_label(name, settings)} {label}: {why}"


def _by(because: Mapping[str, Any]) -> str:
    if words := _words(because.get("words")):
        return say("classify.by.words", words=words, score=because.get("score"))
    by = because.get("by")
    return say(f"classify.by.{by if by in ('inbox', 'machine') else 'said'}")


def _words(words: Any) -> str:
    return ", ".join(map(str, words)) if isinstance(words, list) else ""


def _customer_tags(why: Any, settings: Settings) -> Iterator[str]:
    """Which tags a ticket has of its customer, and the priority that one of them brought."""
    if not isinstance(why, dict):
        return
    if tags := _words(why.get("tags")):
        yield say("show.customer_tags", tags=tags)
    if "tag" in why:
        label = priority_label(str(why.get("priority")))
        told = say("show.by_tag", tag=why["tag"])
        yield f"{field_label('priority', settings)} {label}: {told}"
