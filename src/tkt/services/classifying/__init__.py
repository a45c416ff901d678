"""Classifying: what a desk's classify.yaml makes of texts and tickets.

* ``sorting``    one text or ticket, and what a new ticket begins with because of it
* ``asking``     what a person wants to know of a text or a ticket
* ``weighing``   impact and urgency, and the priority that follows from them
* ``again``      tickets that are there already, on request
* ``checking``   a labelled set: how often it is right
* ``learning``   words that agents' own decisions speak for
* ``accepting``  such words into classify.yaml
"""
