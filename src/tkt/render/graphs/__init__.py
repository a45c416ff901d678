"""Workflows as pictures, in the languages of programs that draw.

* ``drawing``  a workflow as nodes and arrows with their words
* ``dot``      as Graphviz reads it
* ``mermaid``  as Markdown pages show it
"""
