"""What a settings file may say, said once: it is checked by this, and editors complete from it.

A :class:`Kind` takes a value out of a file. Whatever is wrong is noted with its place, and left out
of what is taken, so that a reader only ever meets what is sound. :func:`schema` tells the same as
JSON Schema.
"""
