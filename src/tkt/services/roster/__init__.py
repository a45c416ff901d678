"""Rosters: looking at them, planning by command, checking them.

* ``looking``   who is on now, a week's table
* ``planning``  shifts, leave and swaps by command, refused where they clash
* ``reviewing`` everything wrong with the rosters, with its place, and what planners should know
* ``words``     what people type for days, hours and people
"""
