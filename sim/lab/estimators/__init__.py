"""What a finished sweep can tell: which factors matter, where a plan fails or shines, which plan is best for the money.

Everything here reads a run table, one row a run: ``run_id``, ``point`` (number of the design point), ``replicate``,
``seed``, ``status`` ("done" or "failed"), ``seconds``, one column a factor and one a headline metric. One table gives
one answer: resampling is seeded. Nothing here runs the model or writes a file.
"""
