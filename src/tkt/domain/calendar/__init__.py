"""Business calendars: which time is working time, and reckoning with it.

* ``working``   :class:`Calendar`, what everybody else uses: between, add, add_days, next_opening
* ``budget``    ``30s``, ``2d``, ``24h!``: how much time a promise gives
* ``reading``   a file of calendars/ as a Calendar, with every mistake in it
* ``hours``     weekdays and spans of a day, as a file says them
* ``days``      what kind of day a date is, and when it is open
* ``line``      the working time of whole years as sorted spans of UTC, which makes reckoning fast
* ``zones``     local times as UTC, however the clocks change
* ``china``     public holidays and make-up days as the State Council has published them
* ``notices``   the notices of all years, shipped and a desk's own
* ``notice_files``  a notice as a file: as a desk keeps it, and as holiday-cn publishes it
"""

from tkt.domain.calendar.budget import Budget, parse_budget
from tkt.domain.calendar.working import ALWAYS, Calendar

__all__ = ["ALWAYS", "Budget", "Calendar", "parse_budget"]
