"""tkt: a helpdesk without a server, kept as YAML and Markdown in a Git repository.

The map of the house, each layer resting only on those below it:

* ``cli``       arguments, streams and exit codes; one file a command
* ``services``  what a desk can do, one function each: load, decide, save
* ``storage``   where things are kept: Git, YAML, SQLite, files and locks
* ``render``    how a value looks: a table or a card as text, JSON, CSV, Markdown
* ``domain``    what is true and what is allowed: values and pure functions
* ``texts``     every sentence for people, in Chinese and English
* ``errors``    what can go wrong, and the exit code of each
* ``named``     tuples with names, which all of them are made of
"""

__version__ = "0.1.0"
