"""Courses: what they consist of, whose they are, and who has taken them.

* ``file``      what training.yaml and trained/AGENT.yaml may say, and reading them
* ``course``    a course, an item of the checklist of a new colleague
* ``record``    what somebody's history comes to
* ``lapse``     a skill that does not count in full meanwhile
* ``standing``  who has to take what until when, and which skills lapse
"""
