"""``NamedTuple`` as in :mod:`typing`, made in less than half the time.

That of ``typing`` compiles every annotation of every class in order to look at it. With some fifty
such classes in the way of each command this is a tenth of its start, and nothing here looks at
annotations.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from typing import NamedTuple
else:
    from collections import namedtuple

    class _Making(type):
        """Makes of the body of a class what ``collections.namedtuple`` makes of names."""

        def __new__(cls, name, bases, body):
            fields = body.pop("__annotations__", {})
            defaults = [body.pop(field) for field in fields if field in body]
            made = namedtuple(name, fields, defaults=defaults, module=body.pop("__module__"))
            made.__annotations__ = fields
            for key, value in body.items():
                setattr(made, key, value)
            return made

    NamedTuple = type.__new__(_Making, "NamedTuple", (), {})

__all__ = ["NamedTuple"]
