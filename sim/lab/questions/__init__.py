"""Questions asked of plans and answered by runs: each module has one function, from what is asked to an answer.

>>> from sim.lab.questions.compare import compare
>>> answer = compare(["dedao", "hard_selling"], replicates=10)
>>> answer.tables["series"]

All runs go through the store: a question that is finished is found, one that was interrupted goes on when it is asked
again. What an answer says in words, and its page, is :func:`sim.views.told.told`'s.
"""
