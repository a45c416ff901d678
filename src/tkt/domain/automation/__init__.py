"""What a desk does by itself, and what its people do with one word.

* ``language``    the actions that rules and macros are made of, and what a file may say of both
* ``reading``     rules and macros out of the settings files, the faulty ones named and left out
* ``sense``       whether what they say makes sense on this desk
* ``conditions``  when a rule or a macro applies
* ``rules``       rules and macros as values, and which rules an event calls for
* ``happening``   what rules may call an event
* ``marks``       what marks the events that they made
* ``who``         words for people
* ``wording``     texts with ``{{variables}}``
"""
