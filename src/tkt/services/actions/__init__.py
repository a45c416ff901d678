"""What people do to tickets, one module for each kind; every function makes an action.

An action (see :mod:`tkt.services.stage`) turns what a person typed into what the domain decides on:
names into agents and states, a text into mentions. :mod:`tkt.services.bulk` runs it on one ticket
or on many.
"""
