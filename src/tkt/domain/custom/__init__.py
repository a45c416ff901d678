"""Fields that a desk declares for itself in tkt.yaml: typed, labelled, and checked everywhere.

* ``field``      what is declared of one field, and finding it by what people call it
* ``values``     what a person types, as the value that stands in files
* ``reading``    the section ``fields`` of tkt.yaml, with every mistake in it
* ``placing``    on which tickets a field may stand, and with what it begins
* ``renaming``   tickets that still carry an older name of a field
* ``requiring``  when a ticket may not be without a value
"""
