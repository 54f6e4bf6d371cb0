"""How days pass: ``sweep`` (compiled, all rows) and ``walk`` (plain Python). They agree bit for bit.

A third one, for many small runs, is :mod:`sim.model.batch`.
"""
