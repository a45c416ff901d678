"""Every sentence for people, in Chinese and English: ``say(key, **params)``.

A key's text stands in ``texts/zh`` and ``texts/en`` under the same key with the same placeholders
(``{name}``, as in :meth:`str.format`). The language is chosen once per process or command with
:func:`use`; ``zh`` when nobody chose.
"""

from __future__ import annotations

from importlib import import_module

LANGUAGES = ("zh", "en")
_PARTS = ("surroundings", "tickets", "fields", "actions", "files", "exchange", "queries", "labels")
_RARE = {
    "help": (
        "help",
        "help_day",
        "help_process",
        "help_clocks",
        "help_telling",
        "help_reports",
        "help_routing",
        "help_people",
        "help_classifying",
        "help_customers",
        "help_privacy",
        "help_kb",
        "help_replies",
        "help_bot",
        "help_training",
    ),
    "schema": ("schemas", "routing", "kb", "replies", "bot", "training"),
    "calendar": ("calendars",),
    "workflow": ("workflows",),
    "guard": ("workflows",),
    "automation": ("automation",),
    "promise": ("automation",),
    "macro": ("automation",),
    "sla": ("clocks",),
    "sweep": ("clocks",),
    "notify": ("telling",),
    "outbox": ("telling",),
    "cron": ("telling",),
    "report": ("reports",),
    "summary": ("reports",),
    "routing": ("routing",),
    "route": ("routing",),
    "roster": ("people",),
    "people": ("people",),
    "classify": ("classifying",),
    "masking": ("privacy",),
    "similar": ("privacy",),
    "customer": ("customers",),
    "orders": ("customers",),
    "article": ("kb",),
    "kb": ("kb",),
    "canned": ("replies",),
    "tone": ("replies",),
    "bot": ("bot",),
    "helped": ("bot",),
    "training": ("training",),
}
"""First word of a key to the modules with such texts, where most commands never need them."""

_current = "zh"
_loaded: dict[tuple[str, tuple[str, ...]], dict[str, str]] = {}


def use(language: str) -> None:
    """Speak ``language`` from now on; an unknown one falls back to English."""
    global _current
    _current = language if language in LANGUAGES else "en"


def current() -> str:
    """The language now spoken: ``zh`` or ``en``."""
    return _current


def catalogue(language: str) -> dict[str, str]:
    """All texts of one language, key to text."""
    found = dict(_texts(language, _PARTS))
    for parts in _RARE.values():
        found.update(_texts(language, parts))
    return found


def _texts(language: str, parts: tuple[str, ...]) -> dict[str, str]:
    """The texts of some modules; loaded on first use."""
    if (language, parts) not in _loaded:
        texts: dict[str, str] = {}
        for part in parts:
            texts.update(import_module(f"tkt.texts.{language}.{part}").TEXTS)
        _loaded[language, parts] = texts
    return _loaded[language, parts]


def _where(key: str) -> dict[str, str]:
    return _texts(_current, _RARE.get(key.partition(".")[0], _PARTS))


def has(key: str) -> bool:
    """Whether the current language has a text under ``key``."""
    return key in _where(key)


def say(key: str, /, **params: object) -> str:
    """The text under ``key`` in the current language, its placeholders filled.

    An unknown key comes back as itself, so that a missing text is seen and never a crash; a test
    holds both catalogues to the same keys.
    """
    text = _where(key).get(key, key)
    if params:
        return text.format(**params)
    # A brace is doubled in every text that has some of both kinds, whoever fills it.
    return text.replace("{{", "{").replace("}}", "}") if "{{" in text else text
