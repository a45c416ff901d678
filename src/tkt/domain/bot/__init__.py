"""A bot that knows when to stop: what it may answer, and when a person has to.

* ``manner``       how a desk's bot decides
* ``declared``     what tkt.yaml may say of it
* ``plain``        the text of an article as a customer reads it
* ``hearing``      what a customer asks for beside an answer: a person, or that it did not help
* ``question``     what kind of thing a customer says: a question, a matter of their own, of goods
* ``signs``        what each sign counts that an article answers
* ``confidence``   how sure one can be that an article answers a question, from 0 to 1
* ``deciding``     whether it answers, hands over, or says nothing
* ``memory``       what it has said on a ticket so far, and what came of it
* ``saying``       the events that it makes
* ``calibrating``  which threshold reaches a wanted precision
* ``tally``        what it did on many tickets, and which questions nobody's article answers
"""
