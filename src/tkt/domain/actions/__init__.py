"""What can be done to a ticket: each function takes the ticket and who does it, and gives a change.

* ``event``     an event that has just happened, and who makes it happen
* ``talking``   opening, messages, replies, notes, drafts
* ``changing``  fields and lists
* ``moving``    from state to state, into the archive and back
* ``stepping``  a checklist's items, a second person's approval
* ``owning``    taking, assigning, escalating
* ``relating``  links, merging, splitting
* ``undoing``   the opposite of what was done

A function raises Refused where a rule says no; it never looks at anything but what it is given.
"""
